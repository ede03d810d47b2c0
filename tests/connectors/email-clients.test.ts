import { describe, expect, it } from 'vitest'
import { freshText } from '#engine/connectors/email/quoted/fresh-text.ts'
import { markedHtml } from '#engine/connectors/email/quoted/marked-html.ts'

const fresh = (text: string): string => freshText(text, { signature: false })
const freshOf = (html: string): string => fresh(markedHtml(html).marked)

/** Who is quoted, as programs write it above what they quote. */
const ATTRIBUTIONS: [string, string][] = [
  ['Apple, English', 'On 2 Mar 2026, at 08:15, Kaffora Care <care@kaffora.example> wrote:'],
  [
    'Apple, American, with a blank that does not break',
    'On Mar 2, 2026, at 8:15\u202fAM, Kaffora Care <care@kaffora.example> wrote:',
  ],
  ['Apple, German', 'Am 02.03.2026 um 08:15 schrieb Kaffora Care <care@kaffora.example>:'],
  ['Apple, French', 'Le 2 mars 2026 à 08:15, Kaffora Care <care@kaffora.example> a écrit :'],
  ['Apple, Spanish', 'El 2 mar 2026, a las 8:15, Kaffora Care <care@kaffora.example> escribió:'],
  ['Apple, Italian', 'Il giorno 2 mar 2026, alle ore 08:15, Kaffora Care <care@kaffora.example> ha scritto:'],
  ['Apple, Portuguese', 'No dia 02/03/2026, às 08:15, Kaffora Care <care@kaffora.example> escreveu:'],
  ['Apple, Dutch', 'Op 2 mrt 2026 om 08:15 heeft Kaffora Care <care@kaffora.example> het volgende geschreven:'],
  ['Apple, Swedish', '2 mars 2026 kl. 08:15 skrev Kaffora Care <care@kaffora.example>:'],
  ['Apple, Danish', 'Den 2. mar. 2026 kl. 08.15 skrev Kaffora Care <care@kaffora.example>:'],
  ['Apple, Polish', 'Wiadomość napisana przez Kaffora Care <care@kaffora.example> w dniu 2 mar 2026, o godz. 08:15:'],
  ['Apple, Japanese', '2026/03/02 8:15、Kaffora Care <care@kaffora.example>のメール：'],
  ['Apple, Finnish', 'Kaffora Care <care@kaffora.example> kirjoitti 2.3.2026 kello 8.15:'],
  ['Apple, Norwegian', '2. mars 2026 kl. 08:15 skrev Kaffora Care <care@kaffora.example>:'],
  ['Apple, Czech', '2. 3. 2026 v 8:15, Kaffora Care <care@kaffora.example>:'],
  ['Apple, Russian', '2 марта 2026 г., в 08:15, Kaffora Care <care@kaffora.example> написал(а):'],
  ['Apple, Chinese', '2026年3月2日 08:15，Kaffora Care <care@kaffora.example> 写道：'],
  ['Apple, Korean', '2026. 3. 2. 오전 8:15, Kaffora Care <care@kaffora.example> 작성:'],
  ['Apple, Hungarian', '2026. márc. 2. dátummal, 8:15 időpontban Kaffora Care <care@kaffora.example> írta:'],
  ['Thunderbird, English', 'On 02/03/2026 08:15, Kaffora Care wrote:'],
  ['Thunderbird, German', 'Am 02.03.26 um 08:15 schrieb Kaffora Care:'],
  ['Thunderbird, French', 'Le 02/03/2026 à 08:15, Kaffora Care a écrit :'],
  ['Thunderbird, Spanish', 'El 2/3/26 a las 8:15, Kaffora Care escribió:'],
  ['Thunderbird, Italian', 'Il 02/03/2026 08:15, Kaffora Care ha scritto:'],
  ['Thunderbird, Polish', 'W dniu 2.03.2026 o 08:15, Kaffora Care pisze:'],
  ['Thunderbird, Dutch', 'Op 02-03-2026 om 08:15 schreef Kaffora Care:'],
  ['Thunderbird, Swedish', 'Den 2026-03-02 kl. 08:15, skrev Kaffora Care:'],
  ['Thunderbird, Czech', 'Dne 02. 03. 26 v 8:15 Kaffora Care napsal(a):'],
  ['Thunderbird, Russian', '02.03.2026 08:15, Kaffora Care пишет:'],
  ['Thunderbird, Japanese', 'On 2026/03/02 8:15, Kaffora Care wrote:'],
  ['Gmail, Danish', 'Den man. 2. mar. 2026 kl. 08.15 skrev Kaffora Care <care@kaffora.example>:'],
  ['Gmail, Turkish', 'Kaffora Care <care@kaffora.example>, 2 Mar 2026 Pzt, 08:15 tarihinde şunu yazdı:'],
  ['Gmail, Ukrainian', 'пн, 2 бер. 2026 р. о 08:15 Kaffora Care <care@kaffora.example> пише:'],
  ['Gmail, Arabic', 'في الاثنين، 2 مارس 2026 في 8:15 ص تمت كتابة ما يلي بواسطة Kaffora Care <care@kaffora.example>:'],
  ['Gmail, Hebrew', 'בתאריך יום ב׳, 2 במרץ 2026 ב-8:15 מאת Kaffora Care <care@kaffora.example>:'],
  ['Gmail, Thai', 'ในวันที่ จ. 2 มี.ค. 2026 เวลา 08:15 Kaffora Care <care@kaffora.example> เขียนว่า:'],
  ['Gmail, Vietnamese', 'Vào Th 2, 2 thg 3, 2026 vào lúc 08:15 Kaffora Care <care@kaffora.example> đã viết:'],
  ['Gmail, Indonesian', 'Pada Sen, 2 Mar 2026 pukul 08.15 Kaffora Care <care@kaffora.example> menulis:'],
  ['Gmail, Romanian', 'lun., 2 mar. 2026, 08:15 Kaffora Care <care@kaffora.example> a scris:'],
  ['Gmail, Hungarian', 'Kaffora Care <care@kaffora.example> ezt írta (időpont: 2026. márc. 2., H, 8:15):'],
  ['Gmail, Chinese of Taiwan', 'Kaffora Care <care@kaffora.example> 於 2026年3月2日 週一 上午8:15寫道：'],
  ['Gmail, Catalan', 'Missatge de Kaffora Care <care@kaffora.example> del dia dl., 2 de març 2026 a les 8:15:'],
  ['Gmail, Croatian', 'pon, 2. ožu 2026. u 08:15 Kaffora Care <care@kaffora.example> napisao je:'],
  ['Gmail, Slovak', 'po 2. 3. 2026 o 8:15 Kaffora Care <care@kaffora.example> napísal(a):'],
  ['Gmail, Greek', 'Στις Δευ 2 Μαρ 2026 στις 8:15 π.μ., ο χρήστης Kaffora Care <care@kaffora.example> έγραψε:'],
  ['Proton', 'On Monday, March 2nd, 2026 at 8:15 AM, Kaffora Care <care@kaffora.example> wrote:'],
  ['Proton, German', 'Am Montag, 2. März 2026 um 08:15, Kaffora Care <care@kaffora.example> schrieb:'],
  ['Yahoo', 'On Monday, March 2, 2026 at 08:15:00 AM GMT+1, Kaffora Care <care@kaffora.example> wrote:'],
  [
    'Yahoo, German',
    'Am Montag, 2. März 2026 um 08:15:00 MEZ hat Kaffora Care <care@kaffora.example> Folgendes geschrieben:',
  ],
  ['Yahoo, French', 'Le lundi 2 mars 2026 à 08:15:00 UTC+1, Kaffora Care <care@kaffora.example> a écrit :'],
  ['Yahoo, Spanish', 'El lunes, 2 de marzo de 2026, 08:15:00 CET, Kaffora Care <care@kaffora.example> escribió:'],
  [
    'K-9',
    '-------- Original Message --------\nFrom: Kaffora Care <care@kaffora.example>\nSent: 2 March 2026 08:15:00 CET\nTo: Lea <lea@mill.example>\nSubject: Re: Grinder',
  ],
  [
    'GMX',
    'Gesendet: Montag, 2. März 2026 um 08:15 Uhr\nVon: "Kaffora Care" <care@kaffora.example>\nAn: lea@mill.example\nBetreff: Re: Mühle',
  ],
  [
    'WEB.DE',
    '--\nGesendet: Montag, 02. März 2026 um 08:15 Uhr\nVon: care@kaffora.example\nAn: "Lea" <lea@mill.example>\nBetreff: Aw: Mühle',
  ],
  [
    'T-Online',
    '-----Original-Nachricht-----\nBetreff: Re: Mühle\nDatum: 2026-03-02T08:15:00+0100\nVon: "Kaffora Care" <care@kaffora.example>\nAn: "Lea" <lea@mill.example>',
  ],
  [
    'Samsung',
    '-------- Ursprüngliche Nachricht --------\nVon: Kaffora Care <care@kaffora.example>\nDatum: 02.03.26 08:15 (GMT+01:00)\nAn: lea@mill.example\nBetreff: Re: Mühle',
  ],
  [
    'Samsung, French',
    '-------- Message d’origine --------\nDe : Kaffora Care <care@kaffora.example>\nDate : 02/03/2026 08:15 (GMT+01:00)\nÀ : lea@mill.example\nObjet : Re: Moulin',
  ],
  [
    'Orange',
    '> Message du 02/03/26 08:15\n> De : "Kaffora Care" <care@kaffora.example>\n> A : lea@mill.example\n> Objet : Re: Moulin',
  ],
  [
    'Libero',
    '---- Messaggio originale ----\nDa: care@kaffora.example\nInviato: lunedì 2 marzo 2026 08:15\nA: lea@mill.example\nOggetto: R: Macina',
  ],
  [
    'Notes',
    'Von:        Kaffora Care <care@kaffora.example>\nAn:        lea@mill.example\nDatum:        02.03.2026 08:15\nBetreff:        Re: Mühle',
  ],
  ['Zoho', '---- On Mon, 02 Mar 2026 08:15:00 +0100 Kaffora Care <care@kaffora.example> wrote ----'],
  ['Fastmail', 'On Mon, 2 Mar 2026, at 8:15 AM, Kaffora Care wrote:'],
  ['Spark', 'On 2 Mar 2026 at 8:15 +0100, Kaffora Care <care@kaffora.example>, wrote:'],
  ['Mailbird', 'On 02/03/2026 08:15:00, Kaffora Care <care@kaffora.example> wrote:'],
  ['mutt', 'On Mon, Mar 02, 2026 at 08:15:00AM +0100, Kaffora Care wrote:'],
  ['Gnus', 'Kaffora Care <care@kaffora.example> writes:'],
  ['The Bat', 'Monday, March 2, 2026, 8:15:00 AM, you wrote:'],
  ['Mail.ru', 'Понедельник, 2 марта 2026, 8:15 +03:00 от Kaffora Care <care@kaffora.example>:'],
  ['Yandex', '02.03.2026, 08:15, "Kaffora Care" <care@kaffora.example>:'],
  [
    'QQ',
    '------------------ 原始邮件 ------------------\n发件人: "Kaffora Care" <care@kaffora.example>;\n发送时间: 2026年3月2日(星期一) 上午8:15\n收件人: "Lea"<lea@mill.example>;\n主题: Re: 磨豆机',
  ],
  ['NetEase', '在 2026-03-02 08:15:00，"Kaffora Care" <care@kaffora.example> 写道：'],
  [
    'Naver',
    '-----Original Message-----\nFrom: "Kaffora Care"<care@kaffora.example>\nTo: <lea@mill.example>;\nCc:\nSent: 2026-03-02 (월) 08:15:00 (GMT+09:00)\nSubject: Re: 그라인더',
  ],
  [
    'Outlook, Arabic',
    'من: Kaffora Care <care@kaffora.example>\nتم الإرسال: الاثنين، 2 مارس 2026 08:15\nإلى: Lea\nالموضوع: رد: المطحنة',
  ],
  [
    'Outlook, Hebrew',
    'מאת: Kaffora Care <care@kaffora.example>\nנשלח: יום שני 2 מרץ 2026 08:15\nאל: Lea\nנושא: RE: מטחנה',
  ],
  [
    'Outlook, Romanian',
    'De la: Kaffora Care <care@kaffora.example>\nTrimis: luni, 2 martie 2026 08:15\nCătre: Lea\nSubiect: RE: Râșniță',
  ],
  [
    'Outlook, Hungarian',
    'Feladó: Kaffora Care <care@kaffora.example>\nElküldve: 2026. március 2., hétfő 8:15\nCímzett: Lea\nTárgy: RE: Daráló',
  ],
  [
    'Outlook, Ukrainian',
    'Від: Kaffora Care <care@kaffora.example>\nНадіслано: 2 березня 2026 р. 8:15\nКому: Lea\nТема: RE: Млин',
  ],
  [
    'Outlook, Korean',
    '보낸 사람: Kaffora Care <care@kaffora.example>\n보낸 날짜: 2026년 3월 2일 월요일 오전 8:15\n받는 사람: Lea\n제목: RE: 그라인더',
  ],
  [
    'Outlook, Vietnamese',
    'Từ: Kaffora Care <care@kaffora.example>\nĐã gửi: Thứ Hai, 2 tháng 3 2026 8:15\nĐến: Lea\nChủ đề: RE: Máy xay',
  ],
  [
    'Outlook, Indonesian',
    'Dari: Kaffora Care <care@kaffora.example>\nDikirim: Senin, 2 Maret 2026 8:15\nKepada: Lea\nSubjek: RE: Penggiling',
  ],
]

describe('what is quoted below a reply', () => {
  it.each(ATTRIBUTIONS)('goes with the words above it: %s', (_client, attribution) => {
    const own = 'It still hums.\n\nLea'
    const old = 'We are sorry about your grinder.\nPlease descale it.'
    const marked = old.replace(/^/gm, '> ')
    expect(fresh(`${own}\n\n${attribution}\n\n${marked}`)).toBe(own)
    expect(fresh(`${own}\r\n\r\n${attribution.replaceAll('\n', '\r\n')}\r\n${marked}\r\n`)).toBe(own)
  })
})

describe('what a program adds below', () => {
  it.each([
    'Sent from my Galaxy',
    'Sent from my Samsung Galaxy smartphone.',
    'Sent from Yahoo Mail on Android',
    'Sent from Yahoo Mail for iPhone',
    'Sent from Mail for Windows',
    'Sent from Proton Mail for iOS',
    'Sent with Proton Mail secure email.',
    'Sent with [Proton Mail](https://proton.me/) secure email.',
    'Sent from my BlackBerry 10 smartphone.',
    'Sent from myMail for Android',
    'Sent using Zoho Mail',
    'Sent via Superhuman',
    'Sent with Spark',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    'Get [Outlook for Android](https://aka.ms/AAb9ysg)',
    'Envoyé à partir de Outlook pour Android',
    'Envoyé depuis l’application Mail Orange',
    'Envoyé depuis mon appareil Galaxy',
    'Télécharger Outlook pour iOS',
    'Von Outlook für iOS gesendet',
    'Gesendet von Outlook für Android',
    'Gesendet von Mail für Windows',
    'Von meinem Samsung Gerät gesendet.',
    'Von meinem Samsung Galaxy Smartphone gesendet.',
    'Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.',
    'Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.',
    'Gesendet mit Telekom Mail',
    'Gesendet aus der GMX Mail App',
    'Von Yahoo Mail auf Android gesendet',
    'Gesendet von Yahoo Mail auf Android',
    'Enviado desde Yahoo Mail para iPhone',
    'Enviado desde Correo para Windows',
    'Enviado do Email para Windows',
    'Obter o Outlook para iOS',
    'Inviato da iPhone',
    'Inviato da Posta per Windows',
    'Inviato da Libero Mail per Android',
    'Verzonden vanuit Mail voor Windows',
    'Outlook voor Android downloaden',
    'Skickades från Outlook för iOS',
    'Skickat från E-post för Windows',
    'Sendt fra Outlook til iOS',
    'Sendt fra min Samsung Mobil',
    'Wysłano z iPhone’a',
    'Wysłane z aplikacji Poczta dla systemu Windows',
    'Pobierz program Outlook dla systemu iOS',
    'Odesláno z iPhonu',
    'Odoslané z iPhonu',
    'Az iPhone-omról küldve',
    'Trimis de pe iPhone',
    'Στάλθηκε από το iPhone μου',
    'Отправлено из мобильной Почты Mail.ru',
    'Отправлено из Outlook для Android',
    'Надіслано з iPhone',
    'iPhoneから送信',
    'Outlook for iOS を入手',
    'Yahoo!メール for iPhone から送信',
    '나의 iPhone에서 보냄',
    '내 Galaxy에서 보냄',
    '发自我的手机',
    '从 Outlook for iOS 获取',
    '获取 Outlook for iOS',
    '從我的 iPhone 傳送',
    'أرسلت من الـ iPhone',
    'מה-iPhone שלי',
    'נשלח מה-iPhone שלי',
    'Gửi từ iPhone của tôi',
    'Dikirim dari iPhone saya',
    'ส่งจาก iPhone ของฉัน',
    'iPhone’imdan gönderildi',
    'Poslano s mog iPhonea',
    'Enviat des del meu iPhone',
  ])('is not theirs: %s', (line) => {
    expect(fresh(`It still hums.\n\n${line}`)).toBe('It still hums.')
    expect(fresh(`It still hums.\n\n${line}\n\n\n`)).toBe('It still hums.')
  })

  it.each([
    'Sent from my shop in Hamburg: two grinders, and one was broken when it arrived.',
    'Von meiner Bestellung wurde nur die Hälfte gesendet.',
    'Envoyé de Lyon le 2 mars, jamais arrivé.',
    'The parcel was not in the box.\nSent it back on Monday.',
    'Inviato il pacco lunedì, nessuna risposta.',
    'Enviado el lunes con Correos, sin respuesta.',
    'Get Outlook right, please: your invitation does not open.',
  ])('is theirs: %s', (text) => {
    expect(fresh(text)).toBe(text)
  })
})

describe('answers between what is quoted', () => {
  it('are kept, each', () => {
    const mail = `Hello,

On 2 Mar 2026, at 08:15, Kaffora Care <care@kaffora.example> wrote:

> Dear Lea,
>
> 1. When did you buy it?

In May.

> 2. Which number stands below it?

It says
KF-200.

> Yours,
> Kaffora

Lea`
    expect(fresh(mail)).toBe('Hello,\n\nIn May.\n\nIt says\nKF-200.\n\nLea')
  })

  it.each<[string, string]>([
    ['marks of two people', 'LO> When?\n\nIn May.'],
    ['no blank behind the mark', '>When?\n\nIn May.'],
    ['marks within marks', '>> And before?\n> When?\n\nIn May.'],
    ['marks with blanks between', '> > And before?\n> When?\n\nIn May.'],
    ['set-in marks', '   > When?\n\nIn May.'],
    ['bars', '| When?\n| Which number?\n\nIn May.'],
  ])('by any mark: %s', (_, body) => {
    expect(fresh(`On Mon, 2 Mar 2026 at 08:15, Care <care@kaffora.example> wrote:\n${body}`)).toBe('In May.')
  })

  it('in another colour are kept, below a block of Outlook nothing is', () => {
    expect(
      freshOf(
        '<div>See below.</div><blockquote type="cite"><p>When?</p></blockquote><p style="color:red">In May.</p><blockquote type="cite"><p>Which?</p></blockquote><p>KF-200.</p>',
      ),
    ).toBe('See below.\n\nIn May.\n\nKF-200.')
  })
})

describe('markup of other programs', () => {
  it.each<[string, string]>([
    [
      'Gmail',
      '<div dir="ltr">It hums.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, 2 Mar 2026 at 08:15, Care &lt;<a href="mailto:care@kaffora.example">care@kaffora.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">old</blockquote></div>',
    ],
    [
      'Gmail with a signature',
      '<div dir="ltr">It hums.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Lea Orth<br>Mill Street 3</div></div>',
    ],
    [
      'Apple',
      '<html><body><div>It hums.</div><div><br><blockquote type="cite"><div>On 2 Mar 2026, at 08:15, Care &lt;care@kaffora.example&gt; wrote:</div><br><div>old</div></blockquote></div></body></html>',
    ],
    [
      'Outlook for Windows',
      '<div class="WordSection1"><p class="MsoNormal">It hums.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Care &lt;care@kaffora.example&gt; <br><b>Sent:</b> Monday, 2 March 2026 08:15<br><b>To:</b> Lea<br><b>Subject:</b> RE: Grinder</p></div></div><p class="MsoNormal">old</p></div>',
    ],
    [
      'Outlook for the Mac',
      '<div>It hums.</div><div id="mail-editor-reference-message-container"><div><b>From: </b>Care &lt;care@kaffora.example&gt;<br><b>Date: </b>Monday, 2 March 2026 at 08:15</div><div>old</div></div>',
    ],
    [
      'the new Outlook',
      '<div class="elementToProof">It hums.</div><div id="appendonsend"></div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>From:</b> Care</div><div>old</div>',
    ],
    [
      'Yahoo',
      '<div class="yahoo-style-wrap"><div>It hums.</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, 2 March 2026 at 08:15, Care wrote:</div><div>old</div></div>',
    ],
    [
      'Proton',
      '<div>It hums.</div><div class="protonmail_signature_block protonmail_signature_block-empty"></div><div class="protonmail_quote">Am Montag, 2. März 2026 um 08:15, Care schrieb:<blockquote class="protonmail_quote" type="cite">old</blockquote></div>',
    ],
    [
      'Thunderbird',
      '<body>It hums.<br><div class="moz-cite-prefix">Am 02.03.26 um 08:15 schrieb Care:<br></div><blockquote type="cite" cite="mid:x@y"><p>old</p></blockquote><div class="moz-signature">-- <br>Lea</div></body>',
    ],
    [
      'GMX and WEB.DE',
      '<div style="font-family:Verdana">It hums.<div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5"><div style="margin:0 0 10px 0"><b>Gesendet:</b> Montag, 2. März 2026 um 08:15 Uhr<br><b>Von:</b> Care</div><div name="quoted-content">old</div></div></div>',
    ],
    [
      'GMX of today',
      '<div>It hums.</div><div id="sub-body-container"><div class="signature"></div><div style="border-left:2px solid #c3d9e5"><div><strong>Gesendet: </strong>Montag, 2. März 2026 um 08:15<br><strong>Von: </strong>Care &lt;care@kaffora.example&gt;<br><strong>An: </strong>lea@mill.example<br><strong>Betreff: </strong>Re: Mühle</div><div>old</div></div></div>',
    ],
    [
      'Zimbra',
      '<div>It hums.<br><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Care" &lt;care@kaffora.example&gt;<br><b>À: </b>"Lea"<br><b>Envoyé: </b>Lundi 2 Mars 2026 08:15<br><b>Objet: </b>Re: Moulin</div><div data-marker="__QUOTED_TEXT__">old</div></div>',
    ],
    [
      'Samsung',
      '<div dir="auto">It hums.</div><div dir="auto"><br></div><div id="composer_signature" dir="auto">Sent from my Galaxy</div><div dir="auto"><br></div><div><!-- originalMessage --><div>-------- Original message --------</div><div>From: Care &lt;care@kaffora.example&gt;</div><div>Date: 02/03/2026 08:15 (GMT+01:00)</div><div>To: Lea</div><div>Subject: Re: Grinder</div></div><div>old</div>',
    ],
    [
      'Roundcube',
      '<p>It hums.</p><div id="reply-intro">Am 02.03.2026 08:15, schrieb Care:</div><blockquote type="cite"><p>old</p></blockquote>',
    ],
    [
      'Spark',
      '<div name="messageBodySection">It hums.</div><div name="messageReplySection">On 2 Mar 2026 at 8:15 +0100, Care &lt;care@kaffora.example&gt;, wrote:<br><blockquote type="cite">old</blockquote></div>',
    ],
    [
      'Fastmail',
      '<div>It hums.<br></div><div>On Mon, 2 Mar 2026, at 8:15 AM, Care wrote:<br></div><blockquote type="cite" id="qt">old</blockquote>',
    ],
    [
      'QQ',
      '<div>It hums.</div><div><br></div><div style="font-size:12px"><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b>&nbsp;"Care"&lt;care@kaffora.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年3月2日(星期一) 上午8:15</div><div><b>收件人:</b>&nbsp;"Lea"&lt;lea@mill.example&gt;;</div><div><b>主题:</b>&nbsp;Re: x</div></div><div>old</div></div>',
    ],
    [
      'Yandex',
      '<div>It hums.</div><div> </div><div>02.03.2026, 08:15, "Care" &lt;care@kaffora.example&gt;:</div><blockquote><p>old</p></blockquote>',
    ],
    [
      'Tutanota',
      '<div>It hums.</div><br>2. März 2026, 08:15 von care@kaffora.example:<br><blockquote class="tutanota_quote">old</blockquote>',
    ],
    [
      'HEY',
      '<div class="trix-content">It hums.</div><div>On March 2, 2026, Care &lt;care@kaffora.example&gt; wrote:</div><blockquote>old</blockquote>',
    ],
  ])('%s', (_, html) => {
    expect(freshOf(html)).toBe('It hums.')
  })
})
