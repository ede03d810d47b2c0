// @vitest-environment happy-dom
import type { Component } from 'vue'
import { expect, it, vi } from 'vitest'
import type { Locale } from '#renderer/app/i18n.ts'
import OfficerDialog from '#renderer/app/OfficerDialog.vue'
import TopStrip from '#renderer/app/TopStrip.vue'
import MentionCard from '#renderer/components/MentionCard.vue'
import BoardView from '#renderer/features/board/BoardView.vue'
import DesksView from '#renderer/features/desks/DesksView.vue'
import InsightsView from '#renderer/features/insights/InsightsView.vue'
import ListensView from '#renderer/features/listens/ListensView.vue'
import ReviewView from '#renderer/features/review/ReviewView.vue'
import SearchView from '#renderer/features/search/SearchView.vue'
import SettingsView from '#renderer/features/settings/SettingsView.vue'
import SourcesView from '#renderer/features/sources/SourcesView.vue'
import WelcomeView from '#renderer/features/welcome/WelcomeView.vue'
import { contract } from '#shared/contract/contract.ts'
import { said } from '#shared/words/said.ts'
import { plainWords } from '#tests/support/pseudo-language.ts'
import { wireFailure } from '#tests/support/wire-failure.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'
import { caseOf, health, mentionCard } from '#tests/renderer/support/cards.ts'
import { mountInApp } from '#tests/renderer/support/mount.ts'

// As in third-language.slow.test.ts; the page's own words come from the folder, which this language has none of.
vi.mock(import('#shared/words/catalogues.ts'), async (original) => {
  const { catalogues } = await original()
  const { pseudoTree } = await import('#tests/support/pseudo-language.ts')
  return { catalogues: { ...catalogues, ja: pseudoTree(catalogues.en) } }
})
vi.mock(import('#renderer/app/i18n.ts'), async (original) => {
  const page = await original()
  const { pseudoTree } = await import('#tests/support/pseudo-language.ts')
  return {
    ...page,
    createWords(locale: Locale) {
      const words = page.createWords(locale)
      const { global } = words as unknown as { global: { getLocaleMessage(one: string): object; setLocaleMessage(one: string, all: object): void } } // prettier-ignore
      global.setLocaleMessage('ja', pseudoTree(global.getLocaleMessage('en')))
      return words
    },
  }
})
vi.mock('#renderer/charts/ChartCanvas.vue', () => ({ default: { render: () => null } }))
vi.hoisted(() => vi.resetModules())
const locale = 'ja' as Locale

/** Everything that a person can read there, or have read to them. */
function shown(): string {
  const all = [...document.body.querySelectorAll('*')]
  const told = all.flatMap((one) =>
    ['title', 'aria-label', 'placeholder', 'alt'].map((name) => one.getAttribute(name) ?? ''),
  )
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '')
  return [...told, ...texts].join(' ¦ ')
}

/** Every call is refused, with a sentence of the engine, but for what is given. */
const refuse = () => {
  throw wireFailure('user', said('case.gone'))
}
const refusing = (given: Handlers = {}): Handlers =>
  Object.fromEntries(
    Object.entries(contract).map(([room, calls]) => {
      const defaults = ['station', 'listens', 'desks', 'sources'].includes(room)
        ? ['hello', 'status', 'layouts', 'list']
        : []
      const refused = Object.keys(calls).filter((call) => !defaults.includes(call))
      return [room, { ...Object.fromEntries(refused.map((call) => [call, refuse])), ...given[room] }]
    }),
  )

const card = mentionCard(7, { text: 'x', author: null, url: 'https://1.2/3' })
card.case = caseOf(card, { held: true, needsApproval: true, priority: 'urgent' })
const source = {
  source: { id: 'src_1', connector: 'feed', name: 'Gazette', enabled: true, config: {}, createdAt: 0 },
  network: 'feed',
  health: health('broken', { error: said('case.gone'), dropped: { empty: 3 }, consecutiveFailures: 2 }),
  secretsSet: [],
}
const numbers = { heard: 30, timesUsual: null, netSentiment: -20, netSentimentBefore: null, waiting: 4, overdue: 1, medianMinutesToReply: 16 } // prettier-ignore

const views: [name: string, view: Component, data: string, handlers: Handlers, props?: Record<string, unknown>][] = [
  ['the board', BoardView, '', {}],
  ['the rules and desks', DesksView, '', {}],
  ['insights', InsightsView, 'Europe Berlin GMT Mastodon payment', {
    charts: { numbers: () => numbers, networks: () => [{ network: 'mastodon', count: 20, negative: 10, positive: 1 }] },
    learning: { aspectMoods: () => ({ aspects: [{ aspect: 'payment', negative: 9, neutral: 1, positive: 2 }], parts: [], complete: true }) },
  }],
  ['listens', ListensView, '', {}],
  ['the review', ReviewView, '', {}],
  ['search', SearchView, 'Mastodon Care', { mentions: { page: () => ({ items: [card], next: null, total: 1 }), count: () => 1 } }],
  ['settings', SettingsView, 'English Deutsch Europe Berlin GMT', {}],
  ['sources', SourcesView, 'Gazette feed', { sources: { list: () => [source] } }],
  ['the first minute', WelcomeView, '', {}],
  ['the strip above all', TopStrip, '', {}],
  ['who is there', OfficerDialog, '', {}],
  ['a mention', MentionCard, 'Mastodon Care Complaints broken GMT', {}, { card }],
] // prettier-ignore
it.each(views)('%s: speaks a third language', async (_name, view, data, given, props) => {
  document.documentElement.lang = locale
  await mountInApp(view, { locale, handlers: refusing(given), ...(props && { props }) })
  const text = shown()
  expect(text.match(/⟦/g)?.length ?? 0).toBeGreaterThan(2)
  expect(plainWords(text, ['Kaffora Test Earshot', data])).toEqual([])
})
