import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertById } from '#engine/store/queries/alerts.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { recipientDraft } from '#tests/support/recipient.ts'

describe('whom an ear that breaks concerns', () => {
  const clock = new ManualClock('2026-11-20T10:00:00Z')
  let test: Awaited<ReturnType<typeof openTestEngine>>
  beforeEach(async () => {
    test = await openTestEngine({ clock })
    test.engine.board.start()
  })
  afterEach(() => test.close())

  const officer = () => test.engine.client('officer', { kind: 'officer', id: 'officer:Mara', name: 'Mara' })
  const hear = (sourceId: string, text: string, n: number) =>
    test.engine.intake.push({
      sourceId,
      network: 'mastodon',
      drafts: Array.from({ length: n }, (_, i) => ({
        externalId: `${sourceId}-${text}-${i}`,
        kind: 'post' as const,
        text: `${text} ${i}`,
        title: null,
        url: null,
        author: null,
        publishedAt: Date.UTC(2026, 10, 19, 9),
        lang: 'en',
        country: null,
        threadId: null,
        inReplyTo: null,
        engagement: null,
        links: [],
        media: [],
        private: false,
        raw: null,
      })),
    })

  it('tells whose listens live by it, and nobody whose listens hear next to nothing through it', async () => {
    const client = officer()
    const listenTo = async (name: string) =>
      (await client.listens.save({ name, colour: 1, query: name, enabled: true, routed: true })).id
    const [tea, coffee, cocoa] = [await listenTo('tea'), await listenTo('coffee'), await listenTo('cocoa')]
    await hear('src_fails', 'tea', 6)
    await hear('src_fails', 'coffee', 1)
    await hear('src_works', 'tea', 10)
    await hear('src_works', 'coffee', 40)
    await test.engine.idle()
    const add = (name: string, listenIds: string[]) =>
      client.alerts.saveRecipient(
        recipientDraft({ name, listenIds, config: { url: 'http://127.0.0.1:9/alerts' }, secrets: {} }),
      )
    for (const [name, id] of [
      ['Tea', tea],
      ['Coffee', coffee],
      ['Cocoa', cocoa],
    ] as const)
      await add(name, [id])
    test.engine.alerts.open(
      alertCard({
        kind: 'ear',
        about: { kind: 'source', id: 'src_fails', name: 'Mastodon' },
        since: clock.now(),
        raisedAt: clock.now(),
        lastAt: clock.now(),
      }),
    )
    expect(alertById(test.engine.store, 'alt_1')!.told.map(({ who }) => who)).toEqual(['Tea'])
  })

  it('tells of a counted series whose listen it belongs to', async () => {
    const client = officer()
    const listen = await client.listens.save({ name: 'tea', colour: 1, query: 'tea', enabled: true, routed: true })
    const series = async (name: string, listenId: string | null) =>
      (
        await client.series.save({
          id: null,
          name,
          unit: '',
          kind: 'sum',
          everyMinutes: 1,
          bad: 'up',
          sensitivity: null,
          listenId,
          enabled: true,
        })
      ).series.id
    await client.alerts.saveRecipient(
      recipientDraft({
        name: 'Tea',
        listenIds: [listen.id],
        config: { url: 'http://127.0.0.1:9/alerts' },
        secrets: {},
      }),
    )
    for (const [id, of] of [
      ['alt_own', await series('Tea calls', listen.id)],
      ['alt_other', await series('Other calls', null)],
    ] as const)
      test.engine.alerts.open(
        alertCard({
          id,
          key: id,
          kind: 'counted',
          about: { kind: 'series', id: of, name: id },
          since: clock.now(),
          raisedAt: clock.now(),
          lastAt: clock.now(),
        }),
      )
    const told = (id: string) => alertById(test.engine.store, id)!.told.map(({ who }) => who)
    expect([told('alt_own'), told('alt_other')]).toEqual([['Tea'], []])
  })
})
