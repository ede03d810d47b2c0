import { earshot, type Actor } from '#shared/model/journal.ts'
import type { PlannedSilence } from '#shared/model/alert.ts'
import type { Settings } from '#shared/model/settings.ts'
import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Language } from '#shared/words/languages.ts'
import type { Board } from '#engine/board.ts'
import { speakStarters } from '#engine/starters/language.ts'
import type { RereadingOfHistory } from '#engine/intake/rereading.ts'
import type { Learning } from '#engine/knowledge/learning.ts'
import { appendEntry, wasTold } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'

/** What was over so long ago is kept by the journal alone. */
const KEPT_MS = 90 * 24 * 60 * 60_000

/** A new one is in the name of who plans it, and ends at a time that is still to come; those that stood keep their name. */
function silencesBy(
  wanted: readonly PlannedSilence[],
  before: readonly PlannedSilence[],
  by: Actor,
  now: number,
): PlannedSilence[] {
  const known = new Map(before.map((one) => [one.id, one]))
  return wanted
    .filter(({ to }) => to > now - KEPT_MS)
    .map((one) => {
      const stood = known.get(one.id)
      if (one.to <= one.from || (stood === undefined && one.to <= now))
        throw new Failure('user', said('alarm.muteEnds', { field: 'to' }))
      return { ...one, by: stood?.by ?? by.name }
    })
}

export interface StationSettings {
  settings(): Settings
  saveSettings(changes: Partial<Settings>, by: Actor): Settings
}

/**
 * The settings of a station and what follows at once from saving some of them. `language`: of a station that is new;
 * one that was used before keeps its own.
 */
export function stationSettings(
  deps: {
    store: Store
    clock: Clock
    board: Pick<Board, 'book' | 'canned' | 'lookAtWaiting'>
    knowledge: { learning: Pick<Learning, 'moodChosen'> }
    rereading: Pick<RereadingOfHistory, 'start'>
  },
  language: Language | undefined,
): StationSettings {
  const { store, clock, board } = deps
  const settings = (): Settings => readSettings(store)
  function saveSettings(wanted: Partial<Settings>, by: Actor): Settings {
    const before = settings()
    const planned =
      wanted.plannedSilences && silencesBy(wanted.plannedSilences, before.plannedSilences, by, clock.now())
    const changes = planned ? { ...wanted, plannedSilences: planned } : wanted
    const saved = store.transaction(() => {
      appendEntry(store, { at: clock.now(), kind: 'settings.saved', actor: by, data: { ...changes } })
      if (changes.actAtCertainty !== undefined) board.lookAtWaiting()
      return settings()
    })
    if (saved.moodBy !== before.moodBy) {
      deps.knowledge.learning.moodChosen()
      // What reads mood and intent is another now.
      deps.rereading.start()
    }
    if (saved.language !== before.language) speakStarters(board, saved.language, by)
    return saved
  }
  // Nothing was ever saved by a person: the first start, or one that nobody used yet.
  const unused = !wasTold(store, 'settings.saved')
  if (unused && language !== undefined && language !== settings().language) saveSettings({ language }, earshot)
  return { settings, saveSettings }
}
