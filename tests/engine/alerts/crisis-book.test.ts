import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine, testDeps } from '#tests/support/engine.ts'
import { createEngine } from '#engine/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const START = '2026-11-20T10:00:00Z'
const code = (of: Promise<unknown>): Promise<string | null> =>
  of.then(
    () => null,
    (error: { data: { code: string } }) => error.data.code,
  )

describe('the book of crises', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  const officer = (name = 'Mara') => test.engine.client('officer', { kind: 'officer', id: `officer:${name}`, name })
  const start = (more: object = {}) =>
    officer().crises.start({ alertId: 'alt_1', name: 'Payments fail', lead: 'Ines', plan: 0, ...more })

  beforeEach(async () => {
    clock = new ManualClock(START)
    test = await openTestEngine({ clock })
    test.engine.alerts.open(alertCard({ since: clock.now() - 600_000 }))
  })
  afterEach(() => test.close())

  it('makes a crisis of an alert, with the plan that was chosen and its times, and takes it back as a whole', async () => {
    const { crisis, undo } = await start()
    expect(crisis).toMatchObject({ name: 'Payments fail', lead: 'Ines', state: 'open', alertIds: ['alt_1'] })
    expect(crisis.since).toBe(clock.now() - 600_000)
    // Its card counts the 15 minutes before it began.
    expect(crisis.countedFrom).toBe(clock.now() - 600_000 - 15 * 60_000)
    expect(crisis.steps.length).toBeGreaterThan(5)
    expect(crisis.steps[0]).toMatchObject({ who: 'Technical', dueAt: clock.now() + 15 * 60_000, doneAt: null })
    expect(await code(start())).toBe('crisis.alertIn')
    expect((await officer().crises.list({})).crises).toHaveLength(1)
    await officer().cases.undo({ entry: undo })
    expect((await officer().crises.list({})).crises).toEqual([])
    expect(await code(officer().crises.one({ id: crisis.id }))).toBe('crisis.gone')
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('says when its next update and its steps are due', async () => {
    const { crisis } = await start()
    const waiting = async (what: RegExp) => {
      for await (const { notices } of await officer().cases.notices(undefined))
        return notices.filter(({ text }) => what.test(text))
    }
    const late = () => crisis.steps.flatMap(({ dueAt }) => (dueAt !== null && dueAt <= clock.now() ? dueAt : []))
    expect([await waiting(/update/), await waiting(/step/i)]).toEqual([[], []])
    await officer().crises.change({ id: crisis.id, nextUpdateAt: clock.now() + 960_000 })
    clock.advance(959_000)
    expect(await waiting(/update/)).toEqual([])
    clock.advance(1_000)
    expect(await waiting(/update/)).toMatchObject([{ by: 'Payments fail', alertId: 'alt_1', at: clock.now() }])
    expect(late().length).toBeGreaterThan(0)
    expect(await waiting(/step/i)).toMatchObject([{ at: Math.max(...late()) }])
    await officer().crises.change({ id: crisis.id, nextUpdateAt: null })
    for (const { id, dueAt } of crisis.steps)
      if (dueAt !== null) await officer().crises.tick({ id: crisis.id, stepId: id, done: true })
    expect([await waiting(/update/), await waiting(/step/i)]).toEqual([[], []])
  })

  it('is not taken back as a whole once something was done with it', async () => {
    const { crisis, undo } = await start()
    const { undo: comment } = await officer().crises.comment({ id: crisis.id, text: 'we look' })
    expect(await code(officer().cases.undo({ entry: undo }))).toBe('crisis.somethingFollowed')
    await officer().cases.undo({ entry: comment })
    await officer().cases.undo({ entry: undo })
    expect((await officer().crises.list({})).crises).toEqual([])
  })

  it('lets two people tick two steps, and each take back their own', async () => {
    const { crisis } = await start()
    const [one, two] = crisis.steps
    const first = await officer('Ken').crises.tick({ id: crisis.id, stepId: one!.id, done: true })
    await officer('Mara').crises.tick({ id: crisis.id, stepId: two!.id, done: true })
    expect(await code(officer().crises.tick({ id: crisis.id, stepId: one!.id, done: true }))).toBe('alarm.isSo')
    await officer('Ken').cases.undo({ entry: first.undo })
    const { crisis: now } = await officer().crises.one({ id: crisis.id })
    expect(now.steps.map(({ doneBy }) => doneBy).slice(0, 2)).toEqual([null, 'Mara'])
    expect(await code(officer().cases.undo({ entry: first.undo }))).toBe('undo.already')
  })

  it('plans, changes and strikes steps; what was struck comes back where it stood', async () => {
    const { crisis } = await start({ plan: null })
    const id = crisis.id
    const texts = async () => (await officer().crises.one({ id })).crisis.steps.map(({ text }) => text)
    for (const text of ['one', 'two', 'three']) await officer().crises.plan({ id, text })
    const [first, second] = (await officer().crises.one({ id })).crisis.steps
    await officer().crises.plan({ id, stepId: second!.id, text: 'two again', who: 'Care', dueAt: clock.now() + 1 })
    const struck = await officer().crises.strike({ id, stepId: first!.id })
    expect(await texts()).toEqual(['two again', 'three'])
    await officer().cases.undo({ entry: struck.undo })
    expect(await texts()).toEqual(['one', 'two again', 'three'])
    expect(await code(officer().crises.strike({ id, stepId: 'none' }))).toBe('crisis.lineGone')
    for (let n = 3; n < 50; n++) await officer().crises.plan({ id, text: `step ${n}` })
    expect(await code(officer().crises.plan({ id, text: 'one too many' }))).toBe('crisis.full')
  })

  it('offers a holding statement once somebody else approved it, and keeps it while a newer one is written', async () => {
    const { crisis } = await start()
    const { id } = crisis
    await officer().crises.state({ id, lang: 'en', text: 'We know.' })
    const approve = (version: number, approver: string) =>
      officer().crises.approve({ id, lang: 'en', version, approver })
    expect(await code(approve(1, ' mara '))).toBe('crisis.ownWord')
    await approve(1, 'Dr. Weber')
    await officer().crises.state({ id, lang: 'en', text: 'We know more.', networks: ['mastodon'] })
    expect(await code(approve(1, 'Dr. Weber'))).toBe('crisis.newerVersion')
    const { statements } = (await officer().crises.one({ id })).crisis
    expect(statements).toMatchObject([
      { id: 'en', version: 2, by: 'Mara', approved: { version: 1, text: 'We know.', by: 'Dr. Weber' } },
    ])
  })

  it('ends with a closing word, refuses all but a comment afterwards, and runs again when that is taken back', async () => {
    const { crisis } = await start()
    const { id } = crisis
    const tick = await officer().crises.tick({ id, stepId: crisis.steps[0]!.id, done: true })
    await expect(officer().crises.end({ id, note: '  ' })).rejects.toThrow()
    const ended = await officer().crises.end({ id, note: 'Payments work again.' })
    expect(ended.crisis).toMatchObject({ state: 'ended', endedBy: 'Mara', closing: 'Payments work again.' })
    expect(await code(officer().crises.change({ id, name: 'Other' }))).toBe('crisis.over')
    expect(await code(officer().cases.undo({ entry: tick.undo }))).toBe('crisis.over')
    await officer().crises.comment({ id, text: 'thank you all' })
    // Its alert is free: another crisis may have it, and then the first cannot run again.
    const second = await start({ name: 'Again' })
    expect(await code(officer().cases.undo({ entry: ended.undo }))).toBe('crisis.alertIn')
    await officer().cases.undo({ entry: second.undo })
    await officer().cases.undo({ entry: ended.undo })
    expect((await officer().crises.one({ id })).crisis).toMatchObject({ state: 'open', endedAt: null, closing: '' })
  })

  it('takes in further alerts, is as old as the oldest, and lets them go again', async () => {
    test.engine.alerts.open(alertCard({ id: 'alt_2', key: 'two', since: clock.now() - 3_600_000, minutes: 60 }))
    const { crisis } = await start()
    const joined = await officer().crises.join({ id: crisis.id, alertId: 'alt_2' })
    expect(joined.crisis).toMatchObject({ alertIds: ['alt_1', 'alt_2'], since: clock.now() - 3_600_000 })
    expect(joined.crisis.countedFrom).toBe(clock.now() - 7_200_000)
    expect(await code(officer().crises.join({ id: crisis.id, alertId: 'alt_2' }))).toBe('crisis.alertIn')
    expect(await code(officer().crises.join({ id: crisis.id, alertId: 'none' }))).toBe('alarm.gone')
    await officer().cases.undo({ entry: joined.undo })
    expect((await officer().crises.one({ id: crisis.id })).crisis.alertIds).toEqual(['alt_1'])
  })

  it('is the same after a restart, and made again from the journal', async () => {
    const { crisis } = await start()
    const { id } = crisis
    const tick = await officer().crises.tick({ id, stepId: crisis.steps[1]!.id, done: true })
    await officer().crises.strike({ id, stepId: crisis.steps[0]!.id })
    await officer().crises.answer({ id, network: 'mastodon', lang: 'de', topic: 'Erstattung', who: 'Care Germany' })
    await officer().crises.state({ id, lang: 'de', text: 'Wir wissen davon.' })
    await officer().crises.change({ id, nextUpdateAt: clock.now() + 3_600_000 })
    await officer().cases.undo({ entry: tick.undo })
    const before = (await officer().crises.one({ id })).crisis
    const { dataDir } = test
    await test.engine.stop()
    const again = await createEngine(testDeps(dataDir, { clock }))
    try {
      expect((await again.client().crises.one({ id })).crisis).toEqual(before)
      expect((await again.store.verify()).problems).toEqual([])
    } finally {
      await again.stop()
    }
  })

  it('shows a wall how it stands, and no words that were written for the house', async () => {
    const { crisis } = await start({ name: 'Wall sees this' })
    await officer().crises.comment({ id: crisis.id, text: 'secret comment' })
    await officer().crises.state({ id: crisis.id, lang: 'en', text: 'secret draft' })
    const wall = test.engine.client('wall')
    const seen = JSON.stringify([await wall.crises.list({}), await wall.crises.numbers({ id: crisis.id })])
    expect(seen).toContain('Wall sees this')
    expect(seen).not.toContain('secret')
    for (const call of [
      wall.crises.one({ id: crisis.id }),
      wall.crises.timeline({ id: crisis.id }),
      wall.crises.export({ id: crisis.id, format: 'text', language: 'en' }),
    ])
      expect(await code(call)).toBe('wall.notShown')
    expect(await code(wall.crises.end({ id: crisis.id, note: 'x' }))).toBe('wall.onlyShows')
    test.engine.alerts.open(alertCard({ id: 'alt_p', key: 'p', private: true }))
    await officer().crises.start({ alertId: 'alt_p', name: 'From a letter', lead: 'Ines' })
    expect(JSON.stringify(await wall.crises.list({}))).not.toContain('From a letter')
  })

  it('tells a page that looks on of each change', async () => {
    const stream = await officer().crises.live()
    expect(await stream.next()).toMatchObject({ value: { open: [] } })
    const next = stream.next()
    await start()
    await clock.run(1_000, 100)
    expect(await next).toMatchObject({ value: { open: [{ name: 'Payments fail', steps: { done: 0 } }] } })
    await stream.return?.()
  })

  it('tells what happened in order, also what was taken back, and writes it down without private names', async () => {
    test.engine.alerts.open(
      alertCard({
        id: 'alt_p',
        key: 'p',
        private: true,
        since: clock.now(),
        about: { kind: 'problem', id: 'prb_9', name: 'words of a letter' },
      }),
    )
    const { crisis } = await start()
    const { id } = crisis
    clock.advance(60_000)
    await officer().crises.join({ id, alertId: 'alt_p' })
    clock.advance(60_000)
    const tick = await officer('Ken').crises.tick({ id, stepId: crisis.steps[0]!.id, done: true })
    clock.advance(60_000)
    await officer('Ken').cases.undo({ entry: tick.undo })
    await officer().crises.comment({ id, text: '# not a <b>heading</b>\n[link](x)' })
    const { moments, complete } = await officer().crises.timeline({ id })
    expect(complete).toBe(true)
    expect(moments.map(({ what }) => what.code)).toEqual([
      'moment.alertRaised',
      'moment.alertRaised',
      'moment.started',
      'moment.joined',
      'moment.done',
      'moment.undone',
      'moment.commented',
    ])
    const { name, text } = await officer().crises.export({ id, format: 'markdown', language: 'en' })
    expect(name).toBe('Payments fail.md')
    expect(text).toMatch(/^# Payments fail\n/)
    expect(text).not.toContain('words of a letter')
    expect(text).toContain('something said to the company alone')
    expect(text).toContain('\\# not a \\<b\\>heading\\</b\\> \\[link\\](x)')
    expect(text).toContain('- [ ] Confirm the facts')
    const german = (await officer().crises.export({ id, format: 'text', language: 'de' })).text
    expect(german).toContain('Zeitleiste')
    expect(german).toContain('Zurückgenommen: Erledigt:')
  })
})
