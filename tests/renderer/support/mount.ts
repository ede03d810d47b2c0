import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import type { Component } from 'vue'
import { createWords } from '#renderer/app/i18n.ts'
import type { Locale } from '#renderer/app/i18n.ts'
import { createStation, stationKey } from '#renderer/client/station.ts'
import { provideDirectory } from '#renderer/composables/useDirectory.ts'
import { fakeStation } from './fake-station.ts'
import type { Handlers } from './fake-station.ts'

/** Mounts a component as the app would: words, a connected station, the directory. */
export async function mountInApp(
  component: Component,
  options: { props?: Record<string, unknown>; handlers?: Handlers; locale?: Locale } = {},
) {
  const fake = fakeStation(options.handlers)
  const station = createStation(fake.transport)
  const root = defineComponent({
    setup() {
      provideDirectory()
      return () => h(component, options.props)
    },
  })
  const wrapper = mount(root, {
    attachTo: document.body,
    global: { plugins: [createWords(options.locale ?? 'en')], provide: { [stationKey as symbol]: station } },
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
