// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { defineComponent, h, ref } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import QueryView from '#renderer/components/QueryView.vue'
import { useQuery } from '#renderer/client/use-query.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

let mounted: { unmount(): void } | null = null
afterEach(() => {
  mounted?.unmount()
  mounted = null
})

/** A list of words that is asked for by `about`; each answer is given by hand. */
async function view(props: Record<string, unknown> = {}) {
  const about = ref('a')
  const asked: { resolve(words: string[]): void; reject(error: Error): void }[] = []
  const root = defineComponent({
    setup() {
      const query = useQuery((client, signal) => client.cases.canned(undefined, { signal }), { watch: about })
      const words = () => query.data.value as unknown as string[] | null
      return () =>
        h(QueryView, { query, empty: words()?.length === 0, emptyTitle: 'No words', rows: 2, ...props }, {
          default: ({ data }: { data: unknown }) => h('p', (data as string[]).join(' ')),
        } as never)
    },
  })
  const app = await mountInApp(root, {
    handlers: { cases: { canned: () => new Promise((resolve, reject) => asked.push({ resolve, reject })) } },
  })
  mounted = app.wrapper
  const answer = async (at: number, with_: string[] | Error) => {
    if (with_ instanceof Error) asked[at]!.reject(with_)
    else asked[at]!.resolve(with_)
    await settle()
  }
  return { ...app, about, answer, asked, text: () => app.wrapper.text() }
}
const refused = new ORPCError('UNAVAILABLE', { message: 'The disk is full.' })

describe('a question on screen', () => {
  it('loads quietly, shows its answer, and says when there is nothing in it', async () => {
    const { wrapper, answer, text, about } = await view()
    expect(wrapper.findAll('.bar')).toHaveLength(2)
    await answer(0, ['one', 'two'])
    expect(text()).toBe('one two')
    about.value = 'b'
    await settle()
    expect(text()).toBe('one two')
    await answer(1, [])
    expect(text()).toContain('No words')
  })

  it('shows the answer to what was asked last, whichever comes first', async () => {
    const { answer, text, about } = await view()
    about.value = 'b'
    await settle()
    await answer(1, ['of b'])
    await answer(0, ['of a'])
    expect(text()).toBe('of b')
  })

  it('says what failed and asks again, but never in place of an answer that is there', async () => {
    const { wrapper, answer, text, about } = await view()
    await answer(0, refused)
    expect(text()).toContain('The disk is full.')
    await wrapper.get('button').trigger('click')
    await answer(1, ['one'])
    expect(text()).toBe('one')
    about.value = 'b'
    await settle()
    await answer(2, refused)
    expect(text()).toBe('one')
  })

  it('lets a failure take the place of an answer to something else, where what is asked changes', async () => {
    const { answer, text, about } = await view({ strict: true, errorTitle: 'Not asked' })
    await answer(0, ['one'])
    about.value = 'b'
    await settle()
    await answer(1, refused)
    expect(text()).toContain('Not asked')
  })

  it('says that the line is down while there is nothing to show, and asks again when it is back', async () => {
    const { fake, answer, text, wrapper } = await view()
    fake.drop()
    await settle()
    expect(text()).toContain('No connection')
    fake.connect()
    await settle()
    expect(wrapper.findAll('.bar')).toHaveLength(2)
    await answer(1, ['one'])
    fake.drop()
    await settle()
    expect(text()).toBe('one')
  })
})
