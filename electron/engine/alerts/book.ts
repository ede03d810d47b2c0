import type { Alert, AlertCommandName, alertDecisionKinds } from '#shared/model/alert.ts'
import { alertCommands as table } from '#shared/model/alert.ts'
import { earshot, type Actor, type JournalKind } from '#shared/model/journal.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { said } from '#shared/words/said.ts'
import type { z } from 'zod'
import type { Undoer } from '#engine/cases/undo.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { AlertChange } from '#engine/store/projections/alerts.ts'
import { alertById, wasTakenBack, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { WritingStore } from '#engine/store/store.ts'

export type AlertInput<N extends AlertCommandName> = z.output<(typeof table)[N]['input']>
type Fields = Partial<StoredAlert>
type Doers = { [N in AlertCommandName]: (alert: StoredAlert, input: AlertInput<N>, by: Actor, now: number) => Fields }

/** What was calm again, or closed by a colleague meanwhile, is left so. */
function refuseOver({ state }: StoredAlert): void {
  if (state === 'resolved') throw new Failure('user', 'alarm.over')
}

/** What each command makes of a card. */
const doers: Doers = {
  take(alert, _input, by, now) {
    refuseOver(alert)
    if (alert.takenBy === by.name) throw new Failure('user', 'alarm.isSo')
    if (alert.takenBy !== null) throw new Failure('user', said('alarm.taken', { by: alert.takenBy }))
    return { state: alert.state === 'noData' ? 'noData' : 'taken', takenAt: now, takenBy: by.name }
  },
  comment: ({ comments }, { text }, by, now) => ({
    comments: [...comments, { id: newId('com'), at: now, by: by.name, text }],
  }),
  mute(alert, { until }, _by, now) {
    refuseOver(alert)
    if (until <= now) throw new Failure('user', said('alarm.muteEnds', { field: 'until' }))
    return { mutedUntil: until }
  },
  close(alert, { reason, note }, _by, now) {
    refuseOver(alert)
    return { state: 'resolved', resolvedAt: now, closedReason: reason, closedNote: note }
  },
}

/** The only writer of cards: each change is a journal entry and the row that follows from it, in one transaction. */
export interface AlertBook {
  get(id: string): StoredAlert
  open(fresh: StoredAlert): number
  /** What the station itself found. `by`: in whose name, default Earshot. Returns the entry; null: nothing changed. */
  change(
    alert: StoredAlert,
    kind: JournalKind,
    after: Fields,
    by?: Actor,
    more?: Record<string, unknown>,
  ): number | null
  do<N extends AlertCommandName>(name: N, id: string, input: AlertInput<N>, by: Actor): { alert: Alert; undo: number }
  readonly undoers: Record<(typeof alertDecisionKinds)[number], Undoer>
  onChanged(listener: (id: string) => void): () => void
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null)

export const publicAlert = ({ key: _key, ...alert }: StoredAlert): Alert => alert

export function createAlertBook({ store, clock }: { store: WritingStore; clock: Clock }): AlertBook {
  const changed = createSignal<[string]>()

  function existing(id: string): StoredAlert {
    const alert = alertById(store, id)
    if (alert === undefined) throw new Failure('user', 'alarm.gone')
    return alert
  }

  function tell(kind: JournalKind, actor: Actor, data: AlertChange & Record<string, unknown>): number {
    const entry = store.transaction(() => appendEntry(store, { at: clock.now(), kind, actor, data: { ...data } }))
    changed.tell(data.alert)
    return entry
  }

  function change(alert: StoredAlert, kind: JournalKind, wanted: Fields, by = earshot, more = {}): number | null {
    const names = Object.keys(wanted) as (keyof StoredAlert)[]
    const differing = names.filter((name) => !same(alert[name], wanted[name]))
    if (differing.length === 0) return null
    const part = (of: Fields): Fields => Object.fromEntries(differing.map((name) => [name, of[name] ?? null]))
    const before = part(alert)
    const after = part(wanted)
    if (wanted.told && differing.includes('told')) {
      const were = new Map(alert.told.map((one) => [one.id, one]))
      after.told = wanted.told.filter((one) => !same(one, were.get(one.id)))
      before.told = after.told.flatMap(({ id }) => were.get(id) ?? [])
    }
    return tell(kind, by, { ...more, alert: alert.id, before, after })
  }

  const undone =
    (name: AlertCommandName): Undoer =>
    (entry, by) => {
      const { alert: id, before, after } = entry.data as unknown as AlertChange
      const alert = existing(id)
      if (wasTakenBack(store, entry.seq)) throw new Failure('user', 'undo.already')
      const fields = name === 'comment' ? withoutComment(alert, after) : { ...before }
      if (
        name !== 'comment' &&
        !Object.entries(after).every(([field, value]) => same(alert[field as keyof Alert], value))
      )
        throw new Failure('user', 'undo.somethingFollowed')
      change(alert, 'alert.undone', fields, by, { undoes: entry.seq, undone: entry.kind })
      return said(table[name].undone)
    }

  return {
    get: existing,
    open: (fresh) => tell('alert.raised', earshot, { alert: fresh.id, before: null, after: fresh }),
    change,
    do(name, id, input, by) {
      const alert = existing(id)
      const fields = doers[name](alert, input, by, clock.now())
      const undo = change(alert, table[name].makes, fields, by)
      if (undo === null) throw new Failure('user', 'alarm.isSo')
      return { alert: publicAlert(existing(id)), undo }
    },
    undoers: {
      'alert.taken': undone('take'),
      'alert.commented': undone('comment'),
      'alert.muted': undone('mute'),
      'alert.closed': undone('close'),
    },
    onChanged: changed.on,
  }
}

/** Others may have written since: only this one goes. */
function withoutComment({ comments }: StoredAlert, { comments: after = [] }: Fields): Fields {
  const id = after.at(-1)?.id
  return { comments: comments.filter((one) => one.id !== id) }
}
