// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import MentionHost from '#renderer/features/mention/MentionHost.vue'
import DeskSaysBox from '#renderer/features/board/DeskSaysBox.vue'
import { isUndelivered, passes, waitsForDecision, wideSieve } from '#renderer/features/board/caseBook.ts'
import { provideBoard } from '#renderer/features/board/useBoard.ts'
import { useBoardKeys } from '#renderer/features/board/useBoardKeys.ts'
import { handleKey } from '#renderer/composables/control/useKeys.ts'
import { idle } from '#tests/renderer/support/fake-station.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'
import { makeCard, T0 } from './case-fixtures.ts'

const asks = { kind: 'asks', text: 'Which order number?', by: 'Ines', at: T0, handoff: 'out_1' } as const
const card = makeCard({ id: 'cas_1', state: 'accepted', deskSays: asks })

async function board() {
  const counts = { new: 0, routed: 0, accepted: 1, replied: 0, closed: 0 }
  const root = defineComponent({
    setup() {
      const board = provideBoard()
      useBoardKeys(board, { focusFilter: () => {} })
      board.select('cas_1')
      return () => [h(DeskSaysBox, { item: card.case! }), h(MentionHost)]
    },
  })
  const app = await mountInApp(root, {
    handlers: {
      cases: {
        page: ({ filter }: { filter: { states: string[] } }) => {
          const items = filter.states.includes('accepted') ? [card] : []
          return { items, next: null, total: items.length, counts }
        },
        live: (_input: never, { signal }: { signal?: AbortSignal }) => idle(signal),
        answerDesk: () => ({ card: makeCard({ id: 'cas_1', state: 'accepted', version: 2 }), undo: 7 }),
      },
    },
  })
  await settle()
  return app
}
afterEach(() => (document.body.innerHTML = ''))

describe('what a desk outside said', () => {
  it('stands on the case and waits among what has to be decided', () => {
    expect(waitsForDecision(card.case!)).toBe(true)
    expect(passes(card, { ...wideSieve, scope: 'decide' }, T0)).toBe(true)
    expect(waitsForDecision(makeCard({ state: 'accepted' }).case!)).toBe(false)
  })

  it('is answered by one key, beside the question', async () => {
    const { fake, wrapper } = await board()
    expect(wrapper.text()).toContain('Ines asks')
    expect(wrapper.text()).toContain('Which order number?')
    handleKey(new KeyboardEvent('keydown', { key: 'q' }))
    await settle()
    const dialog = document.querySelector('dialog')!
    expect(dialog.textContent).toContain('Which order number?')
    const field = dialog.querySelector('textarea')!
    field.value = '4711'
    field.dispatchEvent(new Event('input'))
    await settle()
    dialog.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(fake.called('cases.answerDesk')).toEqual([{ id: 'cas_1', version: 1, text: '4711' }])
  })

  it('is put aside without a word to the desk', async () => {
    const { fake, wrapper } = await board()
    await wrapper
      .findAll('button')
      .find((one) => one.text() === 'Put aside')!
      .trigger('click')
    await settle()
    expect(fake.called('cases.answerDesk')).toEqual([{ id: 'cas_1', version: 1, text: '' }])
  })
})

describe('an answer that did not arrive', () => {
  it.each([
    ['failed', true],
    ['unknown', true],
    ['queued', false],
    ['sent', false],
    ['none', false],
  ] as const)('is found when it is %s: %s', (answer, found) => {
    const one = makeCard({ state: 'accepted', answer })
    expect(isUndelivered(one.case!)).toBe(found)
    expect(passes(one, { ...wideSieve, undelivered: true }, T0)).toBe(found)
  })
})
