// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import ListenEditor from '#renderer/features/listens/ListenEditor.vue'
import { handleKey } from '#renderer/composables/control/useKeys.ts'
import { explainText } from '#shared/query/explain.ts'
import { translate } from '#shared/query/dialects/translate.ts'
import type { Dialect } from '#shared/query/dialects/tree.ts'
import { mountInApp, settle } from '../support/mount.ts'

let mounted: { unmount(): void } | null = null
afterEach(() => {
  mounted?.unmount()
  mounted = null
})

async function editor(query = '') {
  const { wrapper } = await mountInApp(ListenEditor, {
    props: { start: { name: 'Ferry', colour: 1, query, enabled: true, routed: true }, saved: null },
    handlers: {
      listens: {
        explain: ({ query: text }: { query: string }) => explainText(text),
        translate: ({ query: text, dialect }: { query: string; dialect: Dialect | null }) => {
          const found = translate(text, dialect)
          return (
            found && {
              ...found,
              words: 'Mentions',
              notes: found.notes.map((note) => ({ ...note, message: note.why.code })),
            }
          )
        },
        preview: () => ({
          count: 0,
          estimated: false,
          matched: [],
          missed: [],
          gained: 0,
          lost: 0,
          gainedExamples: [],
          lostExamples: [],
        }),
      },
    },
  })
  mounted = wrapper
  const field = wrapper.get<HTMLTextAreaElement>('textarea')
  return {
    wrapper,
    field,
    async paste(text: string) {
      const { selectionStart: from, selectionEnd: to, value } = field.element
      const event = new Event('paste') as Event & { clipboardData: { getData(): string } }
      event.clipboardData = { getData: () => text }
      field.element.dispatchEvent(event)
      await field.setValue(value.slice(0, from) + text + value.slice(to))
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await settle()
    },
    async press(key: string, init: KeyboardEventInit = {}) {
      handleKey(new KeyboardEvent('keydown', { key, cancelable: true, ...init }))
      await settle()
    },
    shown: () => wrapper.find('.translation'),
  }
}

describe('what is pasted into a query', () => {
  it('is shown beside its translation, which one key takes', async () => {
    const { field, paste, press, shown } = await editor()
    await paste('from:sealine -filter:replies near:"Kiel"')
    expect(shown().text()).toContain('author:sealine NOT is:reply')
    expect(shown().text()).toContain('near:"Kiel"')
    expect(field.element.value).toBe('from:sealine -filter:replies near:"Kiel"')
    await press('t', { altKey: true })
    expect(field.element.value).toBe('author:sealine NOT is:reply')
    expect(shown().exists()).toBe(false)
  })

  it('stays as it is on Escape, and is asked about again by the key', async () => {
    const { field, paste, press, shown } = await editor()
    await paste('from:sealine')
    await field.trigger('keydown', { key: 'Escape' })
    expect([shown().exists(), field.element.value]).toEqual([false, 'from:sealine'])
    await press('t', { altKey: true })
    expect(shown().text()).toContain('author:sealine')
  })

  it('is not asked about where it is ours', async () => {
    const { paste, shown } = await editor()
    await paste('ferry AND (late OR "on strike")')
    expect(shown().exists()).toBe(false)
  })

  it('takes only its own place among what was there', async () => {
    const { field, paste, press } = await editor('ferry AND  NOT job')
    field.element.setSelectionRange(10, 10)
    await paste('from:sealine')
    await press('t', { altKey: true })
    expect(field.element.value).toBe('ferry AND (author:sealine) NOT job')
  })

  it('is no longer offered once it was changed by hand', async () => {
    const { field, paste, shown } = await editor()
    await paste('from:sealine')
    await field.setValue('from:sea')
    await settle()
    expect(shown().exists()).toBe(false)
  })

  it('is read as of the tool that a person chooses', async () => {
    const { paste, wrapper, shown } = await editor()
    await paste('ferry AND (late OR slow) text:boat')
    expect(shown().exists()).toBe(true)
    await wrapper.get<HTMLSelectElement>('.translation select').setValue('google')
    await settle()
    expect(shown().text()).toContain('Google')
  })
})
