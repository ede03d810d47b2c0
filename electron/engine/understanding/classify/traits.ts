import stopWords from 'stopwords-iso/stopwords-iso.json' with { type: 'json' }
import { TokenKind, type Token } from '../tokens.ts'
import { ANCHOR } from './anchors.ts'

const lists = stopWords as Record<string, string[]>
const read = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt', 'tr', 'id', 'pl', 'sv']
/** Languages that use a word to hold sentences together, one bit each. */
const languages = new Map<string, number>()
read.forEach((lang, bit) => {
  for (const word of lists[lang] ?? []) languages.set(word, (languages.get(word) ?? 0) | (1 << bit))
})

/** 0, 1, 2, 3 for three and four, 4 for more. */
const some = (count: number): number => (count < 3 ? count : count < 5 ? 3 : 4)
const quarters = (part: number, whole: number): number => (whole === 0 ? -1 : Math.ceil((4 * part) / whole))
const isTag = (kind: number): boolean => kind === TokenKind.hashtag || kind === TokenKind.handle
const isFrill = (kind: number): boolean =>
  isTag(kind) || kind === TokenKind.url || kind === TokenKind.punctuation || kind === TokenKind.emoji

/**
 * How a text is built and how the anchor stands in it, whatever its words are: as a name in a sentence, as one of many hashtags behind an
 * advertisement, as an address, as a verb. `tokens`: with anchors masked. `add` is told each trait once or more and the token that it is about, −1: the whole.
 */
export function traits(text: string, tokens: readonly Token[], add: (trait: string, owner: number) => void): void {
  shape(text, tokens, add)
  const places = [...tokens.keys()].filter((at) => tokens[at]!.text === ANCHOR)
  add(`anchors ${some(places.length)}`, -1)
  if (places.length === 0) return
  const first = places[0]!
  const last = places.at(-1)!
  add(`first ${quarters(first, tokens.length)}`, first)
  add(`last ${quarters(last, tokens.length)}`, last)
  if (places.every((at) => isTag(tokens[at]!.kind))) add('only as a tag', first)
  if (tokens.slice(last + 1).every(({ kind }) => isFrill(kind))) add('nothing behind', last)
  if (places.every((at) => tokens.slice(at + 1).every(({ kind }) => isFrill(kind)))) add('behind all', last)
  for (const at of places) stand(text, tokens, at, add)
}

/** How one anchor is written and what stands beside it. */
function stand(text: string, tokens: readonly Token[], at: number, add: (trait: string, owner: number) => void): void {
  const { kind, start, end } = tokens[at]!
  const written = text.slice(start, end).replace(/^[#@]/, '')
  add(`as ${kind}`, at)
  const lower = written.toLowerCase()
  add(`case ${written === lower ? 'low' : written === written.toUpperCase() ? 'high' : 'name'}`, at)
  if (/['’]s$/u.test(lower)) add('possessive', at)
  else if (/(?:ed|ing|d)$/u.test(lower)) add('verb', at)
  else if (/s$/u.test(lower)) add('plural', at)
  const before = tokens[at - 1]
  const after = tokens[at + 1]
  add(`before ${before?.kind ?? 'none'}`, at)
  add(`after ${after?.kind ?? 'none'}`, at)
  add(`between ${before?.kind ?? 'none'} ${after?.kind ?? 'none'}`, at)
  if (before?.kind === TokenKind.word) add(languages.has(before.text) ? 'after a small word' : 'after a full word', at)
  if (after?.kind === TokenKind.word) add(languages.has(after.text) ? 'before a small word' : 'before a full word', at)
}

function shape(text: string, tokens: readonly Token[], add: (trait: string, owner: number) => void): void {
  const counts = new Array<number>(8).fill(0)
  const words: Token[] = []
  for (const token of tokens) {
    counts[token.kind]!++
    if (token.kind === TokenKind.word && token.text !== ANCHOR) words.push(token)
    if (token.kind === TokenKind.url) add(`host ${hostOf(text.slice(token.start, token.end))}`, -1)
  }
  counts.forEach((count, kind) => {
    if (kind !== TokenKind.word) add(`has ${kind} ${some(count)}`, -1)
  })
  add(`words ${Math.min(8, Math.ceil(words.length / 4))}`, -1)
  if (tokens[0]?.text === 'rt') add('passed on', 0)
  else if (words.some((word) => word.text === 'rt')) add('passed on within', -1)
  if (tokens[0] && isTag(tokens[0].kind)) add(`begins ${tokens[0].kind}`, 0)
  const end = tokens.at(-1)
  if (end) add(`ends ${end.kind}`, tokens.length - 1)
  for (const sign of ['!', '?', '$', '€', ':', '|', '"', '(', '…', '...', ' - '])
    if (text.includes(sign)) add(`sign ${sign}`, -1)
  const titled = words.filter(({ start }) => /\p{Lu}/u.test(text.charAt(start))).length
  add(`titled ${quarters(titled, words.length)}`, -1)
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  add(`capitals ${quarters(text.match(/\p{Lu}/gu)?.length ?? 0, letters)}`, -1)
  add(`foreign letters ${quarters(text.match(/[^\p{ASCII}\P{L}]/gu)?.length ?? 0, letters)}`, -1)
  speech(words, add)
}

/** In which language its small words are, and how many: advertisements and lists of tags have few. */
function speech(words: readonly Token[], add: (trait: string, owner: number) => void): void {
  const found = new Array<number>(read.length).fill(0)
  for (const { text } of words) {
    const bits = languages.get(text) ?? 0
    for (let bit = 0; bit < read.length; bit++) if (bits & (1 << bit)) found[bit]!++
  }
  const most = Math.max(...found)
  add(`small words ${quarters(most, words.length)}`, -1)
  if (most > 0) add(`speaks ${read[found.indexOf(most)]}`, -1)
  // Words that English has not and others have.
  const english = languages.size > 0 ? words.filter(({ text }) => ((languages.get(text) ?? 0) & 1) === 1).length : 0
  const other = words.filter(({ text }) => ((languages.get(text) ?? 1) & 1) === 0).length
  add(`english ${quarters(english, words.length)}`, -1)
  add(`other ${some(other)}`, -1)
}

const hostOf = (link: string): string =>
  link
    .replace(/^https?:\/\//iu, '')
    .replace(/^www\./iu, '')
    .split(/[/?#]/u, 1)[0]!
    .toLowerCase()
