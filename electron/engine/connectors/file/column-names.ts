/**
 * What a column can be (`author` is the handle), with its names as exports of networks, tools and spreadsheets write them:
 * lower case without anything but letters and digits, best first.
 */
const spellings = {
  text: `
    text tweettext fulltext body content message tweet posttext commenttext reviewtext comment review post status
    textoriginal textdisplay bodytext hitsentence snippet fullsnippet opening messagetext extractedtext mentioncontent
    caption selftext nachricht inhalt kommentar beitrag description summary feedback verbatim reviewcontent
    document texte texto testo tekst metin κείμενο текст сообщение טקסט 本文 テキスト 内容 正文 文本 내용 본문 mensaje mensagem contenu
    contenido conteudo commentaire comentario messaggio bericht postmessage messagebody النص المحتوى التغريدة المنشور التعليق
    الرسالة متن پیام ツイート ツイート本文 投稿内容 コメント メッセージ 评论内容 评论 帖子 게시물 댓글 सामग्री संदेश`,
  publishedAt: `
    publishedat createdat tweetcreated tweetdate tweetcreatedat created datetime timestamp timestampms date pubdate
    published publishdate publicationdate createdtime createdutc createdatutc createddate createdati creationdate
    postedat posted commentcreatetimestamp livechatcreatetimestamp postdate sentat reviewdate reviewcreated submittedat dateunixtime createtime timestampusec
    timestampseconds createdtimestamp ts time at datum erstellt erstelltam zeitpunkt zeit day fecha data datahora tarih
    ημερομηνία дата датавремя תאריך 日付 日時 投稿日時 日期 时间 時間 发布时间 날짜 작성일 horodatage datecreated datetimeutc
    dateutc utctime التاريخ تاريخالنشر تاريخالإنشاء تاریخ 作成日時 作成日 投稿日 更新時間 創建時間 创建时间 publicado criadoem creadoel
    fechadecreacion datedepublication datadipubblicazione oprettet skapad luotu`,
  time: 'time uhrzeit zeit heure hora ora tijd saat время час ώρα שעה 時刻 时间 時間 시간 clock posttime timeofday publishedtime الوقت وقت',
  zone: 'timezone tz zone zeitzone utcoffset offset fuseau fuseauhoraire zonahoraria часовойпояс',
  externalId: `
    externalid tweetid statusid postid commentid messageid reviewid mentionid idstr guid uuid id objectid uri
    ticketid recordid resourceid mentionguid clientmsgid threadtsid beitragsid beitragid nachrichtid 投稿id ツイートid 帖子id
    المعرف معرفالمنشور رقمالمنشور requestid identifiant identificador identificativo identyfikator identifikator
    идентификатор 識別子 标识 issuekey issueid universalmessageid`,
  author: `
    authorhandle authorshortname authorusername authoracct userscreenname screenname handle username userhandle author user
    authordisplayname authorname sendername fromname account accountacct from sender reviewer autor benutzer nutzer kunde
    customer nickname influencer profile by name auteur autore автор пользователь συντάκτης χρήστης yazar kullanıcı מחבר
    作者 用户 用户名 投稿者 投稿者名 作成者 ユーザー ユーザー名 アカウント アカウント名 작성자 usuario utilisateur utente who wer
    requester requestername reporter creator consumername senderscreenname senderusername naam nome nom nombre imie
    emailaddress email useremail absender verfasser expediteur remitente mittente الكاتب المؤلف المستخدم
    اسمالمستخدم المرسل نویسنده`,
  authorId:
    'authorid userid useridstr accountid authoridstr fromid senderid customerid requesterid authorchannelid authorchannelidvalue',
  authorName: `
    authorname userdisplayname displayname profilename fullname realname reviewername accountdisplayname username
    userprofilerealname userprofiledisplayname name`,
  authorUrl: 'authorurl userurl profileurl accounturl authorchannelurl',
  followers: `
    followers followerscount followercount authorfollowers authorfollowerscount userfollowerscount userfollowers
    accountfollowerscount authorpublicmetricsfollowerscount xfollowers twitterfollowers follower abonnenten abonnes
    seguidores seguaci volgers abonnenci obserwujacy подписчики ακολουθοι takipci takipciler עוקבים المتابعون المتابعين
    عددالمتابعين متابعون フォロワー フォロワー数 粉丝 粉丝数 关注者 팔로워 팔로워수`,
  title:
    'title subject headline reviewtitle posttitle titel betreff uberschrift ueberschrift titre titulo titolo заголовок 标题 件名 제목 العنوان',
  url: 'url permalink link posturl tweeturl href sourceurl weburl adresse mentionurl الرابط رابط リンク 链接 링크 enlace lien',
  lang: 'lang language languagecode langcode sprache locale langue idioma lingua язык 语言 言語',
  country: 'country countrycode usercountry land pays pais paese страна 国家 国',
  threadId: 'threadid toplevelcommentid conversationid thread conversation storyid threadts linkid',
  inReplyTo: `
    inreplyto inreplytoid inresponsetotweetid inreplytostatusid inreplytostatusidstr inreplytotweetid replytoid
    replyto parentcommentid parentid parent inreplytostatus replyparenturi replytomessageid`,
  likes: `
    likes gefalltmir megusta jaime likecount likescount favoritecount favouritescount favoritescount favorites engagementlikes
    publicmetricslikecount upvotes ups points thumbsupcount favs numlikes`,
  reposts: `
    reposts retweetcount retweets repostcount reblogscount shares sharecount engagementreposts
    publicmetricsretweetcount numshares numretweets`,
  replies: `
    replies replycount repliescount commentcount numcomments descendants comments engagementreplies
    publicmetricsreplycount totalreplycount`,
  kind: 'kind type posttype pagetype contenttype mentiontype messagetype',
  network: `
    network socialnetwork platform plattform netzwerk sourcetype mediatype contentsource contentsourcename
    networkname reseau plataforma piattaforma`,
  mood: `
    sentiment mood polarity sentimentlabel tonality tonalitat tonality stimmung sentimiento sentimento tonalite
    tonalidad`,
}
export type FileField = keyof typeof spellings
export const fileFields = Object.keys(spellings) as FileField[]

/** Letters and digits in lower case, without a zone at the end: `Date (EST)` is a date. */
export const normalName = (name: string): string =>
  name
    .replace(/[([](?:[A-Z]{2,5}|(?:UTC|GMT)[+-]\d[\d:]*|[A-Z][a-z]+\/\w+)[)\]]\s*$/, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')

const byField = new Map(fileFields.map((field) => [field, spellings[field].trim().split(/\s+/).map(normalName)]))

export const namesOf = (field: FileField): string[] => byField.get(field)!

const allNames = new Set(fileFields.flatMap(namesOf))

/** Whether a header cell is a name we know. */
export const knownColumn = (name: string): boolean => allNames.has(normalName(name))
