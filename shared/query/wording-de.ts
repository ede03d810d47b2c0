import type { TextField } from './ast.ts'
import { dateText, isMidnight, listed, nameOf, numberText, type Wording } from './wording.ts'

const woerter = (count: number): string => (count === 1 ? '1 anderen Wort' : `${count} anderen Wörtern`)

const mit: Record<string, string> = {
  link: 'einem Link',
  image: 'einem Bild',
  video: 'einem Video',
  audio: 'einer Tonaufnahme',
  media: 'Bild, Video oder Tonaufnahme',
  hashtag: 'einem Hashtag',
  mention: 'einem genannten Konto',
  emoji: 'einem Emoji',
  country: 'bekanntem Land',
}
const ist: Record<string, string> = {
  reply: 'als Antwort',
  repost: 'als geteilter Beitrag',
  quote: 'als Zitat',
  question: 'als Frage',
  private: 'als private Nachricht',
}
const arten: Record<string, string> = {
  post: 'Beitrag',
  reply: 'Antwort',
  repost: 'geteilter Beitrag',
  quote: 'Zitat',
  comment: 'Kommentar',
  story: 'Story',
  article: 'Artikel',
  review: 'Bewertung',
  message: 'Nachricht',
  mail: 'E-Mail',
  call: 'Anruf',
}
const stimmungen: Record<string, string> = { negative: 'negativer', neutral: 'neutraler', positive: 'positiver' }
const anliegen: Record<string, string> = {
  complaint: 'einer Beschwerde',
  question: 'einer Frage',
  praise: 'Lob',
  lead: 'Kaufinteresse',
  churn: 'Kündigungsabsicht',
  job: 'Interesse an einer Stelle',
  press: 'einer Presseanfrage',
  threat: 'einer Gefahr oder rechtlichen Drohung',
  noise: 'Rauschen',
}
const davor: Record<TextField, string> = {
  author: 'von',
  network: 'auf',
  source: 'aus der Quelle',
  lang: 'auf',
  country: 'aus',
  site: 'veröffentlicht auf',
  link: 'mit Link auf',
  kind: 'der Art',
  has: 'mit',
  is: '',
  sentiment: 'mit',
  intent: 'mit',
  aspect: 'zu',
  relevance: '',
}

export const germanWording: Wording = {
  sentence: (part) =>
    `Erwähnungen mit ${part}.`.replace(
      /^Erwähnungen mit (von|auf|aus|veröffentlicht auf|mit|der Art|als|zu|seit|bis|vor|ohne) /,
      'Erwähnungen $1 ',
    ),
  and: (list, facts, without) => {
    const excluded = without.length === 0 ? [] : [`ohne ${listed(without, 'oder')}`]
    return [...(list.length === 0 ? [] : [listed(list, 'und')]), ...facts, ...excluded].join(', ')
  },
  or: (parts) => listed(parts, 'oder'),
  near: (left, right, distance, ordered) =>
    distance === 0
      ? `${left} direkt ${ordered ? 'gefolgt von' : 'neben'} ${right}`
      : `${left} ${ordered ? 'gefolgt von' : 'nahe'} ${right} (mit höchstens ${woerter(distance)} dazwischen)`,
  window: (list, distance) =>
    `${listed(list, 'und')} in beliebiger Folge ${distance === 0 ? 'nebeneinander' : `(mit höchstens ${woerter(distance)} dazwischen)`}`,
  quoted: (text) => `„${text}“`,
  beginning: (prefix) => `Wörtern, die mit „${prefix}“ beginnen`,
  pattern: (pattern) => `Wörtern wie „${pattern}“`,
  tag: (sign, name) => (sign === '#' ? `dem Hashtag #${name}` : `dem Namen @${name}`),
  tagsBeginning: (sign, name) =>
    sign === '#' ? `Hashtags, die mit #${name} beginnen` : `Namen, die mit @${name} beginnen`,
  raw: (text) => `genau „${text}“`,
  field: (field, values) =>
    `${davor[field]} ${listed(values, 'oder')}${field === 'sentiment' ? ' Stimmung' : ''}`.trim(),
  value(field, text) {
    switch (field) {
      case 'lang':
        return text.toLowerCase() === 'und' ? 'nicht erkennbarer Sprache' : nameOf('language', text, 'de')
      case 'country':
        return nameOf('region', text, 'de')
      case 'has':
        return mit[text] ?? text
      case 'is':
        return ist[text] ?? text
      case 'kind':
        return arten[text] ?? text
      case 'intent':
        return anliegen[text] ?? text
      case 'relevance':
        return text === 'yes' ? 'als uns betreffend beurteilt' : 'als uns nicht betreffend beurteilt'
      case 'sentiment':
        return stimmungen[text] ?? text
      default:
        return `„${text}“`
    }
  },
  number(field, from, to) {
    const noun = field === 'followers' ? 'Followern' : 'Reaktionen (Likes, Teilungen, Antworten)'
    if (from !== null && to !== null)
      return from === to
        ? `genau ${numberText(from, 'de')} ${noun}`
        : `${numberText(from, 'de')} bis ${numberText(to, 'de')} ${noun}`
    return from !== null
      ? `mindestens ${numberText(from, 'de')} ${noun}`
      : `höchstens ${numberText(to ?? 0, 'de')} ${noun}`
  },
  time(field, at) {
    if (field === 'since') return `seit ${dateText(at, 'de')}`
    return isMidnight(at) ? `bis Ende ${dateText(at - 1, 'de', true)}` : `vor ${dateText(at, 'de')}`
  },
  more: (count) => `${count} weiteren`,
}
