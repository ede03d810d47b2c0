import { crisisCommands as table, crisisCommandNames, crisisMost, crisisStarted } from '#shared/model/crisis.ts'
import type { Crisis, CrisisCommandName, crisisDecisionKinds, CrisisPlan, CrisisStart } from '#shared/model/crisis.ts'
import type { Actor, JournalKind } from '#shared/model/journal.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { said, type Code } from '#shared/words/said.ts'
import type { Undoer } from '#engine/cases/undo.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure } from '#engine/platform/failure.ts'
import { valueAt, type CrisisChange, type CrisisPatch } from '#engine/store/projections/crises.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { crisisById, crisisTakenBack, openCrises } from '#engine/store/queries/crises.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { doers, joinedBy, type CrisisInput, type Doing } from './deeds.ts'

export interface Begun {
  crisis: Crisis
  /** The entry that takes it back. */
  undo: number
}

/** The only writer of crises: each change is a journal entry and the row that follows from it, in one transaction. */
export interface CrisisBook {
  get(id: string): Crisis
  start(input: CrisisStart, plan: CrisisPlan | null, by: Actor): Begun
  do<N extends CrisisCommandName>(name: N, id: string, input: CrisisInput<N>, by: Actor): Begun
  readonly undoers: Record<(typeof crisisDecisionKinds)[number], Undoer>
  onChanged(listener: (id: string) => void): () => void
}

const MINUTE = 60_000
const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null)

/** Long: one writer, with what each of its ways to write needs: start, change, take back. */
export function createCrisisBook({ store, clock }: { store: WritingStore; clock: Clock }): CrisisBook {
  const changed = createSignal<[string]>()

  function existing(id: string): Crisis {
    const crisis = crisisById(store, id)
    if (crisis === undefined) throw new Failure('user', 'crisis.gone')
    return crisis
  }

  /** A card that belongs to no crisis that runs. */
  function freeAlert(id: string): StoredAlert {
    const alert = alertById(store, id)
    if (alert === undefined) throw new Failure('user', 'alarm.gone')
    const holds = openCrises(store).find(({ alertIds }) => alertIds.includes(id))
    if (holds) throw new Failure('user', said('crisis.alertIn', { name: holds.name }))
    return alert
  }

  function tell(kind: JournalKind, actor: Actor, data: CrisisChange & Record<string, unknown>): number {
    const entry = store.transaction(() => appendEntry(store, { at: clock.now(), kind, actor, data: { ...data } }))
    changed.tell(data.crisis)
    return entry
  }

  function change(crisis: Crisis, kind: JournalKind, wanted: CrisisPatch, by: Actor, more = {}): number {
    const paths = Object.keys(wanted).filter((path) => !same(valueAt(crisis, path), wanted[path]))
    if (paths.length === 0) throw new Failure('user', 'alarm.isSo')
    const before = Object.fromEntries(paths.map((path) => [path, valueAt(crisis, path)]))
    const after = Object.fromEntries(paths.map((path) => [path, wanted[path] ?? null]))
    return tell(kind, by, { ...more, crisis: crisis.id, before, after })
  }

  const undone =
    (code: Code): Undoer =>
    (entry, by) => {
      const { crisis: id, before, after } = entry.data as unknown as CrisisChange
      if (crisisTakenBack(store, entry.seq)) throw new Failure('user', 'undo.already')
      const crisis = existing(id)
      if (entry.kind === 'crisis.ended') for (const alertId of crisis.alertIds) freeAlert(alertId)
      else if (crisis.state === 'ended' && entry.kind !== 'crisis.commented') throw new Failure('user', 'crisis.over')
      const stands = Object.entries(after ?? {}).every(([path, value]) => same(valueAt(crisis, path), value))
      if (!stands) throw new Failure('user', 'crisis.somethingFollowed')
      const more = { undoes: entry.seq, undone: entry.kind }
      // What was never there is gone as a whole; all else goes back as a change.
      if (before === null) tell('crisis.undone', by, { ...more, crisis: id, before: after, after: null })
      else change(crisis, 'crisis.undone', before, by, more)
      return said(code)
    }

  const undoers = Object.fromEntries([
    [crisisStarted, undone('undo.crisisNot')],
    ...crisisCommandNames.map((name) => [table[name].makes, undone(table[name].undone)]),
  ]) as CrisisBook['undoers']

  return {
    get: existing,
    start({ alertId, name, lead }, plan, by) {
      const alert = freeAlert(alertId)
      const now = clock.now()
      const fresh: Crisis = {
        id: newId('cri'),
        name,
        // A wall shows it: nobody leads whom nobody named.
        lead,
        state: 'open',
        since: alert.since,
        countedFrom: alert.since - alert.minutes * MINUTE,
        startedAt: now,
        startedBy: by.name,
        endedAt: null,
        endedBy: null,
        closing: '',
        private: alert.private,
        nextUpdateAt: null,
        alertIds: [alert.id],
        steps: stepsOf(plan, now),
        statements: [],
        answers: [],
        comments: [],
      }
      const undo = tell(crisisStarted, by, { crisis: fresh.id, before: null, after: { ...fresh } })
      return { crisis: existing(fresh.id), undo }
    },
    do(name, id, input, by) {
      const crisis = existing(id)
      if (crisis.state === 'ended' && name !== 'comment') throw new Failure('user', 'crisis.over')
      const doing: Doing = { by: by.name, now: clock.now() }
      const wanted =
        name === 'join'
          ? joinedBy(crisis, freeAlert((input as CrisisInput<'join'>).alertId))
          : doers[name as Exclude<CrisisCommandName, 'join'>](crisis, input as never, doing)
      const undo = change(crisis, table[name].makes, wanted, by)
      return { crisis: existing(id), undo }
    },
    undoers,
    onChanged: changed.on,
  }
}

const stepsOf = (plan: CrisisPlan | null, now: number): Crisis['steps'] =>
  (plan?.steps ?? []).slice(0, crisisMost.steps).map(({ text, who, after }, place) => ({
    id: newId('stp'),
    place,
    text,
    who,
    dueAt: after === null ? null : now + after * MINUTE,
    doneAt: null,
    doneBy: null,
  }))
