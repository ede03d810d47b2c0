// @vitest-environment happy-dom
import { DOMWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlertMark, Annotation } from '#shared/model/annotation.ts'
import ChartMarks from '#renderer/charts/ChartMarks.vue'
import { groupMarks } from '#renderer/charts/mark-groups.ts'
import { installKeys } from '#renderer/composables/control/useKeys.ts'
import { useAddress } from '#renderer/stores/address.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const MINUTE = 60_000
const start = Date.parse('2026-11-20T08:00:00Z')
const points = Array.from({ length: 13 }, (_, index) => ({ at: start + index * 10 * MINUTE }))
const annotation = (id: string, more: Partial<Annotation> = {}): Annotation => ({
  id,
  at: start + 60 * MINUTE,
  to: null,
  text: 'Version 4.2 <b>went</b> out',
  listenId: null,
  by: 'Mara',
  madeAt: start,
  ...more,
})
const alert = (id: string, more: Partial<AlertMark> = {}): AlertMark => ({
  id,
  at: start + 20 * MINUTE,
  to: null,
  kind: 'rise',
  strength: 7,
  what: { code: 'alert.rise', values: { n: 30, minutes: 15, usual: 2, times: 15 } },
  name: 'Ours',
  private: false,
  ...more,
})
const open = (found: { annotations?: Annotation[]; alerts?: AlertMark[] }, props = {}, more = {}) =>
  mountInApp(ChartMarks, {
    props: {
      points,
      step: 10 * MINUTE,
      about: { listenIds: ['lst_1'], but: 'alt_own' },
      area: { first: 40, second: 140, top: 24, bottom: 200, right: 1_240 },
      ...props,
    },
    handlers: {
      listens: { list: () => [{ id: 'lst_1', name: 'Ours' }] } as never,
      charts: { marks: () => ({ annotations: [], alerts: [], ...found }), ...more },
      cases: { undo: () => ({ card: null, cannot: null }) },
    },
  })
/** Dialogs stand at the end of the page. */
const body = new DOMWrapper(document.body)
const press = async (target: Element, key: string, more: KeyboardEventInit = {}) => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await settle()
}
let quiet = () => {}
beforeEach(() => {
  history.replaceState(null, '', '#/insights')
  quiet = installKeys()
})
afterEach(() => {
  quiet()
  document.body.innerHTML = ''
})

describe('marks on a chart', () => {
  it('asks for the stretch of the chart, leaves out the alert that it is the chart of, and stands at its time', async () => {
    const { wrapper, fake } = await open({ annotations: [annotation('a')], alerts: [alert('alt_1'), alert('alt_own')] })
    expect(fake.called('charts.marks')[0]).toEqual({ listenIds: ['lst_1'], from: start, to: start + 130 * MINUTE })
    const flags = wrapper.findAll('button.flag')
    expect(flags.map((flag) => [flag.find('[aria-hidden]').text(), flag.attributes('style')])).toEqual([
      ['▲7', expect.stringContaining('left: 240px')],
      ['✎', expect.stringContaining('left: 640px')],
    ])
    // Plain text, whatever was written.
    expect(flags[1]!.text()).toContain('Version 4.2 <b>went</b> out')
    expect(wrapper.find('b').exists()).toBe(false)
    await flags[0]!.trigger('click')
    expect(useAddress().route).toMatchObject({ view: 'alerts', parts: ['alt_1'] })
    wrapper.unmount()
  })

  it('gathers what stands too close into one flag that lists all of it', async () => {
    const { wrapper } = await open({
      annotations: [annotation('a', { at: start + 21 * MINUTE, to: start + 40 * MINUTE })],
      alerts: [alert('alt_1')],
    })
    expect(wrapper.findAll('button.flag').map((flag) => flag.find('[aria-hidden]').text())).toEqual(['2×'])
    expect(wrapper.findAll('.stretch')).toHaveLength(1)
    await wrapper.find('button.flag').trigger('click')
    await settle()
    expect(body.text()).toContain('Version 4.2')
    expect(body.text()).toContain('Mara')
    expect(body.text()).toContain('Ours')
    wrapper.unmount()
  })

  it('is written by keys alone: to a moment, over a stretch, with words, and taken back', async () => {
    const made: unknown[] = []
    const { wrapper, fake } = await open(
      {},
      {},
      {
        annotate: (input: object) => (made.push(input), { annotation: annotation('new'), undo: 12 }),
      },
    )
    await wrapper.find('.tools button').trigger('click')
    await settle()
    const plane = wrapper.find('.plane').element
    await press(plane, 'ArrowLeft')
    await press(plane, 'ArrowLeft')
    await press(plane, 'ArrowLeft', { shiftKey: true })
    expect(wrapper.find('.plane').attributes('aria-valuenow')).toBe('9')
    await press(plane, 'Enter')
    await body.find('input').setValue('  Campaign began ')
    await body.find('form').trigger('submit')
    await settle()
    expect(made).toEqual([
      { id: null, at: start + 90 * MINUTE, to: start + 110 * MINUTE, text: '  Campaign began ', listenId: 'lst_1' },
    ])
    expect(body.find('form').exists()).toBe(false)
    // Asked anew, for every chart of the page.
    expect(fake.called('charts.marks').length).toBeGreaterThan(0)
    wrapper.unmount()
  })

  it('leaves by Escape without a word, and refuses an end before the beginning', async () => {
    const { wrapper, fake } = await open({ annotations: [annotation('a')] }, {}, { annotate: () => ({}) })
    await wrapper.find('.tools button').trigger('click')
    await settle()
    await press(wrapper.find('.plane').element, 'Escape')
    expect(wrapper.find('.plane').exists()).toBe(false)
    await wrapper.find('button.flag').trigger('click')
    await settle()
    await body.findAll('input')[2]!.setValue('2026-11-20T01:00')
    expect(body.text()).toContain('The end must come after the beginning.')
    await body.find('form').trigger('submit')
    await settle()
    expect(fake.called('charts.annotate')).toEqual([])
    wrapper.unmount()
  })

  it('is changed and removed', async () => {
    const { wrapper, fake } = await open(
      { annotations: [annotation('a')] },
      {},
      {
        annotate: () => ({ annotation: annotation('a'), undo: 3 }),
        removeAnnotation: () => ({ undo: 4 }),
      },
    )
    await wrapper.find('button.flag').trigger('click')
    await settle()
    await body.find('input').setValue('Version 4.3 went out')
    await body.find('form').trigger('submit')
    await settle()
    expect(fake.called('charts.annotate')).toEqual([
      { id: 'a', at: start + 60 * MINUTE, to: null, text: 'Version 4.3 went out', listenId: null },
    ])
    await wrapper.find('button.flag').trigger('click')
    await settle()
    await body
      .findAll('button')
      .find((one) => one.text() === 'Remove')!
      .trigger('click')
    await settle()
    expect(fake.called('charts.removeAnnotation')).toEqual([{ id: 'a' }])
    wrapper.unmount()
  })

  it('cannot be pressed on a wall, and says there what was written', async () => {
    const { wrapper } = await open({ annotations: [annotation('a')], alerts: [alert('alt_1')] }, { still: true })
    expect(wrapper.findAll('button')).toHaveLength(0)
    expect(wrapper.text()).toContain('Version 4.2 <b>went</b> out')
    expect(wrapper.text()).not.toContain('Mara')
    wrapper.unmount()
  })

  it('puts marks together from the left, each group within a flag', () => {
    const mark = (left: number) => ({ left, width: 0, annotation: null, alert: null })
    expect(
      groupMarks([mark(100), mark(0), mark(20), mark(31)], 30).map(({ left, marks }) => [left, marks.length]),
    ).toEqual([
      [0, 2],
      [31, 1],
      [100, 1],
    ])
  })
})
