import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlertCause } from '#shared/model/alert.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { alertCard } from '#tests/support/alert.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

describe('the book of alerts', () => {
  const clock = new ManualClock('2026-11-20T10:00:00Z')
  let test: Awaited<ReturnType<typeof openTestEngine>>
  const officer = (name = 'Mara') => test.engine.client('officer', { kind: 'officer', id: `officer:${name}`, name })

  beforeEach(async () => {
    test = await openTestEngine({ clock })
    test.engine.alerts.open(alertCard())
  })
  afterEach(() => test.close())

  it('lists what is open, the strongest first, and what was over since a time when asked', async () => {
    test.engine.alerts.open(alertCard({ id: 'alt_2', key: 'two', strength: 9 }))
    test.engine.alerts.open(alertCard({ id: 'alt_3', key: 'three', strength: 10, state: 'pending' }))
    const ids = async (resolvedSince: number | null) =>
      (await officer().alerts.list({ resolvedSince })).alerts.map(({ id }) => id)
    expect(await ids(null)).toEqual(['alt_2', 'alt_1'])
    await officer().alerts.close({ id: 'alt_2', reason: 'expected' })
    expect(await ids(null)).toEqual(['alt_1'])
    expect(await ids(0)).toEqual(['alt_1', 'alt_2'])
    expect(await ids(clock.now() + 1)).toEqual(['alt_1'])
  })

  it('keeps each word about a card in the journal, and takes it back by a further entry', async () => {
    const client = officer()
    const taken = await client.alerts.take({ id: 'alt_1' })
    expect(taken.alert).toMatchObject({ state: 'taken', takenBy: 'Mara', takenAt: clock.now() })
    await expect(client.alerts.take({ id: 'alt_1' })).rejects.toMatchObject({ data: { code: 'alarm.isSo' } })
    const first = await client.alerts.comment({ id: 'alt_1', text: 'asked the desk' })
    await officer('Ken').alerts.comment({ id: 'alt_1', text: 'they look' })
    const muted = await client.alerts.mute({ id: 'alt_1', until: clock.now() + 60_000 })
    expect(muted.alert.mutedUntil).toBe(clock.now() + 60_000)
    await client.cases.undo({ entry: first.undo })
    expect((await client.cases.undo({ entry: muted.undo })).undone.code).toBe('undo.alertTellsAgain')
    const { alert, mentions } = await client.alerts.one({ id: 'alt_1' })
    expect([alert.comments.map(({ by, text }) => `${by}: ${text}`), alert.mutedUntil, mentions]).toEqual([['Ken: they look'], null, []]) // prettier-ignore
    await client.cases.undo({ entry: taken.undo })
    expect((await client.alerts.one({ id: 'alt_1' })).alert).toMatchObject({ state: 'raised', takenBy: null })
    await expect(client.cases.undo({ entry: taken.undo })).rejects.toMatchObject({ data: { code: 'undo.already' } })
    const kinds = (await client.alerts.history({ id: 'alt_1' })).map(({ kind }) => kind)
    expect(kinds).toEqual(['alert.raised', 'alert.taken', 'alert.commented', 'alert.commented', 'alert.muted', 'alert.undone', 'alert.undone', 'alert.undone']) // prettier-ignore
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('does not take back what something followed, mutes with an end that is to come, and takes nothing that is over', async () => {
    const client = officer()
    const { undo } = await client.alerts.take({ id: 'alt_1' })
    await expect(client.alerts.mute({ id: 'alt_1', until: clock.now() })).rejects.toMatchObject({ data: { code: 'alarm.muteEnds' } }) // prettier-ignore
    const closed = await client.alerts.close({ id: 'alt_1', reason: 'falseAlarm', note: 'a campaign' })
    expect(closed.alert).toMatchObject({ state: 'resolved', closedReason: 'falseAlarm', closedNote: 'a campaign' })
    await expect(client.cases.undo({ entry: undo })).rejects.toMatchObject({ data: { code: 'undo.somethingFollowed' } })
    await client.cases.undo({ entry: closed.undo })
    expect((await client.alerts.one({ id: 'alt_1' })).alert).toMatchObject({ state: 'taken', resolvedAt: null })
    await client.alerts.close({ id: 'alt_1', reason: 'dealtWith' })
    await expect(client.alerts.take({ id: 'alt_1' })).rejects.toMatchObject({ data: { code: 'alarm.over' } })
    await expect(client.alerts.take({ id: 'none' })).rejects.toMatchObject({ data: { code: 'alarm.gone' } })
  })

  it('is nobody else’s to take, and closed or muted only while it is open', async () => {
    await officer().alerts.take({ id: 'alt_1' })
    clock.advance(60_000)
    const code = (of: Promise<unknown>) =>
      of.then(
        () => null,
        (error: { data: { code: string } }) => error.data.code,
      )
    expect(await code(officer('Ken').alerts.take({ id: 'alt_1' }))).toBe('alarm.taken')
    expect(await code(officer().alerts.take({ id: 'alt_1' }))).toBe('alarm.isSo')
    await officer().alerts.close({ id: 'alt_1', reason: 'expected', note: 'first' })
    expect(await code(officer('Ken').alerts.close({ id: 'alt_1', reason: 'falseAlarm', note: 'second' }))).toBe(
      'alarm.over',
    )
    expect(await code(officer().alerts.mute({ id: 'alt_1', until: clock.now() + 60_000 }))).toBe('alarm.over')
    expect((await officer().alerts.one({ id: 'alt_1' })).alert).toMatchObject({ closedNote: 'first', mutedUntil: null })
  })

  it('shows a wall neither signs nor causes: words of what was written to the company alone may be among them', async () => {
    const cause = {
      kind: 'term',
      id: null,
      label: 'geheim',
      author: null,
      share: 1,
      count: 2,
      mentionIds: [],
    } satisfies AlertCause
    test.engine.alerts.open(alertCard({ id: 'alt_2', key: 'two', causes: [cause] }))
    const found = (await test.engine.client('wall').alerts.list({ resolvedSince: null })).alerts
    expect(found).toHaveLength(2)
    expect(JSON.stringify(found)).not.toContain('geheim')
  })

  it('tells a page that looks on of each change', async () => {
    const stream = await officer().alerts.live()
    expect(await stream.next()).toMatchObject({ value: { alerts: [{ id: 'alt_1' }] } })
    const next = stream.next()
    await officer().alerts.close({ id: 'alt_1', reason: 'dealtWith' })
    await clock.run(1_000, 100)
    expect(await next).toMatchObject({ value: { alerts: [] } })
    await stream.return?.()
  })
})
