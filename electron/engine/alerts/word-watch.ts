import type { AlertAbout } from '#shared/model/alert.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { cardKey } from '#engine/alerts/detect/crisis.ts'
import { asksForReach, judgeReach, judgeRule } from '#engine/alerts/detect/word.ts'
import { mentionsBySeq, type CauseMention } from '#engine/store/queries/alert-counts.ts'
import { newestOfKey, putWatchState, watchStates } from '#engine/store/queries/alerts.ts'
import { lastEntrySeq } from '#engine/store/queries/journal.ts'
import { influenceRow } from '#engine/store/queries/persons.ts'
import { lastEntryBefore, wordsBetween, type Word } from '#engine/store/queries/notices.ts'
import { readRules } from '#engine/store/queries/rules.ts'
import type { Store } from '#engine/store/store.ts'
import type { Cause } from './cause.ts'
import type { Judged } from './crises.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** A word that is found so much later is said, and told to nobody. */
const LATE_MS = 60 * MINUTE
/** Mentions of a key that are kept in mind, the newest; and keys. */
const MOST_HITS = 100
const MOST_KEYS = 500
/** In the kept watch states: up to which entry of the journal was read, and what was found. */
const READ = 'words read'
const HITS = 'words hits'

interface Hit {
  seq: number
  /** When the rule spoke, milliseconds since 1970. */
  at: number
}
export type JudgedWord = Judged & { late: boolean }

interface Finding {
  causeFrom(mentions: readonly CauseMention[]): Cause
  subjectsOf(mentions: readonly CauseMention[]): string[]
  coolMinutes(): number
}

/**
 * What rules with an alert said, from the journal: each word is read once, also after a crash, and its card cites the mentions themselves. A rule that
 * asks for reach speaks of a person, any other of what was said. Imported history is routed nowhere, and left out besides.
 * Long: one memory of what was read, with everything that adds to it and makes words of it.
 */
export function createWordWatch(store: Store, { causeFrom, subjectsOf, coolMinutes }: Finding) {
  const kept = (name: string): unknown => JSON.parse(watchStates(store, name)[0]?.content ?? 'null')
  let read = kept(READ) as number | null
  const hits = new Map(Object.entries((kept(HITS) as Record<string, Hit[]> | null) ?? {}))

  /** What still counts for a key: since its card stands, and no longer than the cool-down. */
  function counting(key: string, at: number): Hit[] {
    const card = newestOfKey(store, key)
    const from = Math.max(at - coolMinutes() * MINUTE, card?.resolvedAt ?? 0)
    return (hits.get(key) ?? []).filter((hit) => hit.at > from)
  }

  function keyOf(word: Word, mention: CauseMention, reach: ReadonlySet<string>): string {
    if (mention.author !== null && reach.has(word.rule)) return cardKey('influencer', `author:${mention.author}`)
    return cardKey('rule', `rule:${word.rule}`)
  }

  function judgedOf(key: string, word: Word, at: number): JudgedWord {
    const counted = hits.get(key) ?? []
    const mentions = mentionsBySeq(
      store,
      counted.map(({ seq }) => seq),
    )
    const rule = readRules(store).find(({ id }) => id === word.rule)
    const voices = new Set(mentions.map(({ author, root }) => (author === null ? `r${root}` : `a${author}`)))
    const look = {
      rule: rule?.name ?? word.name,
      priority: rule?.then.priority ?? ('normal' as const),
      mentions: counted.length,
      people: Math.max(1, voices.size),
      minutes: Math.max(1, Math.ceil((at - (counted[0]?.at ?? at)) / MINUTE)),
    }
    const [newest] = mentions
    const ofPerson = key.startsWith('influencer ') && newest?.author != null ? newest.author : null
    const about: AlertAbout =
      ofPerson === null
        ? { kind: 'rule', id: word.rule, name: look.rule }
        : { kind: 'author', id: `${ofPerson}`, name: newest?.handle ?? '' }
    const own = key.slice(key.indexOf(' ') + 1)
    return {
      key,
      about,
      late: word.at < at - LATE_MS,
      verdict:
        ofPerson === null
          ? judgeRule(look)
          : judgeReach({
              ...look,
              followers: mentions.reduce<number | null>(
                (most, { followers }) => (followers === null ? most : Math.max(most ?? 0, followers)),
                null,
              ),
              influence: influenceRow(store, ofPerson)?.influence ?? null,
            }),
      subjects: () => [own, ...subjectsOf(mentions)],
      cause: () => causeFrom(mentions),
    }
  }

  return {
    /** What was said since the last look, one for each key that it adds to. Inside a transaction. */
    *judged(at: number): Generator<JudgedWord> {
      const upTo = lastEntrySeq(store)
      read ??= lastEntryBefore(store, at - DAY)
      if (upTo <= read) return
      const found = wordsBetween(store, read, upTo)
      read = upTo
      const reach = new Set(
        readRules(store)
          .filter(({ when }) => asksForReach(when))
          .map(({ id }) => id),
      )
      const spoken = new Map<string, Word>()
      for (const word of found) {
        const seq = mentionSeq(store.stationId, word.mentionId)
        const [mention] = seq === undefined ? [] : mentionsBySeq(store, [seq])
        if (mention === undefined) continue
        const key = keyOf(word, mention, reach)
        const others = counting(key, at).filter((hit) => hit.seq !== mention.seq)
        hits.set(key, [...others, { seq: mention.seq, at: word.at }].slice(-MOST_HITS))
        spoken.set(key, word)
      }
      for (const [key, word] of spoken) yield judgedOf(key, word, at)
      if (found.length === 0) return
      keepHits(at)
      keepRead(at)
    },
    /** Writes how far was read; inside a transaction. */
    keep: keepRead,
  }

  function keepRead(at: number): void {
    if (read !== null) putWatchState(store, { name: READ, at, content: `${read}` })
  }
  function keepHits(at: number): void {
    for (const [key, all] of hits)
      if ((all.at(-1)?.at ?? 0) < at - Math.max(DAY, coolMinutes() * MINUTE)) hits.delete(key)
    for (const key of [...hits.keys()].slice(0, Math.max(0, hits.size - MOST_KEYS))) hits.delete(key)
    putWatchState(store, { name: HITS, at, content: JSON.stringify(Object.fromEntries(hits)) })
  }
}
