import { describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/mention.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000
const MENTIONS = 20_000
const AT_ONCE = 1_000

describe('history that is imported into a running station', () => {
  it('raises no alert and opens no case, however much of it and however young', async () => {
    const clock = new ManualClock('2026-11-20T10:00:00Z')
    const test = await openTestEngine({ clock })
    const officer = test.engine.client('officer')
    await officer.listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
    test.engine.board.start()
    const pass = (minutes: number): void => {
      for (let i = 0; i < minutes; i++) {
        clock.advance(MINUTE)
        test.engine.watch.look()
      }
    }
    pass(90)
    for (let done = 0; done < MENTIONS; done += AT_ONCE) {
      // Some days back, hour by hour up to this minute.
      const drafts = Array.from({ length: AT_ONCE }, (_, n): Draft => {
        const no = done + n
        return {
          externalId: `m${no}`,
          kind: 'post',
          text: `Kaffora card payment declined at till ${no % 700}, order ${no}`,
          title: null,
          url: null,
          author: { id: `a${no}`, handle: `@a${no}`, name: `Ann ${no}`, url: null, followers: no % 50 ? 10 : 200_000 },
          publishedAt: clock.now() - (no % 7_000) * MINUTE,
          lang: 'en',
          country: null,
          threadId: null,
          inReplyTo: null,
          engagement: null,
          links: [],
          media: [],
          private: false,
          raw: null,
        }
      })
      await test.engine.intake.push({ sourceId: 'file', network: 'mastodon', drafts, historyBefore: clock.now() + 1 })
      await test.engine.idle()
      pass(1)
    }
    pass(30)
    expect(lastSeq(test.engine.store)).toBe(MENTIONS)
    expect((await officer.alerts.list({ resolvedSince: 0 })).alerts).toEqual([])
    expect((await officer.cases.page({ filter: {}, limit: 10 })).total).toBe(0)
    await test.close()
  })
})
