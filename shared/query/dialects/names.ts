/** What names of fields of other tools ask for, in small letters; points, dashes and underscores of theirs left out. */
const table = {
  author:
    'author from by user username authorname authorhandle screenname userscreenname inauthor authorusername authorinfohandle authorscreenname fromuser twitteruser authorinforawname authorshortname authorfullname',
  authorPart: 'authorcontaining',
  to: 'to touser inreplyto inreplytouser inreplytoscreenname replyto twitterreplyto',
  handle: 'mention mentions atmentions mentioned entitiesusermentionsscreenname usermentions engagingwith',
  retweetOf: 'retweetsof retweetof twitterretweetof',
  hashtag: 'hashtag hashtags entitieshashtagstext',
  title: 'title headline intitle articletitle exacttitle subject titles hd hl hlp hlead',
  allTitle: 'allintitle',
  text: 'text content body message ingress exactcontent intext fulltext description keyword keywords fullcontent openingtext lead leadparagraph contentbody messagetext lp td',
  allText: 'allintext',
  exact: 'exactmessage',
  site: 'site domain host domainurl hosturl sourcedomain website sourceurl',
  url: 'url inurl metadataurl pageurl permalink articleurl originalurl',
  allUrl: 'allinurl',
  link: 'links link linkto linksto containsurl entitiesurls expandedurl',
  lang: 'lang language langcode languagecode languages la',
  country:
    'country sourcecountry authorcountry placecountry countrycode sourcegeocountry locationcountry usercountry profilecountry authorlocationcountry cc',
  placeName:
    'location region sourcegeo continent city state county place authorlocation authorcity authorstate bioslocation biolocation loc profileregion profilelocality sourcecity sourceregion dma',
  place: 'near within geocode pointradius boundingbox latitude longitude geo hasgeo coordinates',
  sentiment: 'sentiment tone mood polarity',
  followers:
    'followers authorfollowers followerscount followercount authorfollowerscount userfollowerscount twitterfollowers',
  followersFrom: 'minfollowers',
  engagement: 'engagement interactions engagementtotal totalengagement engagements totalengagements',
  reactions:
    'likes retweets shares comments replies reposts favorites likecount retweetcount replycount quotecount commentcount facebooklikes facebookshares twitterretweets twittershares twitterlikes favoritecount',
  reactionsFrom: 'minfaves minretweets minreplies minlikes minengagement mininteractions minshares',
  since: 'since after fromdate datefrom startdate sincedate',
  until: 'until before todate dateto enddate untildate',
  sinceTime: 'sincetime',
  untilTime: 'untiltime',
  date: 'date createdat created published publishedat pubdate publisheddate timestamp @timestamp datetime added posted posteddate searchindexed indexed publicationdate publishdate',
  relative: 'withintime minuteofday hourofday dayofweek when',
  sort: 'filter is has engagementtype include exclude type',
  network:
    'sourcetype documenttype pagetype contentsource contentsourcename channel mediatype network platform sourcetypes snowflakesource source_type metasource socialorigintype socialorigin informationtype mediumtype',
  measure:
    'reach impressions impact visits alexa rating views viewcount pageviews domainauthority authority influence influencescore klout score pageranks circulation ave readership statusescount following followingcount friendscount tweetscount listedcount posts virality trendingscore spread',
  person:
    'authorgender authorverified gender verified verifiedtype authorverifiedtype accounttype authortype profession interest interests bio userbio exactuserbio bioname biotext userdescription authorbio authordescription age family authorgroup authorid authorguid userid fromuserid profession follows list',
  thread:
    'conversationid inreplytotweetid inreplytostatusid quotedtweetid quotedstatusid sinceid maxid threadid parentid guid id rootid parentguid engagingwithguid retweetsoftweetid parentmessage exactparentmessage exactparenttitle parenttitle',
  home: 'tag tags category categories topic topics theme themes context entity cardname carddomain carddurl cardurl filetype ext cache related define inanchor allinanchor info stocks inpostauthor inposttitle app tweetsource client priority status assignment workflow query queryid itemreview blogname channelid imagetype logo image object brandlogo emotion emotions entitytype spam adult quality duplicate dataset panel subtype publishersubtype exists sample safe annotation daterange engagementrate postextra tokencount matched provider noise discussiontype',
  publisher: 'source publication outlet sourcename publisher sc rst',
  subreddit: 'subreddit',
  aspect: 'aspect',
  intent: 'intent',
  raw: 'raw',
} as const

/** `flag`: what `flagOf` tells by its form. */
export type Asked = keyof typeof table | 'flag'

const known = new Map<string, Asked>(
  Object.entries(table).flatMap(([asked, names]) =>
    names.split(' ').map((name): [string, Asked] => [name, asked as Asked]),
  ),
)

/** `title.keyword` is `title`: an index keeps a field in several ways. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.(?:keyword|raw|exact|analy[sz]ed|stemmed|text|value)$/, '')
    .replace(/[._-]/g, '')

/** Of whom a path speaks where it does not speak of the post itself. */
const another = /(?:^|[._])(?:parent|quoted|retweeted|reposted|referenced|in_?reply_?to|previous)/i

/** Of a path what it ends in, then what stands above that: `enrichments.sentiment.discrete` asks for a sentiment. */
function askedByPart(name: string): Asked | null {
  if (another.test(name)) return null
  const parts = name.split('.')
  for (let from = 1; from < parts.length; from++) {
    const asked = known.get(plain(parts.slice(from).join('.')))
    if (asked !== undefined) return asked
  }
  if (parts.length > 1) return askedByPart(parts.slice(0, -1).join('.')) ?? known.get(plain(parts[0]!)) ?? null
  return (
    known.get(
      plain(name.replace(/^(?:twitter|facebook|instagram|youtube|tiktok|linkedin|social|post|doc|document)_/i, '')),
    ) ?? null
  )
}

/** `is_retweet`, `has_media`, `isReply`: a question that a yes or a no answers; its trait. null: none. */
export const flagOf = (name: string): string | null =>
  /^(?:is|has)(?:[._-](?=\w)|(?=[A-Z]))(\w+)$/.exec(name.split('.').at(-1)!)?.[1] ?? null

/** What a field asks for; null for a name that no table has. */
export const askedBy = (name: string): Asked | null =>
  known.get(plain(name)) ?? (flagOf(name) !== null ? 'flag' : askedByPart(name))
