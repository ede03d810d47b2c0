// @vitest-environment happy-dom
import { wireFailure } from '#tests/support/wire-failure.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, reactive, ref } from 'vue'
import AppForm from '#renderer/components/AppForm.vue'
import FormActions from '#renderer/components/FormActions.vue'
import FormInput from '#renderer/components/FormInput.vue'
import { useForm } from '#renderer/composables/forms/useForm.ts'
import type { Form } from '#renderer/composables/forms/useForm.ts'
import { go, leaving, parseHash, useRoute } from '#renderer/stores/address.ts'
import { mountInApp, settle } from '../support/mount.ts'

interface Setup {
  save?: (name: string, id: string) => Promise<unknown>
  /** Saving gives the thing its id. */
  identify?: boolean
  keepsDraft?: boolean
}
let mounted: { unmount(): void } | null = null

/** A form of two fields whose saving the test decides on. */
async function mountForm({ save = async () => ({}), identify = false, keepsDraft = false }: Setup = {}) {
  let form!: Form
  const log: string[] = []
  const there = ref(true)
  const Probe = defineComponent({
    setup() {
      const start = { id: 'new', name: 'Care', note: '' }
      const draft = reactive({ ...start })
      form = useForm({
        written: () => draft,
        faults: () => (draft.name.trim() === '' ? { name: 'This is needed.' } : {}),
        save: () => save(draft.name, draft.id),
        saved() {
          if (identify) draft.id = 'known'
          log.push(`saved ${draft.name}`)
        },
        reset: () => Object.assign(draft, start),
        keepsDraft,
      })
      return () =>
        h(AppForm, { form, onCancel: () => log.push('cancel') }, {
          head: () => h(FormActions, { form }),
          default: () => [
            h(FormInput<string>, { label: 'Name', hint: 'As people call it', name: 'name', required: true, modelValue: draft.name, 'onUpdate:modelValue': (value: string) => void (draft.name = value) }), // prettier-ignore
            h(FormInput<string>, { label: 'Note', name: 'note', rows: 3, modelValue: draft.note, 'onUpdate:modelValue': (value: string) => void (draft.note = value) }), // prettier-ignore
          ],
        }) // prettier-ignore
    },
  })
  const Host = defineComponent({ setup: () => () => (there.value ? h(Probe) : null) })
  const { wrapper } = await mountInApp(Host)
  mounted = wrapper
  const input = wrapper.get('input')
  const button = wrapper.get('button[type=submit]')
  const key = async (more: KeyboardEventInit & { key: string }) => {
    await input.trigger('keydown', more)
    await settle()
  }
  return { wrapper, input, button, key, form, log, there }
}
const dialog = () => document.querySelector('dialog')
const press = async (words: string) => {
  const found = [...document.querySelectorAll('dialog button')].find((one) => one.textContent?.trim() === words)
  ;(found as HTMLButtonElement).click()
  await settle()
}

afterEach(() => {
  mounted?.unmount()
  mounted = null
})

describe('a field', () => {
  it('ties label, hint and fault to what is operated', async () => {
    const { wrapper, input, button } = await mountForm()
    const label = wrapper.get('label')
    expect(label.attributes('for')).toBe(input.attributes('id'))
    expect(wrapper.get(`#${CSS.escape(input.attributes('aria-describedby')!)}`).text()).toBe('As people call it')
    expect(input.attributes('required')).toBeDefined()
    await input.setValue(' ')
    expect(input.attributes('aria-invalid')).toBeUndefined()
    await button.trigger('submit')
    await settle()
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(wrapper.get(`#${CSS.escape(input.attributes('aria-describedby')!)}`).text()).toBe('▲ This is needed.')
    expect(document.activeElement).toBe(input.element)
  })
  it('says what is wrong once it was left, not while it is written', async () => {
    const { input } = await mountForm()
    await input.setValue('')
    expect(input.attributes('aria-invalid')).toBeUndefined()
    await input.trigger('focusout')
    expect(input.attributes('aria-invalid')).toBe('true')
  })
  it('shows what the station refused, until something is written anew', async () => {
    const refuse = async () =>
      Promise.reject(wireFailure('user', { code: 'asWritten', values: { text: 'The name is taken.', field: 'name' } }))
    const { wrapper, input, key, form } = await mountForm({ save: refuse })
    await input.setValue('Press')
    await key({ key: 'Enter', ctrlKey: true })
    expect(wrapper.text()).toContain('The name is taken.')
    expect(wrapper.get('.state').text()).toBe('Not saved')
    expect(form.problem.value).toBe('')
    await input.setValue('Press 2')
    expect(wrapper.text()).not.toContain('The name is taken.')
  })
})

describe('saving', () => {
  it('goes from clean over dirty and saving to saved', async () => {
    let answer!: (value: unknown) => void
    const { wrapper, input, button, key, log } = await mountForm({
      save: () => new Promise((resolve) => (answer = resolve)),
    })
    const state = () => wrapper.get('.state').text()
    expect([state(), button.attributes('disabled')]).toEqual(['', ''])
    await input.setValue('Press')
    expect([state(), button.attributes('disabled')]).toEqual(['Unsaved changes', undefined])
    await key({ key: 'Enter', ctrlKey: true })
    expect([state(), button.attributes('aria-busy')]).toEqual(['Saving', 'true'])
    // A second key press while the first is on its way saves nothing twice.
    await key({ key: 's', metaKey: true })
    answer({})
    await settle()
    expect([state(), log]).toEqual(['Saved', ['saved Press']])
    await input.setValue('Press 3')
    expect(state()).toBe('Unsaved changes')
  })
  it('sends what was written while the first save was on its way, once, as the same thing', async () => {
    const sent: string[] = []
    const answers: ((value: unknown) => void)[] = []
    const { wrapper, input, key, form } = await mountForm({
      save: (name, id) => new Promise((resolve) => (sent.push(`${id} ${name}`), answers.push(resolve))),
      identify: true,
    })
    await input.setValue('Press')
    await key({ key: 'Enter', ctrlKey: true })
    await input.setValue('Press office')
    await key({ key: 'Enter', ctrlKey: true })
    await key({ key: 'Enter', ctrlKey: true })
    answers[0]!({})
    await settle()
    expect(sent).toEqual(['new Press', 'known Press office'])
    answers[1]!({})
    await settle()
    expect([sent.length, wrapper.get('.state').text(), form.changed.value]).toEqual([2, 'Saved', false])
  })
  it('counts the id that it was given as kept, and what was written meanwhile as unsaved', async () => {
    let answer!: (value: unknown) => void
    const { input, key, form } = await mountForm({
      save: () => new Promise((resolve) => (answer = resolve)),
      identify: true,
    })
    await input.setValue('Press')
    await key({ key: 'Enter', ctrlKey: true })
    answer({})
    await settle()
    expect(form.changed.value).toBe(false)
    await key({ key: 'Enter', ctrlKey: true })
    await input.setValue('Press 2')
    answer({})
    await settle()
    expect([form.changed.value, (input.element as HTMLInputElement).value]).toEqual([true, 'Press 2'])
  })
  it('keeps what is written when it fails, and says so above the form', async () => {
    const { wrapper, input, key } = await mountForm({ save: () => Promise.reject(new Error('The disk is full.')) })
    await input.setValue('Press')
    await key({ key: 'Enter', ctrlKey: true })
    expect(wrapper.get('[role=alert]').text()).toContain('The disk is full.')
    expect((input.element as HTMLInputElement).value).toBe('Press')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeUndefined()
  })
  it('does not save what is faulty', async () => {
    const sent: string[] = []
    const { input, key } = await mountForm({ save: async (name) => sent.push(name) })
    await input.setValue('')
    await key({ key: 'Enter', ctrlKey: true })
    expect(sent).toEqual([])
  })
})

describe('leaving', () => {
  it('by Escape goes at once when nothing was changed', async () => {
    const { key, log } = await mountForm()
    await key({ key: 'Escape' })
    expect([log, dialog()]).toEqual([['cancel'], null])
  })
  it('by Escape asks when something would be lost, and keeps it unless told', async () => {
    const { input, key, log, form } = await mountForm()
    await input.setValue('Press')
    await key({ key: 'Escape' })
    expect(dialog()?.textContent).toContain('Discard the changes?')
    await press('Keep editing')
    expect([log, form.changed.value]).toEqual([[], true])
    await key({ key: 'Escape' })
    await press('Discard the changes')
    expect([log, (input.element as HTMLInputElement).value]).toEqual([['cancel'], 'Care'])
  })
  it('for another view asks too', async () => {
    go('desks')
    const { input } = await mountForm()
    await input.setValue('Press')
    go('wall', [], {}, true)
    await settle()
    expect([dialog() !== null, useRoute().value.view]).toEqual([true, parseHash('#/desks').view])
    await press('Discard the changes')
    expect(useRoute().value.view).toBe('wall')
  })
  it('waits for what is being saved: goes on once it is kept, stays when it was refused', async () => {
    let answer!: { keep(): void; refuse(): void }
    const { wrapper, input, key, log } = await mountForm({
      save: () =>
        new Promise((resolve, reject) => {
          answer = { keep: () => resolve({}), refuse: () => reject(new Error('The disk is full.')) }
        }),
    })
    await input.setValue('Press')
    await key({ key: 'Enter', ctrlKey: true })
    leaving(() => log.push('went'))
    answer.refuse()
    await settle()
    expect([log, dialog()]).toEqual([[], null])
    expect(wrapper.text()).toContain('The disk is full.')
    await key({ key: 'Enter', ctrlKey: true })
    await key({ key: 'Escape' })
    expect(log).toEqual([])
    answer.keep()
    await settle()
    expect(log).toEqual(['saved Press', 'cancel'])
  })
  it('asks nobody when the form is gone, or when its draft is kept elsewhere', async () => {
    const first = await mountForm()
    await first.input.setValue('Press')
    first.there.value = false
    await settle()
    let went = 0
    leaving(() => went++)
    expect(went).toBe(1)
    mounted?.unmount()
    const second = await mountForm({ keepsDraft: true })
    await second.input.setValue('Press')
    leaving(() => went++)
    expect(went).toBe(2)
  })
})
