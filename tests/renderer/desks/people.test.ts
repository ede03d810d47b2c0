// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import PeopleImport from '#renderer/features/desks/PeopleImport.vue'
import PeoplePanel from '#renderer/features/desks/PeoplePanel.vue'
import type { Person } from '#shared/model/person.ts'
import { mountInApp, settle } from '../support/mount.ts'

let mounted: { unmount(): void } | null = null
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  mounted?.unmount()
  mounted = null
  vi.useRealTimers()
})

const person = (name: string): Person => ({
  id: name.toLowerCase(), name, email: '', deskIds: [], skills: [], languages: [], countries: [],
  hours: { timeZone: 'UTC', spans: [], holidays: [] }, capacity: 5, presence: 'available', archived: false,
}) // prettier-ignore

describe('people', () => {
  it('stay open with what is being written while the list is narrowed to others', async () => {
    const all = ['Ana', 'Bo', 'Cy'].map(person)
    const { wrapper } = await mountInApp(PeoplePanel, {
      handlers: {
        desks: {
          people({ search }: { search: string }) {
            const found = all.filter(({ name }) => name.includes(search))
            return { items: found.map((one) => ({ person: one, open: 0 })), next: null, total: found.length }
          },
        },
      },
    })
    mounted = wrapper
    const name = () => wrapper.get<HTMLInputElement>('form .form-name input')
    expect(name().element.value).toBe('Ana')
    await name().setValue('Ana Vogel')
    await wrapper.get('input[type=search]').setValue('Bo')
    vi.advanceTimersByTime(200)
    await settle()
    expect(wrapper.find('.num').text()).toBe('1')
    expect(name().element.value).toBe('Ana Vogel')
  })
})

describe('a file of people', () => {
  it('shows the plan of the file that was chosen last, whichever answer comes first', async () => {
    const answers = new Map<string, () => void>()
    const { wrapper, fake } = await mountInApp(PeopleImport, {
      handlers: {
        desks: {
          importPeople: ({ csv }: { csv: string }) =>
            new Promise((resolve) =>
              answers.set(csv, () =>
                resolve({
                  rows: csv === 'first' ? 1 : 2,
                  people: { added: 1, changed: 0, same: 0 },
                  desks: { added: 0 },
                  problems: [],
                  changes: [],
                }),
              ),
            ),
        },
      },
    })
    mounted = wrapper
    const field = wrapper.get<HTMLInputElement>('input[type=file]')
    expect(document.activeElement).toBe(field.element)
    for (const csv of ['first', 'second']) {
      const file = { name: `${csv}.csv`, size: 1, arrayBuffer: async () => new TextEncoder().encode(csv).buffer }
      Object.defineProperty(field.element, 'files', { value: [file], configurable: true })
      await field.trigger('change')
      await settle()
    }
    answers.get('second')!()
    await settle()
    answers.get('first')!()
    await settle()
    expect(wrapper.text()).toContain('2 rows')
    await wrapper.findAll('button').at(-1)!.trigger('click')
    expect(fake.called('desks.importPeople').at(-1)).toEqual({ csv: 'second', apply: true })
  })
})
