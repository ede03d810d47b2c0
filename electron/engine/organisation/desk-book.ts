import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import { Desk, type DeskDraft } from '#shared/model/desk.ts'
import { earshot, type Actor, type JournalEntry } from '#shared/model/journal.ts'
import type { Rule, RuleDraft } from '#shared/model/rule.ts'
import { newId } from '#shared/util/ids.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { createSignal } from '#shared/util/signal.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { takenBack } from '#engine/journal/taken-back.ts'
import { compileRules, type CompiledRules } from '#engine/routing/compile.ts'
import { isTimeZone } from '#engine/routing/hours.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import { starterRules } from '#engine/starters/rules.ts'
import { readDesks } from '#engine/store/queries/desks.ts'
import { readRules } from '#engine/store/queries/rules.ts'
import type { Store } from '#engine/store/store.ts'

/** Desks and rules: kept in memory, saved with a journal entry, compiled once after each change. */
export interface DeskBook {
  /** In the order in which they were made, archived ones too. */
  desks(): readonly Desk[]
  desk(id: string): Desk | undefined
  rules(): readonly Rule[]
  compiled(): CompiledRules
  /** All of these journal what they do and throw a Failure when it cannot be done. */
  save(draft: DeskDraft, actor: Actor): Desk
  /** Desks that are complete already, e.g. from an import. */
  add(desks: readonly Desk[], actor: Actor): void
  archive(id: string, actor: Actor): Desk
  saveRule(draft: RuleDraft, actor: Actor): Rule
  /** The number of the entry that `undo` takes back. */
  removeRule(id: string, actor: Actor): number
  orderRules(ids: readonly string[], actor: Actor): Rule[]
  /** Takes back an entry of kind `rule.saved`, `rule.removed` or `desk.saved`; says in words what is back. */
  restore(entry: JournalEntry, actor: Actor): Said
  /** Called after every change. Returns how to stop. */
  onChanged(listener: () => void): () => void
}

const STEP = 10

// Long: desks and rules are read, changed and restored together, and each change makes the same memory anew.
export function openDeskBook(deps: { store: Store; clock: Clock; timeZone: string }): DeskBook {
  const { store, clock } = deps
  const booked = createSignal()
  let desks = new Map<string, Desk>()
  let rules: Rule[] = []
  let compiled: CompiledRules | undefined

  function load(): void {
    desks = new Map(readDesks(store).map((desk) => [desk.id, desk]))
    rules = readRules(store)
    compiled = undefined
  }

  function changed<T>(work: () => T): T {
    try {
      return store.transaction(work)
    } finally {
      // Also after a failure: memory must be what the file is.
      load()
      booked.tell()
    }
  }

  function saveDesk(desk: Desk, actor: Actor, data: Record<string, unknown> = {}): number {
    const before = desks.get(desk.id) ?? null
    return appendEntry(store, {
      at: clock.now(),
      kind: 'desk.saved',
      actor,
      data: { ...data, before, after: desk },
    })
  }

  /** Journals only the rules that are different: a list may have thousands. */
  function saveRules(
    next: Rule[],
    actor: Actor,
    kind: 'rule.saved' | 'rule.removed',
    data: Record<string, unknown>,
  ): number {
    const was = new Map(rules.map((rule) => [rule.id, rule]))
    const is = new Map(next.map((rule) => [rule.id, rule]))
    const before = rules.filter((rule) => !same(rule, is.get(rule.id)))
    const after = next.filter((rule) => !same(rule, was.get(rule.id)))
    return appendEntry(store, { at: clock.now(), kind, actor, data: { ...data, before, after } })
  }

  load()
  if (desks.size === 0 && rules.length === 0) {
    changed(() => {
      for (const desk of starterDesks(deps.timeZone)) saveDesk(desk, earshot)
      saveRules(starterRules(), earshot, 'rule.saved', { name: 'Starter rules' })
    })
  }

  const book: DeskBook = {
    desks: () => [...desks.values()],
    desk: (id) => desks.get(id),
    rules: () => rules,
    compiled: () => (compiled ??= compileRules(rules, [...desks.values()])),

    save(draft, actor) {
      const desk = Desk.parse({ ...draft, id: draft.id ?? newId('desk') })
      if (draft.id !== undefined && !desks.has(draft.id)) throw new Failure('user', 'desk.gone')
      if (!isTimeZone(desk.hours.timeZone)) {
        throw new Failure('user', said('desk.noTimeZone', { zone: desk.hours.timeZone }))
      }
      const other = desk.key > 0 && !desk.archived ? [...desks.values()].find((one) => one.key === desk.key && one.id !== desk.id && !one.archived) : undefined // prettier-ignore
      if (other) throw new Failure('user', said('desk.keyTaken', { key: desk.key, desk: other.name }))
      if (desk.escalateTo !== null && (desk.escalateTo === desk.id || !desks.has(desk.escalateTo))) {
        throw new Failure('user', 'desk.overdueElsewhere')
      }
      changed(() => saveDesk(desk, actor))
      return desk
    },

    add(added, actor) {
      store.transaction(() => {
        for (const desk of added) saveDesk(desk, actor)
      })
      for (const desk of added) desks.set(desk.id, desk)
      compiled = undefined
    },

    archive(id, actor) {
      const desk = desks.get(id)
      if (desk === undefined) throw new Failure('user', 'desk.gone')
      const archived: Desk = { ...desk, archived: true, key: 0 }
      changed(() => saveDesk(archived, actor))
      return archived
    },

    saveRule(draft, actor) {
      const known = rules.find((rule) => rule.id === draft.id)
      if (draft.id !== undefined && !known) throw new Failure('user', 'rule.gone')
      const rule: Rule = { ...draft, id: draft.id ?? newId('rule') }
      const fault = compileRules([{ ...rule, enabled: true }], [...desks.values()]).faults[0]
      if (fault) throw new Failure('user', said('rule.queryUnreadable', { message: fault.what }))
      if (rule.then.deskId !== null && !desks.has(rule.then.deskId)) {
        throw new Failure('user', 'rule.deskUnknown')
      }
      const others = rules.filter((one) => one.id !== rule.id)
      const next = numbered([...others, rule].sort((a, b) => a.order - b.order || (a.id === rule.id ? -1 : 1)))
      changed(() => saveRules(next, actor, 'rule.saved', { name: rule.name }))
      return next.find((one) => one.id === rule.id) as Rule
    },

    removeRule(id, actor) {
      const rule = rules.find((one) => one.id === id)
      if (!rule) throw new Failure('user', 'rule.gone')
      const next = rules.filter((one) => one !== rule)
      return changed(() => saveRules(next, actor, 'rule.removed', { name: rule.name }))
    },

    orderRules(ids, actor) {
      const byId = new Map(rules.map((rule) => [rule.id, rule]))
      if (new Set(ids).size !== rules.length || ids.some((id) => !byId.has(id))) {
        throw new Failure('user', 'rule.orderChanged')
      }
      const next = ids.map((id, i) => ({ ...(byId.get(id) as Rule), order: (i + 1) * STEP }))
      changed(() => saveRules(next, actor, 'rule.saved', { name: 'Order of the rules' }))
      return next
    },

    restore(entry, actor) {
      return changed(() => {
        const { before, after } = entry.data
        if (entry.kind === 'desk.saved') {
          const desk = before as Desk | null
          if (desk === null) throw new Failure('user', 'undo.deskIsArchived')
          if (!takenBack(entry, (id) => desks.get(id)))
            throw new Failure('user', said('undo.nameChangedSince', { name: desk.name }))
          saveDesk(desk, actor, { undoes: entry.seq })
          return said('undo.nameAsBefore', { name: desk.name })
        }
        const [was, became] = [before as Rule[], after as Rule[]]
        if (!takenBack(entry, (id) => rules.find((one) => one.id === id)))
          throw new Failure('user', 'undo.rulesChangedSince')
        const changedIds = new Set([...was, ...became].map((rule) => rule.id))
        const kept = rules.filter((rule) => !changedIds.has(rule.id))
        const next = numbered([...kept, ...was].sort((a, b) => a.order - b.order))
        saveRules(next, actor, 'rule.saved', { name: String(entry.data.name), undoes: entry.seq })
        return said('undo.rulesAsBefore')
      })
    },

    onChanged: booked.on,
  }
  return book
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null)

/** Orders by tens, unless they are unique already: an officer's own numbers stay. */
function numbered(rules: readonly Rule[]): Rule[] {
  const unique = new Set(rules.map((rule) => rule.order)).size === rules.length
  return unique ? [...rules] : rules.map((rule, i) => ({ ...rule, order: (i + 1) * STEP }))
}
