import { parseQuery } from '../parse.ts'
import { explainText } from '../explain.ts'
import { dialects, type Dialect } from './tree.ts'

/** How much a mark says for a tool: 6 nobody else writes it, 1 it is a hint. */
type Marks = readonly [pattern: RegExp, weight: number][]

// Looked for outside of quotation marks, whose inside is blank here. Sources: the tools' own lists of operators.
const marks: Record<Exclude<Dialect, 'other'>, Marks> = {
  brandwatch: [
    [/\bNEAR\/\d+f\b/, 6],
    [/<<<[^<>]*>>>/, 6],
    [
      /\b(?:engagementType|engagingWith|authorFollowers|authorVerified\w*|authorGender|at_mentions|minuteOfDay|tweetSource|itemReview|blogName|publisherSubType|imageType|authorGroup|hashtags|links|articleTitle|entityType|parentGuid|channelId):/,
      5,
    ],
    [/(?<![\w:])\{[^{}]+\}(?!\s*\])/, 3],
    [/\braw:[^"“\s]/i, 4],
    [/\b(?:continent|city|state|county|region|language|subreddit):/, 2],
    [/\b(?:title|site|url|author|country):/, 1],
    [/\bNEAR\/\d/, 1],
  ],
  meltwater: [
    [/\b(?:ingress|metaData\.\w+|authorInfo\.\w+|documentType|openingText|publicationDate):/i, 6],
    [/\bO?near\/\d|\bonear\b/, 5],
    [/\bO?NEAR\b(?!\/)/, 4],
    [/\bATLEAST\b|\)\^\d/, 2],
    [/\bONEAR\/\d|\bNEAR\/\d/, 1],
    [/\b(?:title|source):/, 1],
  ],
  talkwalker: [
    [
      /\b(?:sourcetype|sourcecountry|sourcegeo\w*|author_gender|postextra|search_indexed|twitter_retweets|facebook_likes|fulltext|matched|sourceregion|provider):/i,
      6,
    ],
    [/(?:^|[\s(])\+\+["\p{L}]/u, 5],
    [/\b(?:published|posted|indexed|reach|trending_score|alexa_\w+):/, 3],
    [/\bengagement:[<>]|\blang:\w\w/, 1],
  ],
  sprinklr: [
    [
      /\b(?:exact(?:Message|Title|UserBio|Content|ParentMessage|ParentTitle)|parentMessage|parentTitle|userbio|authorContaining):/i,
      6,
    ],
    [/\bmessage\s*:/i, 4],
    [/\[[^\]]*\b(?:AND|OR|NEAR)\b[^\]]*\]/, 4],
    [/\b(?:title|author|language|country|state|url|site|followers): /, 4],
    [/\bO?NEAR\/\d/, 1],
  ],
  hootsuite: [
    [/\bnear:.*\bwithin:/, 4],
    [/(?:^|\s):-?[()](?=\s|$)/, 4],
    [/\b(?:from|to|filter|since|until):/, 2],
  ],
  x: [
    [
      /\b(?:min_faves|min_retweets|min_replies|conversation_id|retweets_of|in_reply_to_\w+|quoted_tweet_id|since_id|max_id|since_time|until_time|within_time|context|point_radius|bounding_box|place_country|list|bio_name):/,
      6,
    ],
    [/\bfilter:\w/, 5],
    [
      /\bis:(?:retweet|verified|nullcast)|\bhas:(?:links|images|videos?_?\w*|hashtags|mentions|geo|cashtags|media)\b/,
      3,
    ],
    [/\b(?:from|to):@?\w/, 3],
    [/(?:^|[\s(])\$[A-Za-z]{1,6}\b/, 2],
    [/\b(?:since|until|lang):/, 1],
  ],
  google: [
    [
      /\b(?:intitle|inurl|intext|inanchor|allintitle|allinurl|allintext|filetype|inposttitle|cache|related|daterange):/i,
      6,
    ],
    [/\bAROUND\s*\(\d+\)/, 6],
    [/\b(?:before|after):\d{4}/, 4],
    [/\b(?:loc|location|source):/, 2],
  ],
  lucene: [
    [/[\w)"]\^\d/, 4],
    [/:\s*[[{]\S+ TO \S+[\]}]/, 4],
    [/\b_exists_:|\*:\*/, 6],
    [/(?:^|[\s(:])\/[^/\s]+\/(?=[\s)^]|$)/, 4],
    [/&&|\|\|/, 4],
    [/(?:^|[\s(])!(?=["(\w])/, 4],
    [/(?:^|[\s(])\+(?=["(\p{L}])/u, 3],
    [/\b(?:text|content|body|created_at|@timestamp|pubDate|description|[a-z]+\.[a-z]+):/, 4],
    [/\w~(?:\d|[\s)]|$)/, 1],
    [/^\s*\{!/, 6],
    [/(?:^|[\s(])(?:message|text|content|body|title|@timestamp|[a-z]+\.[\w.]+)\s+:\s*[\w"(*]/i, 4],
  ],
}

const threshold = 3

/** News archives: `w/p`, `HEADLINE(…)`, `hd=…`. */
const news =
  /\s(?:w|pre|near)\/[sp]\s|\b(?:HEADLINE|HLEAD|TITLE|BODY|ATLEAST\d+)\(|(?:^|[\s(])(?:hd|hlp?|lp|td|la|sc|rst)=\w/i

/** `(a or b) and not "c"`: in small letters beside signs, where nobody writes them large, they are operators. */
const isInSmallLetters = (outside: string): boolean =>
  !/\b(?:AND|OR|NOT)\b/.test(outside) && /[)"]\s+(?:and|or|not)\s|\s(?:and|or|not)\s+[("]|\sand\s+not\s/.test(outside)

/** Whose query it is by its marks; null: ours, or nobody's. `other`: ours cannot read it and no mark says whose it is. */
export function recognise(text: string): Dialect | null {
  const outside = text.replace(
    /"(?:[^"\\]|\\.)*"|[“„«][^“”„‟«»]*[“”»]/g,
    (quoted) => `"${' '.repeat(Math.max(0, quoted.length - 2))}"`,
  )
  let best: Dialect | null = null
  let most = threshold - 1
  for (const dialect of dialects) {
    if (dialect === 'other') continue
    const weight = marks[dialect].reduce((sum, [pattern, each]) => sum + (pattern.test(outside) ? each : 0), 0)
    if (weight > most) [best, most] = [dialect, weight]
  }
  if (best !== null) return best
  if (isInSmallLetters(outside)) return 'meltwater'
  if (!parseQuery(text).ok || news.test(outside)) return 'other'
  return explainText(text).problems.some(({ code }) => code.startsWith('foreign')) ? 'other' : null
}
