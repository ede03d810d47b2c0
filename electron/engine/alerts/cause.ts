import type { Alert, AlertCause } from '#shared/model/alert.ts'
import { tokenize } from '#shared/query/tokenize.ts'
import { mentionId } from '#shared/util/ids.ts'
import type { CauseMention } from '#engine/store/queries/alert-counts.ts'
import { problemNo } from '#engine/store/queries/problems.ts'
import { isCommonWord } from '#engine/understanding/problems/common-words.ts'

/** Of each kind, and of what is to be read first. */
const MOST = 5
/** What drives a thing is at least so much of it, in parts of it and in mentions. */
const LEAST_SHARE = 0.1
const LEAST = 2
/** Before what: a fault says more than the networks on which it is spoken of. */
const order: readonly AlertCause['kind'][] = ['problem', 'term', 'author', 'place', 'language', 'network']
const MOST_TOKENS = 200
const NEGATIVE = 0

export type Cause = Pick<Alert, 'causes' | 'firstMentionId' | 'readFirst' | 'private'>

export const noCause: Cause = { causes: [], firstMentionId: null, readFirst: [], private: false }

interface Named {
  stationId: string
  /** Words that everything heard here has: the names that are listened for. */
  skip: ReadonlySet<string>
  /** Name of a problem; null: it is not to be told. */
  problem(no: number): { id: string; label: string } | null
  /** Of those of the problem that leads, and all others: what to read first. Absent: the words and the mood of each tell. */
  readFirst?(all: readonly CauseMention[], members: readonly CauseMention[]): CauseMention[]
}

type Part = Pick<AlertCause, 'kind' | 'id' | 'label' | 'author'>

/**
 * What drives it, from these mentions (newest first) and nothing else. Each person counts once for a word, a problem or a place,
 * and copies of one text are one voice: who shouts most does not decide what it is about.
 */
export function causeOf(mentions: readonly CauseMention[], named: Named): Cause {
  if (mentions.length === 0) return noCause
  const parts = new Map<string, { part: Part; of: CauseMention[]; voices: Set<string> }>()
  const voiceOf = voicesOf(mentions)
  const voices = new Set(mentions.map(voiceOf))
  const add = (key: string, mention: CauseMention, part: () => Part): void => {
    let found = parts.get(key)
    if (found === undefined) parts.set(key, (found = { part: part(), of: [], voices: new Set() }))
    found.of.push(mention)
    found.voices.add(voiceOf(mention))
  }
  for (const mention of mentions) {
    const { network, lang, country, author, handle, problem } = mention
    add(`n ${network}`, mention, () => ({ kind: 'network', id: network, label: network, author: null }))
    if (lang !== '' && lang !== 'und')
      add(`l ${lang}`, mention, () => ({ kind: 'language', id: lang, label: lang, author: null }))
    if (country !== null)
      add(`c ${country}`, mention, () => ({ kind: 'place', id: country, label: country, author: null }))
    if (author !== null)
      add(`a ${author}`, mention, () => ({ kind: 'author', id: null, label: '', author: handle ?? '' }))
    const known = problem === null ? null : named.problem(problem)
    if (known) add(`p ${problem}`, mention, () => ({ kind: 'problem', ...known, author: null }))
    for (const word of wordsOf(mention.text, named.skip))
      add(`t ${word}`, mention, () => ({ kind: 'term', id: null, label: word, author: null }))
  }
  const id = (one: CauseMention): string => mentionId(named.stationId, one.seq)
  const byKind = new Map<AlertCause['kind'], AlertCause[]>()
  for (const { part, of, voices: own } of parts.values()) {
    // One author's share is of what was said; everything else's of those who spoke.
    const share = part.kind === 'author' ? of.length / mentions.length : own.size / voices.size
    if (of.length < LEAST || share < LEAST_SHARE) continue
    const cause = {
      ...part,
      share: Math.round(share * 100) / 100,
      count: of.length,
      mentionIds: of.slice(0, MOST).map(id),
    }
    byKind.set(part.kind, [...(byKind.get(part.kind) ?? []), cause])
  }
  const causes = order.flatMap((kind) =>
    (byKind.get(kind) ?? []).sort((a, b) => b.share - a.share || b.count - a.count).slice(0, MOST),
  )
  const first = mentions.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.seq < a.seq) ? b : a))
  return {
    causes,
    firstMentionId: id(first),
    readFirst: worthReading(mentions, causes, named.readFirst).map(id),
    private: mentions.every((one) => one.private === 1),
  }
}

/** Who speaks: a person, or a text with all its copies. */
function voicesOf(mentions: readonly CauseMention[]): (mention: CauseMention) => string {
  const copied = new Set(mentions.flatMap(({ root, seq }) => (root === seq ? [] : root)))
  return ({ author, root }) => (author === null || copied.has(root) ? `r${root}` : `a${author}`)
}

function wordsOf(text: string, skip: ReadonlySet<string>): Set<string> {
  const words = new Set<string>()
  for (const { norm, tag } of tokenize(text).slice(0, MOST_TOKENS)) {
    if (tag?.startsWith('@') || norm.length < 3 || /^\d+$/.test(norm)) continue
    if (!isCommonWord(norm) && !skip.has(norm)) words.add(norm)
  }
  return words
}

/** Of the problem that leads, in different words and by different people: the most typical of it, or the negative and the widely read before others. */
function worthReading(
  mentions: readonly CauseMention[],
  causes: readonly AlertCause[],
  typical: Named['readFirst'],
): CauseMention[] {
  const lead = causes.find(({ kind }) => kind === 'problem')
  const leadNo = lead && problemNo(lead.id ?? '')
  const members = mentions.filter(({ problem }) => problem !== null && problem === leadNo)
  const first = typical !== undefined && members.length > LEAST ? typical(mentions, members) : []
  const voices = new Set<string>()
  const voiceOf = voicesOf(mentions)
  return [...first, ...byWorth(mentions, causes, leadNo)]
    .filter((one) => {
      const voice = voiceOf(one)
      if (voices.has(voice)) return false
      voices.add(voice)
      return true
    })
    .slice(0, MOST)
}

function byWorth(
  mentions: readonly CauseMention[],
  causes: readonly AlertCause[],
  leadNo: number | undefined,
): CauseMention[] {
  const terms = causes.filter(({ kind }) => kind === 'term').map(({ label }) => label)
  const worth = (one: CauseMention): number =>
    (leadNo !== undefined && one.problem === leadNo ? 4 : 0) +
    (one.sentiment === NEGATIVE ? 2 : 0) +
    Math.min(2, Math.log10((one.followers ?? 0) + 1) / 3) +
    terms.filter((term) => one.text.toLowerCase().includes(term)).length
  return [...mentions].sort((a, b) => worth(b) - worth(a) || b.at - a.at)
}
