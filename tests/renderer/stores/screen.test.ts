// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { keep, kept, keptJson } from '#renderer/client/kept.ts'
import { useClock, useNow } from '#renderer/stores/clock.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import { useImport, useMentionPanel, useProblemPanel, type Targets } from '#renderer/stores/panels.ts'
import { applyPreferences, usePreferences } from '#renderer/stores/preferences.ts'
import { useProposedRule } from '#renderer/stores/proposed-rule.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { emptyRule } from '#renderer/features/desks/ruleDraft.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { mentionCard } from '#tests/renderer/support/cards.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => void vi.useRealTimers())

describe('what this browser keeps', () => {
  it('is there after a reload, and forgotten when it is empty', () => {
    keep('x', '[1]')
    expect([kept('x'), keptJson('x')]).toEqual(['[1]', [1]])
    keep('x', '')
    expect(kept('x')).toBeNull()
  })
  it('lasts until the page is closed where storage is forbidden', () => {
    const forbidden = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('forbidden')
    })
    keep('x', 'here')
    expect(kept('x')).toBe('here')
    forbidden.mockRestore()
    keep('x', '')
  })
  it.each(['{', 'null', '7', '{"theme":"pink","rotateSeconds":-1}'])('is not trusted: %s', (text) => {
    localStorage.setItem('earshot.screen', text)
    expect(usePreferences()).toMatchObject({ theme: 'dark', density: 'comfortable', rotateSeconds: 0, layoutId: '' })
  })
})

it('choices of this screen are kept and painted', async () => {
  const root = document.createElement('div')
  const app = effectScope()
  app.run(() => applyPreferences(root))
  Object.assign(usePreferences(), { theme: 'light', locale: 'de' })
  await nextTick()
  expect([root.dataset['theme'], root.dataset['density'], root.lang]).toEqual(['light', 'comfortable', 'de'])
  app.stop()
  setActivePinia(createPinia())
  expect(usePreferences()).toMatchObject({ theme: 'light', locale: 'de' })
})

it('toasts: the last thing done stands for those before, the same words once, and a problem stays longer', () => {
  const toasts = useToasts()
  const texts = () => toasts.toasts.map(({ text }) => text)
  toasts.show({ kind: 'done', text: 'routed' })
  toasts.show({ kind: 'done', text: 'closed' })
  for (const text of ['no line', 'no line', 'refused']) toasts.show({ kind: 'problem', text })
  expect(texts()).toEqual(['closed', 'no line', 'refused'])
  vi.advanceTimersByTime(6_000)
  expect(texts()).toEqual(['no line', 'refused'])
  for (let at = 0; at < 5; at++) toasts.show({ kind: 'problem', text: String(at) })
  expect(texts()).toEqual(['1', '2', '3', '4'])
  toasts.dismiss(toasts.toasts[0]!.id)
  expect(texts()).toEqual(['2', '3', '4'])
  vi.advanceTimersByTime(20_000)
  expect(texts()).toEqual([])
})

it('panels: what is open over a view, one of each', () => {
  const panel = useMentionPanel()
  panel.show('st-7', { reply: true })
  expect(panel.open).toEqual({ id: 'st-7', card: null, reply: true })
  const [one, other] = [mentionCard(1), mentionCard(2)]
  const list = (targets: MentionCard[], current: MentionCard | null = null): Targets => ({
    current: () => current,
    targets: () => targets,
    decide: () => {},
  })
  panel.ask('mute', list([]))
  expect(panel.question).toBeNull()
  panel.ask('mute', list([one, other]))
  expect(useMentionPanel().question).toMatchObject({ what: 'mute', card: one, cards: [one, other] })
  panel.ask('note', list([one], other))
  expect(useMentionPanel().question).toMatchObject({ what: 'note', card: other })
  panel.answered()
  panel.close()
  expect([panel.open, panel.question]).toEqual([null, null])
  useProblemPanel().show('prb_1')
  useImport().show()
  expect([useProblemPanel().open, useImport().open]).toEqual(['prb_1', true])
  useProblemPanel().close()
  useImport().close()
  expect([useProblemPanel().open, useImport().open]).toEqual([null, false])
})

it('a proposed rule is handed over once', () => {
  useProposedRule().propose(emptyRule([]))
  expect(useProposedRule().take()).not.toBeNull()
  expect(useProposedRule().take()).toBeNull()
})

it('the clock follows the station by the second', async () => {
  const { result: now, station, wrapper } = await runInApp(useNow)
  vi.advanceTimersByTime(5_000)
  expect(now.value).toBe(station.now())
  expect(useClock().now).toBe(now.value)
  wrapper.unmount()
  const stopped = now.value
  vi.advanceTimersByTime(5_000)
  expect(now.value).toBe(stopped)
})

it('the directory is asked for once, however many look things up, and anew after a change', async () => {
  const desk = (id: string, key: number, archived = false) => ({ desk: { id, key, name: id, archived } })
  const { result, fake } = await runInApp(() => [useDirectory(), useDirectory()] as const, {
    handlers: { desks: { list: () => [desk('b', 0), desk('a', 0), desk('c', 2), desk('gone', 1, true)] } },
  })
  const [directory, same] = result
  expect(same).toBe(directory)
  expect(directory.ready).toBe(true)
  expect(directory.desks.map(({ desk: { id } }) => id)).toEqual(['c', 'a', 'b'])
  expect(directory.deskById.get('gone')?.desk.name).toBe('gone')
  expect(fake.called('desks.list')).toHaveLength(1)
  await directory.refresh('desks')
  await settle()
  expect([fake.called('desks.list').length, fake.called('listens.list').length]).toEqual([2, 1])
})
