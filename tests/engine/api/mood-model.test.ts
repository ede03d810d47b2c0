import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { draft, noon } from '#tests/engine/store/station.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

let opened: Awaited<ReturnType<typeof openTestEngine>>
let officer: Client
beforeEach(async () => {
  opened = await openTestEngine({ clock: new ManualClock(noon) })
  officer = opened.engine.client('officer')
})
afterEach(() => opened.close())

async function hear(externalId: string, text: string) {
  await opened.engine.intake.push({ sourceId: 'src_a', network: 'mastodon', drafts: [draft({ externalId, text })] })
  await opened.engine.idle()
  const { items } = await officer.mentions.page({ filter: {} })
  return items.find(({ mention }) => mention.externalId === externalId)!.mention
}

it('shows how the word list reads a mood beside the model, and lets the list decide where the station wants it', async () => {
  const before = await hear('a', 'what a terrible flight')
  expect(before.sentiment.model).toMatch(/^earshot-sentiment/)
  const seen = await officer.cases.dossier({ mentionId: before.id })
  expect(seen.otherMood).toMatchObject({ label: 'negative', model: 'ml-sentiment 2.0.7' })

  expect((await officer.station.saveSettings({ moodBy: 'ml-sentiment' })).moodBy).toBe('ml-sentiment')
  const after = await hear('b', 'what a terrible hotel')
  expect(after.sentiment).toMatchObject({ label: 'negative', model: 'ml-sentiment 2.0.7' })
  expect((await officer.cases.dossier({ mentionId: after.id })).otherMood).toMatchObject({
    label: 'negative',
    model: expect.stringMatching(/^earshot-sentiment/),
  })

  await officer.station.saveSettings({ moodBy: 'earshot' })
  await opened.engine.intake.rereading.idle()
  // What the list read meanwhile is the model's again.
  const { items } = await officer.mentions.page({ filter: {} })
  expect(items.find(({ mention }) => mention.id === after.id)!.mention.sentiment.model).toMatch(/^earshot-sentiment/)
  expect((await hear('c', 'what a terrible train')).sentiment.model).toMatch(/^earshot-sentiment/)
})

it('keeps every intent that is sure enough, and finds a mention by each', async () => {
  const both = await hear('a', 'the heating has been out for two days, when does somebody come to repair it?')
  const labels = [both.intent!, ...(both.intent!.also ?? [])].map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining(['complaint', 'question']))
  for (const one of both.intent!.also!) expect(one.confidence).toBeLessThanOrEqual(both.intent!.confidence)
  await opened.engine.store.indexed()
  const found = async (query: string) => (await officer.mentions.page({ filter: { query } })).items.length
  expect(await Promise.all(labels.map((label) => found(`intent:${label}`)))).toEqual(labels.map(() => 1))
  expect(await found('intent:complaint intent:question')).toBe(1)
  expect(await found('intent:job')).toBe(0)
})
