import { effectScope, reactive, watch, watchEffect } from 'vue'

/** Choices of this screen; what the whole station shares is in its settings. */
export interface Preferences {
  theme: 'dark' | 'light' | 'system'
  density: 'comfortable' | 'compact'
  locale: 'en' | 'de'
  /** Wall: seconds until the next layout; 0: stays. */
  rotateSeconds: number
  /** The layout this screen showed last. */
  layoutId: string
}

const KEY = 'earshot.screen'
const DEFAULTS: Preferences = { theme: 'dark', density: 'comfortable', locale: 'en', rotateSeconds: 0, layoutId: '' }

function read(): Preferences {
  const first = { ...DEFAULTS, locale: globalThis.navigator?.language?.startsWith('de') ? 'de' : 'en' } as Preferences
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
    const among = <K extends keyof Preferences>(key: K, allowed: readonly Preferences[K][]) =>
      allowed.includes(kept[key] as Preferences[K]) ? (kept[key] as Preferences[K]) : first[key]
    return {
      theme: among('theme', ['dark', 'light', 'system']),
      density: among('density', ['comfortable', 'compact']),
      locale: among('locale', ['en', 'de']),
      rotateSeconds: typeof kept.rotateSeconds === 'number' && kept.rotateSeconds >= 0 ? kept.rotateSeconds : 0,
      layoutId: typeof kept.layoutId === 'string' ? kept.layoutId : '',
    }
  } catch {
    return first // storage may be forbidden or hold another program's value
  }
}

const preferences = reactive(read())
export const usePreferences = (): Preferences => preferences

/** Keeps the choices and puts theme, density and language on the document. Called once, by the app. */
export function applyPreferences(root: HTMLElement = document.documentElement) {
  const scope = effectScope(true)
  const system = matchMedia('(prefers-color-scheme: light)')
  scope.run(() => {
    const paint = () => {
      root.dataset['theme'] = preferences.theme === 'system' ? (system.matches ? 'light' : 'dark') : preferences.theme
    }
    watch(() => preferences.theme, paint, { immediate: true })
    system.addEventListener('change', paint)
    watchEffect(() => {
      root.dataset['density'] = preferences.density
      root.lang = preferences.locale
    })
    watch(preferences, () => {
      try {
        localStorage.setItem(KEY, JSON.stringify(preferences))
      } catch {
        // Nothing is lost but the memory of a choice.
      }
    })
  })
  return () => scope.stop()
}
