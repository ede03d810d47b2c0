import { defineStore } from 'pinia'
import { onScopeDispose, watch, watchEffect } from 'vue'
import { languageOfTag, languages, type Language } from '#shared/words/languages.ts'
import { keep, keptJson } from '#renderer/client/kept.ts'

/** Choices of this screen; what the whole station shares is in its settings. */
export interface Preferences {
  theme: 'dark' | 'light' | 'system'
  density: 'comfortable' | 'compact'
  locale: Language
  /** A short tone when an alert begins to wait for somebody, or got worse. */
  alertSound: boolean
  /** Wall: seconds until the next layout; 0: stays. */
  rotateSeconds: number
  /** The layout this screen showed last. */
  layoutId: string
  /** Keys of one character do something; false for whoever dictates or presses them by mistake. */
  singleKeys: boolean
  /** By the key that Earshot comes with, the one that is pressed here instead. */
  movedKeys: Record<string, string>
}

const KEY = 'earshot.screen'

function read(): Preferences {
  // What is kept may be another program's.
  const kept = Object(keptJson(KEY)) as Partial<Preferences>
  const among = <K extends keyof Preferences>(key: K, ...allowed: Preferences[K][]) =>
    allowed.includes(kept[key] as Preferences[K]) ? (kept[key] as Preferences[K]) : allowed[0]!
  const ours = languageOfTag(globalThis.navigator?.language ?? 'en') ?? 'en'
  return {
    theme: among('theme', 'dark', 'light', 'system'),
    density: among('density', 'comfortable', 'compact'),
    locale: among('locale', ours, ...languages),
    alertSound: kept.alertSound === true,
    rotateSeconds: typeof kept.rotateSeconds === 'number' && kept.rotateSeconds >= 0 ? kept.rotateSeconds : 0,
    layoutId: typeof kept.layoutId === 'string' ? kept.layoutId : '',
    singleKeys: kept.singleKeys !== false,
    movedKeys: Object.fromEntries(
      Object.entries(Object(kept.movedKeys) as object).filter(
        (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
      ),
    ),
  }
}

export const usePreferences = defineStore('preferences', { state: read })

/**
 * Keeps the choices and puts theme, density and language on the document, while the calling scope lives. Hands back what
 * paints the theme anew.
 */
export function applyPreferences(root: HTMLElement = document.documentElement) {
  const preferences = usePreferences()
  const system = matchMedia('(prefers-color-scheme: light)')
  const paint = () => {
    root.dataset['theme'] = preferences.theme === 'system' ? (system.matches ? 'light' : 'dark') : preferences.theme
  }
  watch(() => preferences.theme, paint, { immediate: true })
  system.addEventListener('change', paint)
  onScopeDispose(() => system.removeEventListener('change', paint))
  watchEffect(() => {
    root.dataset['density'] = preferences.density
    root.lang = preferences.locale
  })
  watch(
    () => JSON.stringify(preferences.$state),
    (text) => keep(KEY, text),
  )
  return paint
}
