import type { Code } from '#shared/words/said.ts'
import { countryOf, languageOf } from './codes.ts'
import { dateAsked } from './dates.ts'
import { flagOf, type Asked } from './names.ts'
import { networksOf } from './networks.ts'
import { traitOf } from './traits.ts'
import type { Dialect, Note, Tree } from './tree.ts'
import { numberOf, spanOf, type Value } from './values.ts'

export interface FieldPlace {
  dialect: Dialect
  /** As it was written. */
  name: string
  span: { start: number; end: number }
  note(effect: Note['effect'], why: Code, values?: Record<string, string>): void
}

// Long: one answer a field, each of a line or three.
/** One value of a foreign field in our language. Fields that take words of a text are read elsewhere. */
export function fieldTree(asked: Asked, value: Value, place: FieldPlace): Tree {
  const { span, note } = place
  const ours = (...parts: string[]): Tree =>
    parts.length === 1
      ? { type: 'ours', text: parts[0]!, ...span }
      : { type: 'and', items: parts.map((text) => ({ type: 'ours', text, ...span })), ...span }
  const dropped = (why: Code, values?: Record<string, string>): Tree => {
    note('dropped', why, values)
    return { type: 'nothing', ...span }
  }
  const text = value.kind === 'text' ? value.text : ''
  switch (asked) {
    case 'author':
      return text === '' || text === '*' ? dropped('dialect.noValue') : ours(`author:${plain(text.replace(/^@/, ''))}`)
    case 'authorPart':
      return text === '' ? dropped('dialect.noValue') : ours(`author:*${text.replace(/[\s*"()]/g, '')}*`)
    case 'to':
      return text === '' ? dropped('dialect.noValue') : ours(`to:${plain(text.replace(/^@/, ''))}`)
    case 'handle':
      if (text === '') return dropped('dialect.noValue')
      if (/engag/i.test(place.name)) note('changed', 'dialect.engaging')
      return ours(`@${text.replace(/^@/, '').replace(/[\s"()]/g, '')}`)
    case 'retweetOf':
      note('changed', 'dialect.retweetOf')
      return ours('is:repost', `@${text.replace(/^@/, '').replace(/[\s"()]/g, '')}`)
    case 'hashtag':
      return text === '' ? dropped('dialect.noValue') : ours(`#${text.replace(/^#/, '').replace(/[\s"()]/g, '')}`)
    case 'site':
      return siteTree(text, place, ours, dropped)
    case 'url':
    case 'link':
    case 'allUrl':
      return addressTree(asked, text, place, ours, dropped)
    case 'lang': {
      if (/^(?:any|all|\*)$/i.test(text)) return dropped('dialect.noEffect')
      const code = text.toLowerCase() === 'und' ? 'und' : languageOf(text)
      return code === null ? dropped('dialect.badLanguage') : ours(`lang:${code}`)
    }
    case 'country':
    case 'placeName': {
      const code = asked === 'country' || text.length > 3 ? countryOf(text) : null
      return code === null ? dropped('dialect.place') : ours(`country:${code}`)
    }
    case 'place':
      return dropped('dialect.place')
    case 'sentiment':
      return sentimentTree(value, ours, dropped)
    case 'followers':
    case 'followersFrom':
    case 'engagement':
    case 'reactions':
    case 'reactionsFrom':
      return numberTree(asked, value, place, ours, dropped)
    case 'since':
    case 'until':
    case 'date': {
      const exclusive = place.dialect === 'x' || place.dialect === 'hootsuite' || /^before$/i.test(place.name)
      const dates = dateAsked(asked, value, exclusive)
      if (dates === null) return dropped(isRelative(value) ? 'dialect.relative' : 'dialect.badDate')
      if (/index|added/i.test(place.name)) note('changed', 'dialect.indexed')
      return dates.length === 0 ? dropped('dialect.noEffect') : ours(...dates)
    }
    case 'sinceTime':
    case 'untilTime': {
      const dates = dateAsked(asked === 'sinceTime' ? 'since' : 'until', value, true)
      return dates === null ? dropped('dialect.badDate') : ours(...dates)
    }
    case 'relative':
      return dropped('dialect.relative')
    case 'sort':
      return traitTree(text, place, ours, dropped)
    case 'flag':
      return flagTree(text, place, ours, dropped)
    case 'network': {
      const found = networksOf(text)
      if (found === null) return dropped('dialect.sourceType')
      if (found.near) note('changed', 'dialect.nearSourceType')
      return ours(found.query)
    }
    case 'subreddit':
      return ours(`url:reddit.com/r/${text.replace(/^\/?r\//i, '').replace(/[\s"()]/g, '')}`)
    case 'aspect':
    case 'intent':
      return ours(`${asked}:${plain(text)}`)
    case 'publisher':
      return dropped('dialect.publisher')
    case 'measure':
      return dropped('dialect.measure')
    case 'person':
      return dropped('dialect.person')
    case 'thread':
      return dropped('dialect.thread')
    default:
      return dropped('dialect.home')
  }
}

type Ours = (...parts: string[]) => Tree
type Dropped = (why: Code, values?: Record<string, string>) => Tree

/** A value of ours, in quotation marks where it needs them. */
export const plain = (text: string): string =>
  /^[^\s()"“”„‟«»,{}[\]]+$/.test(text) ? text : `"${text.replace(/["“”„‟«»]/g, ' ').trim()}"`

const bareAddress = (text: string): string =>
  text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^(?:www|m)\./i, '')
    .replace(/[\s"()]/g, '')
    .replace(/[/*]+$/, '')

function siteTree(text: string, place: FieldPlace, ours: Ours, dropped: Dropped): Tree {
  const address = bareAddress(text).replace(/^\*?\.(?=.)/, '*.')
  if (address === '') return dropped('dialect.noValue')
  // `site:.de` and `site:de` ask for an ending.
  if (/^\*\.[a-z]{2,}$/i.test(address)) return ours(`site:${address}`)
  if (address.includes('/')) return ours(`url:${address}`)
  if (address.includes('.') || address.includes('*')) return ours(`site:${address}`)
  const network = networksOf(address)
  if (network !== null && !network.near) return ours(network.query)
  if (/^[a-z]{2,3}$/i.test(address)) return ours(`site:*.${address}`)
  place.note('changed', 'dialect.siteName')
  return ours(`site:*${address}*`)
}

/** In X and its kin `url:` looks at what a post links to, elsewhere at where it stands. */
function addressTree(
  asked: 'url' | 'link' | 'allUrl',
  text: string,
  place: FieldPlace,
  ours: Ours,
  dropped: Dropped,
): Tree {
  const ofPost = asked === 'link' || (place.dialect === 'x' && asked === 'url')
  const address = bareAddress(text)
  if (address === '') return dropped('dialect.noValue')
  const field = ofPost ? 'link' : 'url'
  const whole = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#]|$)/u.test(address) && !address.includes('*')
  return ours(whole ? `${field}:${address}` : `${field}:*${address.replace(/^\*+/, '')}*`)
}

const moods: Record<string, 'negative' | 'neutral' | 'positive'> = {
  ...Object.fromEntries(
    ['negative', 'neg', 'n', '-1', '-5', 'bad', 'negativ'].map((word) => [word, 'negative' as const]),
  ),
  ...Object.fromEntries(['neutral', 'neu', '0'].map((word) => [word, 'neutral' as const])),
  ...Object.fromEntries(
    ['positive', 'pos', 'p', '1', '5', 'good', 'positiv'].map((word) => [word, 'positive' as const]),
  ),
}

function sentimentTree(value: Value, ours: Ours, dropped: Dropped): Tree {
  if (value.kind === 'text') {
    const mood = moods[value.text.toLowerCase()]
    return mood === undefined ? dropped('dialect.badSentiment') : ours(`sentiment:${mood}`)
  }
  if (value.kind === 'compare' && numberOf(value.text.replace(/^-/, '')) === 0)
    return ours(`sentiment:${value.sign.startsWith('>') ? 'positive' : 'negative'}`)
  return dropped('dialect.badSentiment')
}

function numberTree(asked: Asked, value: Value, place: FieldPlace, ours: Ours, dropped: Dropped): Tree {
  const span = spanOf(value)
  if (span === null) return dropped('dialect.badNumber')
  const field = asked.startsWith('followers') ? 'followers' : 'engagement'
  const least = asked.endsWith('From') ? { from: span.from, to: null } : span
  if (asked.startsWith('reactions')) {
    place.note('changed', 'dialect.reactions')
    if (least.to === null && least.from !== null) return { type: 'atLeast', count: least.from, ...place.span }
  } else if (field === 'engagement') place.note('changed', 'dialect.engagement')
  if (value.kind === 'compare' && !asked.endsWith('From')) return ours(`${field}:${value.sign}${numberOf(value.text)}`)
  const { from, to } = least
  if (from !== null && to !== null) return ours(from === to ? `${field}:${from}` : `${field}:${from}..${to}`)
  if (from !== null) return ours(`${field}:>=${from}`)
  return to === null || to < 0 ? dropped('dialect.noEffect') : ours(`${field}:<=${to}`)
}

function traitTree(text: string, place: FieldPlace, ours: Ours, dropped: Dropped): Tree {
  // `include:` keeps what would be there anyway.
  if (/^include$/i.test(place.name)) return dropped('dialect.noEffect')
  const trait = traitOf(text)
  if (trait !== null && /^exclude$/i.test(place.name)) return { type: 'not', item: ours(trait), ...place.span }
  if (trait !== null) return ours(trait)
  if (/^type$/i.test(place.name)) {
    const found = networksOf(text)
    if (found !== null) return ours(found.query)
  }
  return dropped(/verif|follow|nullcast|business/i.test(text) ? 'dialect.person' : 'dialect.home')
}

/** `is_retweet:false`: the trait, or that it is not there. */
function flagTree(text: string, place: FieldPlace, ours: Ours, dropped: Dropped): Tree {
  const trait = traitTree(flagOf(place.name) ?? '', place, ours, dropped)
  if (trait.type === 'nothing' || /^(?:true|yes|1|y|t)$/i.test(text)) return trait
  return /^(?:false|no|0|n|f)$/i.test(text) ? { type: 'not', item: trait, ...place.span } : dropped('dialect.noValue')
}

const isRelative = (value: Value): boolean =>
  JSON.stringify(value).includes('now') || (value.kind === 'text' && /^-?\d+\s?[smhdwy]$/i.test(value.text))
