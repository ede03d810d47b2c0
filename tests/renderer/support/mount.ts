import { mount } from '@vue/test-utils'
import { createPinia, disposePinia, setActivePinia } from 'pinia'
import { defineComponent, h, onUnmounted } from 'vue'
import type { Component } from 'vue'
import { createWords } from '#renderer/app/i18n.ts'
import type { Locale } from '#renderer/app/i18n.ts'
import { createStation, stationKey } from '#renderer/client/station.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { fakeStation } from './fake-station.ts'
import type { Handlers } from './fake-station.ts'

let stores = createPinia()
let mounted = false
/** Stores of its own for each test, and for each page that it opens; what is told them before is the first page's. */
export function freshStores() {
  disposePinia(stores)
  setActivePinia((stores = createPinia()))
  mounted = false
}

/** Mounts a component as the app would: words, a connected station, stores of its own that go with it. */
export async function mountInApp(
  component: Component,
  options: { props?: Record<string, unknown>; handlers?: Handlers; locale?: Locale } = {},
) {
  const fake = fakeStation(options.handlers)
  const station = createStation(fake.transport)
  if (mounted) freshStores()
  mounted = true
  const pinia = stores
  // As the app does it: the page's language is what the screen prefers.
  if (options.locale) usePreferences(pinia).locale = options.locale
  const root = defineComponent({
    setup() {
      onUnmounted(() => disposePinia(pinia))
      return () => h(component, options.props)
    },
  })
  const wrapper = mount(root, {
    attachTo: document.body,
    global: {
      plugins: [pinia, createWords(options.locale ?? 'en')],
      provide: { [stationKey as symbol]: station },
      // There is nothing to draw on: what a chart says in words stands beside it. Not by a mock of the module, which holds only in a file that is the first to load it.
      stubs: { ChartCanvas: true },
    },
  })
  fake.connect()
  await settle()
  return { wrapper, station, fake }
}

/** Lets promises and renders that are already due happen; no time passes. */
export async function settle(rounds = 12): Promise<void> {
  for (let round = 0; round < rounds; round++) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}

/** Runs a composable in an app and hands back what it returns. */
export async function runInApp<T>(use: () => T, options: { handlers?: Handlers; locale?: Locale } = {}) {
  let result!: T
  const host = defineComponent({
    setup() {
      result = use()
      return () => h('div')
    },
  })
  const app = await mountInApp(host, options)
  return { ...app, result }
}
