import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AnnotationDraft } from '#shared/model/annotation.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { alertCard } from '#tests/support/alert.ts'

const HOUR = 3_600_000
const now = Date.parse('2026-11-20T10:00:00Z')

describe('what stands on charts over time', () => {
  let test: Awaited<ReturnType<typeof openTestEngine>>
  const officer = (name = 'Mara') => test.engine.client('officer', { kind: 'officer', id: `officer:${name}`, name })
  const wall = () => test.engine.client('wall')
  const listens: Record<string, string> = {}
  const draft = (more: Partial<AnnotationDraft> = {}): AnnotationDraft => ({
    id: null,
    at: now - HOUR,
    to: null,
    text: 'Version 4.2 went out',
    listenId: null,
    ...more,
  })
  const marks = (listenIds: string[] = [], from = now - 24 * HOUR, to = now) =>
    officer().charts.marks({ listenIds, from, to })
  const texts = async (...args: Parameters<typeof marks>) => (await marks(...args)).annotations.map(({ text }) => text)

  beforeEach(async () => {
    test = await openTestEngine({ clock: new ManualClock(now) })
    for (const name of ['Ours', 'Theirs'])
      listens[name] = (await officer().listens.save({ name, colour: 1, query: name, enabled: true, routed: true })).id
  })
  afterEach(() => test.close())

  it('keeps an annotation with who wrote it, shows it where it belongs, and nowhere else', async () => {
    const { annotation } = await officer().charts.annotate(draft())
    expect(annotation).toMatchObject({ by: 'Mara', madeAt: now, to: null, listenId: null })
    await officer('Ada').charts.annotate(
      draft({ text: 'Ours only', listenId: listens['Ours']!, at: now - 2 * HOUR, to: now - HOUR / 2 }),
    )
    expect(await texts()).toEqual(['Ours only', 'Version 4.2 went out'])
    expect(await texts([listens['Theirs']!])).toEqual(['Version 4.2 went out'])
    expect(await texts([listens['Ours']!, listens['Theirs']!])).toEqual(['Ours only', 'Version 4.2 went out'])
    // Any part of a stretch is enough.
    expect(await texts([], now - HOUR / 2 - 1, now)).toEqual(['Ours only'])
    expect(await texts([], now - 24 * HOUR, now - 3 * HOUR)).toEqual([])
  })

  it('is changed, removed, and taken back step by step; the journal tells all of it', async () => {
    const made = await officer().charts.annotate(draft())
    const { id } = made.annotation
    const changed = await officer('Ada').charts.annotate(draft({ id, text: 'Version 4.3 went out' }))
    expect(changed.annotation).toMatchObject({ id, by: 'Ada', madeAt: now })
    // Somebody changed it since.
    await expect(officer().cases.undo({ entry: made.undo })).rejects.toMatchObject({
      data: { code: 'annotation.changedSince' },
    })
    const removed = await officer().charts.removeAnnotation({ id })
    expect(await texts()).toEqual([])
    await officer().cases.undo({ entry: removed.undo })
    expect(await texts()).toEqual(['Version 4.3 went out'])
    await officer().cases.undo({ entry: changed.undo })
    expect(await texts()).toEqual(['Version 4.2 went out'])
    await officer().cases.undo({ entry: made.undo })
    expect(await texts()).toEqual([])
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it.each([
    [{ text: '   ' }, undefined],
    [{ text: '\u0000\u0007 \u2028' }, 'annotation.empty'],
    [{ text: 'x'.repeat(161) }, undefined],
    [{ to: now - HOUR }, 'annotation.endsBefore'],
    [{ to: now - 2 * HOUR }, 'annotation.endsBefore'],
    [{ listenId: 'gone' }, 'annotation.noListen'],
    [{ id: 'gone' }, 'annotation.gone'],
    [{ at: 1e18 }, undefined],
  ] as const)('refuses %j', async (more, code) => {
    const refused = officer().charts.annotate(draft(more))
    if (code === undefined) await expect(refused).rejects.toThrow()
    else await expect(refused).rejects.toMatchObject({ data: { kind: 'user', code } })
    expect(await texts()).toEqual([])
  })

  it('is one line of plain words, whatever was pasted', async () => {
    const { annotation } = await officer().charts.annotate(draft({ text: ' <b>a</b>\r\n\tb\u2028\u0000c ' }))
    expect(annotation.text).toBe('<b>a</b> b c')
  })

  it('shows alerts of what people write on charts of everything, and on those of a listen what is about it', async () => {
    const { alerts } = test.engine
    const at = now - HOUR
    const card = (id: string, more: Parameters<typeof alertCard>[0]) =>
      alerts.open(alertCard({ id, key: id, since: at, raisedAt: at, lastAt: at, ...more }))
    const listen = (name: string) => ({ kind: 'listen' as const, id: listens[name]!, name })
    card('alt_ours', { about: listen('Ours'), strength: 7 })
    card('alt_fault', {
      kind: 'problem',
      about: { kind: 'problem', id: 'prb_1', name: 'Payment' },
      signs: [{ ...alertCard(), at, about: listen('Ours') }],
    })
    card('alt_ear', { kind: 'ear', about: { kind: 'source', id: 's', name: 'Feed' } })
    card('alt_pending', { state: 'pending', about: listen('Ours') })
    card('alt_before', { since: now - 48 * HOUR, raisedAt: now - 48 * HOUR, about: listen('Ours') })
    card('alt_over', { state: 'resolved', resolvedAt: now - HOUR / 2, about: listen('Theirs') })
    const ids = async (...of: string[]) => (await marks(of)).alerts.map(({ id }) => id).sort()
    expect(await ids()).toEqual(['alt_fault', 'alt_ours', 'alt_over'])
    expect(await ids(listens['Ours']!)).toEqual(['alt_fault', 'alt_ours'])
    expect(await ids(listens['Theirs']!)).toEqual(['alt_over'])
  })

  it('gives a wall what its panes are about, without who wrote it and without names of what is private', async () => {
    await officer().charts.annotate(draft())
    test.engine.alerts.open(
      alertCard({
        since: now - HOUR,
        raisedAt: now - HOUR,
        private: true,
        about: { kind: 'problem', id: 'p', name: 'My illness' },
        kind: 'problem',
      }),
    )
    const seen = await wall().charts.marks({ listenIds: [], from: now - 24 * HOUR, to: now })
    expect(seen.annotations).toMatchObject([{ text: 'Version 4.2 went out', by: '' }])
    expect(seen.alerts).toMatchObject([{ name: '' }])
    await expect(wall().charts.annotate(draft())).rejects.toThrow()
    await officer().station.saveLayout({ id: 'wall', name: 'Lobby', panes: [], attention: 6 })
    await expect(wall().charts.marks({ listenIds: [], from: 0, to: now })).rejects.toMatchObject({
      data: { code: 'wall.notHung' },
    })
  })

  it('gives no more than a chart can show', async () => {
    for (let i = 0; i < 130; i++) await officer().charts.annotate(draft({ text: `No. ${i}`, at: now - HOUR + i }))
    const found = await texts()
    expect(found).toHaveLength(100)
    expect(found.at(-1)).toBe('No. 129')
  })
})
