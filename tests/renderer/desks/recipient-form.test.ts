// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import RecipientForm from '#renderer/features/desks/RecipientForm.vue'
import { emptyRecipient, withPerson } from '#renderer/features/desks/recipientDraft.ts'
import type { AlertRecipientDraft } from '#shared/model/alert-recipient.ts'
import type { Person } from '#shared/model/person.ts'
import { mountInApp, settle } from '../support/mount.ts'

const person = (id: string, name: string, email = ''): Person => ({
  id,
  name,
  email,
  deskIds: [],
  skills: [],
  languages: [],
  countries: [],
  hours: { timeZone: 'UTC', spans: [], holidays: [] },
  capacity: 10,
  presence: 'available',
  archived: false,
})
const ada = person('per_ada', 'Ada Lovelace', 'ada@company.example')
const people = [ada, person('per_bob', 'Bob')]

async function open(start: AlertRecipientDraft) {
  const sent: AlertRecipientDraft[] = []
  const app = await mountInApp(RecipientForm, {
    props: { start, secretsSet: [], timeZone: 'UTC' },
    handlers: {
      desks: {
        list: () => [],
        people: ({ search }: { search: string }) => {
          const found = people.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
          return { items: found.map((person) => ({ person, open: 0 })), next: null, total: found.length }
        },
      },
      alerts: {
        saveRecipient(draft: AlertRecipientDraft) {
          sent.push(draft)
          return { recipient: { ...draft, id: 'rcp_1' }, undo: 1 }
        },
      },
    },
  })
  const who = () => app.wrapper.get('button[role=combobox]')
  return { ...app, sent, who }
}

it('somebody of the organisation is picked, brings name and address, and is kept', async () => {
  const { wrapper, sent, who } = await open({
    ...emptyRecipient('en'),
    config: { to: '', account: '', host: 'mail.example', port: '587', secure: 'false', user: '', from: 'a@b.example' },
  })
  expect(who().text()).toBe('nobody of it')
  await who().trigger('click')
  await settle()
  const options = [...document.querySelectorAll<HTMLElement>('dialog [role=option], [role=dialog] [role=option]')]
  options.find((one) => one.textContent.includes('Ada'))!.click()
  await settle()
  expect(who().text()).toBe('Ada Lovelace')
  expect(wrapper.get<HTMLInputElement>('input[type=email]').element.value).toBe('ada@company.example')
  await wrapper.get('form').trigger('submit')
  await settle()
  expect(sent[0]).toMatchObject({ personId: 'per_ada', name: 'Ada Lovelace', config: { to: 'ada@company.example' } })
  wrapper.unmount()
})

it('somebody who is not among the first that are found is said to be of the organisation', async () => {
  const { wrapper, who } = await open({ ...emptyRecipient('en'), name: 'Zoe', personId: 'per_far_down' })
  expect(who().text()).toBe('a person of the organisation')
  wrapper.unmount()
})

it('what was written stays: a person brings no name and no address over it, and none where none is', () => {
  const draft = { ...emptyRecipient('en'), name: 'On call', config: { to: 'duty@company.example' } }
  expect(withPerson(draft, ada)).toMatchObject({ personId: 'per_ada', name: 'On call', config: draft.config })
  const chat = { ...emptyRecipient('en'), kind: 'chat' as const, config: { url: 'https://x.example' } }
  expect(withPerson(chat, ada)).toMatchObject({ name: 'Ada Lovelace', config: chat.config })
  expect(withPerson({ ...draft, personId: 'per_ada' }, null).personId).toBeNull()
})
