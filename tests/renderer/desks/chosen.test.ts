// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { computed, nextTick, shallowRef } from 'vue'
import { useFirst } from '#renderer/composables/control/useFirst.ts'
import { go, guardLeaving, useRoute } from '#renderer/stores/address.ts'
import RulesPanel from '#renderer/features/desks/RulesPanel.vue'
import { emptyRule } from '#renderer/features/desks/ruleDraft.ts'
import { useChosen } from '#renderer/features/desks/useChosen.ts'
import type { Rule } from '#shared/model/rule.ts'
import { handleKey } from '#renderer/composables/control/useKeys.ts'
import { mountInApp, settle } from '../support/mount.ts'

let release = () => {}
let mounted: { unmount(): void } | null = null
beforeEach(() => go('desks', ['rules'], {}, true))
afterEach(() => {
  release()
  mounted?.unmount()
  mounted = null
})

describe('the first of a list', () => {
  it('stays open when the list is narrowed, sorted anew or gets another first, until it is gone', () => {
    const all = shallowRef(['b', 'c'])
    const shown = shallowRef(['b', 'c'])
    const first = useFirst(
      () => shown.value,
      (id) => all.value.includes(id),
    )
    expect(first.value).toBe('b')
    shown.value = ['c']
    expect(first.value).toBe('b')
    all.value = ['a', 'c', 'b']
    shown.value = ['a', 'c', 'b']
    expect(first.value).toBe('b')
    all.value = shown.value = ['a', 'c']
    expect(first.value).toBe('a')
    all.value = shown.value = []
    expect(first.value).toBe(null)
  })
})

describe('what is open in a tab', () => {
  function chosen(ids: string[]) {
    const list = shallowRef(ids)
    const one = useChosen({
      tab: 'rules',
      ids: () => list.value,
      draftOf: (id) => (list.value.includes(id) ? { id } : null),
      blank: () => ({ id: 'new' }),
    })
    return { list, ...one }
  }
  it('opens what was saved once the list has it', async () => {
    const one = chosen(['a'])
    one.startNew()
    await one.saved('b', async () => void (one.list.value = ['a', 'b']))
    expect([one.selectedId.value, useRoute().value.parts]).toEqual(['b', ['rules', 'b']])
  })
  it('keeps the form of a new entry as that of the saved one, and starts it anew after a question', async () => {
    const one = chosen(['a'])
    one.startNew()
    const key = one.key.value
    await one.saved('b', async () => void (one.list.value = ['a', 'b']))
    expect(one.key.value).toBe(key)
    one.open('a')
    one.startNew()
    let proceed = () => {}
    release = guardLeaving((then) => ((proceed = then), true))
    const second = one.key.value
    await one.saved('c', async () => void (one.list.value = ['a', 'b', 'c']))
    expect([one.key.value, one.selectedId.value]).toEqual([second, null])
    release()
    proceed()
    expect([one.key.value, one.selectedId.value]).toEqual(['c', 'c'])
  })
  it('leaves alone what was opened while the list was asked for anew', async () => {
    const one = chosen(['a', 'b', 'c'])
    one.open('b')
    let answer!: () => void
    const saved = one.saved('b', () => new Promise<void>((resolve) => (answer = resolve)))
    one.move(1)
    answer()
    await saved
    expect(one.selectedId.value).toBe('c')
    one.close('b')
    expect(one.selectedId.value).toBe('c')
  })
  it('opens what stands beside an entry that is gone, and asks nobody about the one that is open', () => {
    const one = chosen(['a', 'b', 'c'])
    one.open('c')
    let asked = 0
    release = guardLeaving(() => (asked++, false))
    one.open('c')
    expect(asked).toBe(0)
    one.close('c')
    expect(one.selectedId.value).toBe('b')
  })
})

describe('the rules', () => {
  const rule = (id: string, order: number): Rule => ({ ...emptyRule([]), id, order, name: id })
  async function mountRules(hold: (run: () => void) => void) {
    let rules = [rule('a', 1), rule('b', 2), rule('c', 3)]
    const answered = <T>(run: () => T) => new Promise<T>((resolve) => hold(() => resolve(run())))
    const { wrapper, fake } = await mountInApp(RulesPanel, {
      handlers: {
        desks: {
          rules: () => rules,
          lintRules: () => [],
          orderRules: ({ ids }: { ids: string[] }) =>
            answered(() => (rules = ids.map((id, i) => ({ ...rules.find((one) => one.id === id)!, order: i + 1 })))),
          saveRule: (draft: Rule) =>
            answered(() => {
              rules = rules.map((one) => (one.id === draft.id ? draft : one))
              return draft
            }),
        },
      },
    })
    mounted = wrapper
    return { wrapper, fake, order: () => rules.map(({ id }) => id).join('') }
  }
  const press = (key: string, more: KeyboardEventInit = {}) =>
    void handleKey(new KeyboardEvent('keydown', { key, cancelable: true, ...more }))

  it('move by two for two presses, however slow the station is', async () => {
    const waiting: (() => void)[] = []
    const { order } = await mountRules((run) => waiting.push(run))
    press('ArrowDown', { shiftKey: true })
    press('ArrowDown', { shiftKey: true })
    press('e')
    for (let i = 0; i < 3; i++) {
      await settle()
      waiting.shift()?.()
    }
    await settle()
    expect(order()).toBe('bca')
  })
  it('are switched off and on by two presses', async () => {
    const waiting: (() => void)[] = []
    const { fake } = await mountRules((run) => waiting.push(run))
    press('e')
    press('e')
    for (let i = 0; i < 2; i++) {
      await settle()
      waiting.shift()?.()
    }
    await settle()
    expect(fake.called('desks.saveRule').map((sent) => (sent as Rule).enabled)).toEqual([false, true])
  })
  it('keep what is being written when one is switched off in the list', async () => {
    const { wrapper } = await mountRules((run) => run())
    const name = wrapper.get<HTMLInputElement>('form input')
    await name.setValue('Refunds')
    press('e')
    await settle()
    const on = computed(() => wrapper.get<HTMLInputElement>('form input[type=checkbox]').element.checked)
    await nextTick()
    expect([wrapper.get<HTMLInputElement>('form input').element.value, on.value]).toEqual(['Refunds', false])
  })
})
