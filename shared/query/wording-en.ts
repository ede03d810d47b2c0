import type { TextField } from './ast.ts'
import { dateText, isMidnight, listed, nameOf, numberText, type Wording } from './wording.ts'

const words = (count: number): string => (count === 1 ? '1 other word' : `${count} other words`)

const has: Record<string, string> = {
  link: 'a link',
  image: 'an image',
  video: 'a video',
  audio: 'a sound recording',
  media: 'an image, video or sound recording',
  hashtag: 'a hashtag',
  mention: 'somebody’s handle',
  emoji: 'an emoji',
  country: 'a known country',
}
const is: Record<string, string> = {
  reply: 'replies',
  repost: 'reposts',
  quote: 'quotes',
  question: 'questions',
  private: 'private',
}
const intent: Record<string, string> = {
  complaint: 'a complaint',
  question: 'a question',
  praise: 'praise',
  lead: 'an interest in buying',
  churn: 'a wish to leave',
  job: 'an interest in a job',
  press: 'a press enquiry',
  threat: 'a safety or legal matter',
  noise: 'noise',
}
const before: Record<TextField, string> = {
  author: 'by',
  network: 'on',
  source: 'from the source',
  lang: 'in',
  country: 'from',
  site: 'published on',
  link: 'with a link to',
  kind: 'of the kind',
  has: 'with',
  is: 'that are',
  sentiment: 'with sentiment',
  intent: 'that read as',
  aspect: 'about',
  relevance: 'that are',
}

export const englishWording: Wording = {
  sentence: (part) =>
    `Mentions with ${part}.`.replace(
      /^Mentions with (by|on|in|from|published on|with|of the kind|that are|that read as|about|since|until|before|without) /,
      'Mentions $1 ',
    ),
  and: (list, facts, without) => {
    const excluded = without.length === 0 ? [] : [`without ${listed(without, 'or')}`]
    return [...(list.length === 0 ? [] : [listed(list, 'and')]), ...facts, ...excluded].join(', ')
  },
  or: (parts) => listed(parts, 'or'),
  near: (left, right, distance, ordered) =>
    distance === 0
      ? `${left} directly ${ordered ? 'followed by' : 'beside'} ${right}`
      : `${left} ${ordered ? 'followed by' : 'near'} ${right} (at most ${words(distance)} between)`,
  window: (list, distance) =>
    `${listed(list, 'and')} in any order ${distance === 0 ? 'side by side' : `(at most ${words(distance)} between)`}`,
  quoted: (text) => `“${text}”`,
  beginning: (prefix) => `words that begin with “${prefix}”`,
  pattern: (pattern) => `words like “${pattern}”`,
  tag: (sign, name) => `the ${sign === '#' ? 'hashtag' : 'handle'} ${sign}${name}`,
  tagsBeginning: (sign, name) => `${sign === '#' ? 'hashtags' : 'handles'} that begin with ${sign}${name}`,
  raw: (text) => `exactly “${text}”`,
  field: (field, values) => `${before[field]} ${listed(values, 'or')}`,
  value(field, text) {
    switch (field) {
      case 'lang':
        return text.toLowerCase() === 'und' ? 'a language that could not be told' : nameOf('language', text, 'en')
      case 'country':
        return nameOf('region', text, 'en')
      case 'has':
        return has[text] ?? text
      case 'is':
        return is[text] ?? text
      case 'intent':
        return intent[text] ?? text
      case 'relevance':
        return text === 'yes' ? 'judged to be about us' : 'judged not to be about us'
      case 'kind':
      case 'sentiment':
        return text
      default:
        return `“${text}”`
    }
  },
  number(field, from, to) {
    const noun = field === 'followers' ? 'followers' : 'likes, reposts and replies'
    if (from !== null && to !== null)
      return from === to
        ? `exactly ${numberText(from, 'en')} ${noun}`
        : `${numberText(from, 'en')} to ${numberText(to, 'en')} ${noun}`
    return from !== null ? `at least ${numberText(from, 'en')} ${noun}` : `at most ${numberText(to ?? 0, 'en')} ${noun}`
  },
  time(field, at) {
    if (field === 'since') return `since ${dateText(at, 'en')}`
    return isMidnight(at) ? `until the end of ${dateText(at - 1, 'en', true)}` : `before ${dateText(at, 'en')}`
  },
  more: (count) => `${count} more`,
}
