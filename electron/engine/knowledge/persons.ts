import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import type { PersonView } from '#shared/model/person-view.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import { newId } from '#shared/util/ids.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import { mentionKeys, type MentionKeys } from '#engine/store/queries/routing-cursor.ts'
import type { PersonChange } from '#engine/store/projections/knowledge.ts'
import {
  accountRow,
  addAlias,
  areApart,
  authorsWithAlias,
  lastSeqOf,
  linkOf,
  linksOf,
  personTotals,
  rememberAccount,
  type AccountRow,
  type LinkRow,
} from '#engine/store/queries/persons.ts'
import type { Store } from '#engine/store/store.ts'
import {
  aliasesOf,
  LINK_FROM,
  samePerson,
  SUGGEST_FROM,
  type Account,
  type Likeness,
} from '#engine/understanding/same-person.ts'

export interface Persons {
  /**
   * Mentions and cases of the person behind the mention's author, over all linked accounts. Inside a write transaction the account is
   * remembered first, and linked where there is next to no doubt.
   */
  historyOf(mention: Mention, keys?: MentionKeys): { authorMentions: number; authorCases: number } | null
  view(seq: number): PersonView
  /** The author of mention `seq` and this account are one person. Returns the entry that `undo` takes back. */
  link(seq: number, accountKey: string, by: Actor): number
  unlink(seq: number, accountKey: string, by: Actor): number
  undo(entry: number, by: Actor): Said
}

/** Names that so many accounts share are nobody's own. */
const MOST_NAMESAKES = 8
const MOST_SEEN = 50_000

const accountOf = (row: AccountRow): Account => ({
  network: row.network,
  handle: row.handle ?? row.author_id,
  name: row.name,
  url: row.url,
})

// Long: links and the two memories that every way of making or undoing one has to keep.
export function createPersons({ store, clock }: { store: Store; clock: Clock }): Persons {
  /** Names under which accounts were remembered lately: who writes often is looked up once. */
  const seen = new Map<number, string>()
  let last: { key: number; seq: number } | null = null

  /** Accounts on other networks that may be the same person, likeliest first. */
  function candidates(own: AccountRow): { row: AccountRow; likeness: Likeness }[] {
    return [...namesakes(aliasesOf(accountOf(own)), own.author_key)]
      .filter((key) => !areApart(store, own.author_key, key))
      .map((key) => accountRow(store, key))
      .filter((row) => row !== undefined)
      .map((row) => ({ row, likeness: samePerson(accountOf(own), accountOf(row)) }))
      .filter(({ likeness }) => likeness.confidence >= SUGGEST_FROM)
      .sort((a, b) => b.likeness.confidence - a.likeness.confidence)
  }

  /** Other accounts under one of these names, unless too many share it. */
  function namesakes(aliases: readonly string[], own: number): Set<number> {
    const keys = new Set<number>()
    for (const alias of aliases) {
      const found = authorsWithAlias(store, alias, MOST_NAMESAKES + 1)
      if (found.length <= MOST_NAMESAKES) for (const key of found) keys.add(key)
    }
    keys.delete(own)
    return keys
  }

  /** Writes the links as well, which follow from the entry. */
  const record = (data: PersonChange & Record<string, unknown>, by: Actor): number =>
    appendEntry(store, { at: clock.now(), kind: 'person.changed', actor: by, data })

  function join(a: number, b: number, likeness: Likeness, by: Actor): number {
    const before = [linkOf(store, a) ?? null, linkOf(store, b) ?? null]
    const person = before[0]?.person_id ?? before[1]?.person_id ?? newId('per')
    const row = (key: number): LinkRow => ({
      author_key: key,
      person_id: person,
      confidence: likeness.confidence,
      reason: likeness.because.join(','),
      linked_at: clock.now(),
      linked_by: by.name,
    })
    // Both may have been linked to others before: those come along.
    const others = before[1] && before[1].person_id !== person ? linksOf(store, before[1].person_id) : []
    const brought = others.map((other) => ({ ...other, person_id: person }))
    const isLinked = (key: number): boolean =>
      linkOf(store, key)?.person_id === person || others.some((other) => other.author_key === key)
    const after = [...brought, ...[a, b].filter((key) => !isLinked(key)).map(row)]
    const why = { because: likeness.because, confidence: likeness.confidence }
    return record({ change: 'link', a, b, before: others, after, apart: false, ...why }, by)
  }

  function remember(mention: Mention, key: number): void {
    const { author } = mention
    if (!author) return
    // What was remembered in a transaction that was rolled back is not remembered.
    if (last !== null && lastSeqOf(store, last.key) < last.seq) seen.clear()
    last = { key, seq: mention.seq }
    rememberAccount(store, key, mention.seq)
    const names = `${author.handle}\n${author.name}`
    if (seen.get(key) === names) return
    if (seen.size >= MOST_SEEN) seen.clear()
    seen.set(key, names)
    const account: Account = { network: mention.network, handle: author.handle, name: author.name, url: author.url }
    const aliases = aliasesOf(account)
    let fresh = false
    for (const alias of aliases) if (addAlias(store, alias, key)) fresh = true
    if (!fresh || namesakes(aliases, key).size === 0 || linkOf(store, key)) return
    const own = accountRow(store, key)
    if (!own) return
    const [best, next] = candidates(own)
    // Two equally likely accounts on one network: a person decides.
    if (!best || best.likeness.confidence < LINK_FROM) return
    if (next && next.row.network === best.row.network && next.likeness.confidence >= LINK_FROM) return
    join(key, best.row.author_key, best.likeness, earshot)
  }

  function accountsOf(key: number): AccountRow[] {
    const link = linkOf(store, key)
    const keys = link ? linksOf(store, link.person_id).map((row) => row.author_key) : [key]
    return keys.map((each) => accountRow(store, each)).filter((row) => row !== undefined)
  }

  function ownKey(seq: number): number {
    const key = mentionKeys(store, seq)?.authorKey
    if (key == null) throw new Failure('user', 'mention.noAuthor')
    return key
  }

  /** The same, of an account that is remembered by now: history is not routed, and nobody met its authors yet. */
  function rememberedKey(seq: number): number {
    const key = ownKey(seq)
    const mention = accountRow(store, key) ? undefined : mentionBySeq(store, seq)
    if (mention) store.transaction(() => remember(mention, key))
    return key
  }

  function otherKey(text: string): number {
    const key = Number(text)
    if (!Number.isSafeInteger(key) || !accountRow(store, key)) throw new Failure('user', 'person.noAccount')
    return key
  }

  function apart(a: number, b: number, by: Actor): number {
    const before = linkOf(store, b) ?? null
    if (!before || linkOf(store, a)?.person_id !== before.person_id) throw new Failure('user', 'person.notLinked')
    // An account alone is no person of several.
    const left = linksOf(store, before.person_id).filter((link) => link.author_key !== b)
    const lone = left.length === 1 ? left : []
    return record({ change: 'unlink', a, b, before: [before, ...lone], after: [], apart: true }, by)
  }

  return {
    historyOf(mention, keys = mentionKeys(store, mention.seq)) {
      const key = keys?.authorKey
      if (key == null) return null
      if (store.inTransaction) remember(mention, key)
      const link = linkOf(store, key)
      if (!link) return null
      const { mentions, cases } = personTotals(store, link.person_id)
      return { authorMentions: Math.max(0, mentions - 1), authorCases: cases }
    },
    view(seq) {
      const key = rememberedKey(seq)
      const own = accountRow(store, key)
      const link = linkOf(store, key)
      const accounts = accountsOf(key)
      const shown = (row: AccountRow, confidence: number, because: string[], linked: boolean) => ({
        key: String(row.author_key),
        network: row.network,
        handle: row.handle ?? row.author_id,
        name: row.name,
        url: row.url,
        mentions: row.mentions,
        cases: row.cases,
        confidence,
        because,
        linked,
      })
      const linked = accounts.map((row) => {
        const at = linkOf(store, row.author_key)
        return shown(
          row,
          row.author_key === key ? 1 : (at?.confidence ?? 1),
          at?.reason ? at.reason.split(',') : [],
          true,
        )
      })
      const suggested = own
        ? candidates(own)
            .filter(({ row }) => !accounts.some((account) => account.author_key === row.author_key))
            .slice(0, 5)
            .map(({ row, likeness }) => shown(row, likeness.confidence, likeness.because, false))
        : []
      return {
        personId: link?.person_id ?? null,
        accounts: [...linked, ...suggested],
        mentions: accounts.reduce((sum, row) => sum + row.mentions, 0),
        cases: accounts.reduce((sum, row) => sum + row.cases, 0),
      }
    },
    link: (seq, accountKey, by) =>
      store.transaction(() => {
        const [a, b] = [rememberedKey(seq), otherKey(accountKey)]
        if (a === b) throw new Failure('user', 'person.sameAccount')
        const [one, other] = [accountRow(store, a)!, accountRow(store, b)!]
        return join(a, b, { confidence: 1, because: samePerson(accountOf(one), accountOf(other)).because }, by)
      }),
    unlink: (seq, accountKey, by) => store.transaction(() => apart(ownKey(seq), otherKey(accountKey), by)),
    undo(entrySeq, by) {
      const entry = entryBySeq(store, entrySeq)
      const data = entry?.data as Partial<PersonChange> | undefined
      if (entry?.kind !== 'person.changed' || data?.a === undefined || data.b === undefined)
        throw new Failure('user', 'undo.nothingToTakeBack')
      const { a, b } = data
      const was = linksBefore(entry.data)
      const touched = data.after?.map((link) => link.author_key) ?? [a, b]
      const now = touched.map((key) => linkOf(store, key)).filter((link) => link !== undefined)
      const change = { change: `undo ${data.change}`, a, b, before: now, after: was, apart: data.change === 'link' }
      store.transaction(() => record({ ...change, undoes: entrySeq }, by))
      return said('undo.accountsAsBefore')
    },
  }
}

/** Links as they were before an entry; one from before the journal told all of them names some apart. */
const linksBefore = ({ before, others, lone }: Record<string, unknown>): LinkRow[] =>
  [before, others, lone].flat().filter((link): link is LinkRow => link != null)
