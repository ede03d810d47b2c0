// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useActionKeys } from '#renderer/actions/useActionKeys.ts'
import { useActions } from '#renderer/actions/useActions.ts'
import { handleKey, useKeys } from '#renderer/composables/control/useKeys.ts'
import { useMentionList } from '#renderer/composables/mentions/useMentionList.ts'
import MentionHost from '#renderer/features/mention/MentionHost.vue'
import { caseOf, mentionCard } from '#tests/renderer/support/cards.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const routed = (seq: number, version = 1): MentionCard => {
  const card = mentionCard(seq)
  return { ...card, case: caseOf(card, { version }) }
}
const cards = [routed(1), routed(2), mentionCard(3)]
const change = (seq: number) => ({ card: routed(seq, 2), undo: 7 })
let unmount = () => {}
afterEach(() => unmount())

/** A list of three, of which the last has no case, and what opens around it. */
async function list(handlers: Handlers) {
  let place!: ReturnType<typeof useMentionList>
  const root = defineComponent({
    setup() {
      place = useMentionList(
        () => cards,
        () => {},
      )
      useKeys('list', useActionKeys(useActions(), place))
      place.select(0)
      return () => h(MentionHost)
    },
  })
  const { fake, wrapper } = await mountInApp(root, { handlers })
  unmount = () => wrapper.unmount()
  const dialog = () => document.querySelector('dialog')
  return {
    fake,
    place,
    dialog,
    async press(key: string) {
      handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
      await settle()
    },
    async pick(label: string) {
      const option = [...dialog()!.querySelectorAll('[role=option]')].find((one) => one.textContent?.includes(label))
      option!.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      await settle()
    },
    async write(text: string) {
      const field = dialog()!.querySelector('textarea')!
      field.value = text
      field.dispatchEvent(new Event('input'))
      await settle()
      dialog()!
        .querySelector('form')!
        .dispatchEvent(new Event('submit', { cancelable: true }))
      await settle()
    },
  }
}

it('gives a mention of a list to a person, and stays on it', async () => {
  const person = { id: 'per_1', name: 'Ana', presence: 'available', languages: ['en'], skills: [], capacity: 5 }
  const { fake, place, dialog, press, pick } = await list({
    desks: { people: () => ({ items: [{ person, open: 2 }] }) },
    cases: { assign: () => change(1) },
  })
  await press('a')
  expect(fake.called('desks.people')).toMatchObject([{ search: '', deskId: 'desk_1' }])
  expect(dialog()!.textContent).toContain('available · en')
  await pick('Ana')
  expect(fake.called('cases.assign')).toEqual([{ id: 'cas_1', version: 1, personId: 'per_1' }])
  expect(dialog()).toBeNull()
  expect(place.current()?.mention.id).toBe('st-1')
})

it('closes what is marked in a list with the reason that was picked', async () => {
  const { fake, place, dialog, press, pick } = await list({
    cases: { bulk: () => ({ changed: [routed(1, 2), routed(2, 2)], undo: [1, 2], failed: [] }) },
  })
  place.toggle()
  place.select(1)
  place.toggle()
  await press('d')
  await pick('spam')
  expect(fake.called('cases.bulk')).toMatchObject([
    { ids: ['cas_1', 'cas_2'], action: { do: 'close', reason: 'spam' } },
  ])
  expect(place.selected.value.size).toBe(0)
  expect(dialog()).toBeNull()
})

it('notes what is written of the mention it was asked for, wherever the list stands by then', async () => {
  const { fake, place, press, write } = await list({ cases: { note: () => change(1) } })
  await press('n')
  place.select(1)
  await write('Called twice.')
  expect(fake.called('cases.note')).toEqual([{ id: 'cas_1', version: 1, text: 'Called twice.' }])
})

it('opens a case for what has none, to note something of it', async () => {
  const { fake, place, press, write } = await list({ cases: { open: () => change(3), note: () => change(3) } })
  place.select(2)
  await press('o')
  expect(fake.calls.filter(({ path }) => path.startsWith('cases.'))).toEqual([])
  await press('n')
  await write('Heard before.')
  expect(fake.called('cases.open')).toMatchObject([{ mentionId: 'st-3' }])
  expect(fake.called('cases.note')).toMatchObject([{ id: 'cas_3', text: 'Heard before.' }])
})

it('answers all that are marked with one text', async () => {
  const { fake, place, dialog, press, write } = await list({
    cases: { bulk: () => ({ changed: [routed(1, 2), routed(2, 2)], undo: [1, 2], failed: [] }) },
  })
  place.toggle()
  place.select(1)
  place.toggle()
  await press('r')
  expect(dialog()!.textContent).toContain('One answer for 2 cases')
  await write('We are on it.')
  expect(fake.called('cases.bulk')).toMatchObject([{ action: { do: 'reply', text: 'We are on it.', way: 'best' } }])
})

it('`p` makes a mention part of the problem that is picked', async () => {
  const problem = { id: 'prb_2', label: 'Payments fail', mentions: 9, authors: 7, networks: [] }
  const { fake, press, pick } = await list({
    problems: {
      list: () => [problem],
      get: () => problem,
      ofMention: () => ({ ...problem, id: 'prb_1', mentions: 4 }),
      split: () => ({ undo: 1, problem: { ...problem, id: 'prb_3', label: 'of its own' } }),
      merge: () => ({ undo: 2 }),
    },
  })
  await press('p')
  await pick('Payments fail')
  expect(fake.called('problems.split')).toEqual([{ id: 'prb_1', mentionIds: ['st-1'] }])
  expect(fake.called('problems.merge')).toEqual([{ id: 'prb_3', into: 'prb_2' }])
})
