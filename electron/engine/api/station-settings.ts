import { earshot, type Actor } from '#shared/model/journal.ts'
import type { Settings } from '#shared/model/settings.ts'
import type { Language } from '#shared/words/languages.ts'
import type { Board } from '#engine/board.ts'
import { speakStarters } from '#engine/starters/language.ts'
import type { RereadingOfHistory } from '#engine/intake/rereading.ts'
import type { Learning } from '#engine/knowledge/learning.ts'
import { appendEntry, wasTold } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'

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
  function saveSettings(changes: Partial<Settings>, by: Actor): Settings {
    const before = settings()
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
