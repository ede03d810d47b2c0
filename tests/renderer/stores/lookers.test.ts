// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { Looker } from '#shared/model/looker.ts'
import { keepOfficerName, keptOfficerName } from '#renderer/client/officer-name.ts'
import { lookerWords } from '#renderer/components/looker-words.ts'
import { byCase, useLook, useLookers } from '#renderer/stores/lookers.ts'
import { feed, idle } from '#tests/renderer/support/fake-station.ts'
import { mountInApp, runInApp, settle } from '#tests/renderer/support/mount.ts'

const looker = (page: string, name: string, caseId: string | null, doing: Looker['doing'] = 'looking'): Looker => ({
  page,
  officer: { id: `officer:${name.toLowerCase()}`, name },
  caseId,
  doing,
  since: 0,
})
const say = (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(' ')

describe('who else has a case open', () => {
  it('is grouped by case, writers first', () => {
    const lookers = [looker('1', 'Ana', 'a'), looker('2', 'Ben', 'a', 'writing'), looker('3', 'Cem', null)]
    const cases = byCase(lookers, new Map())
    expect([...cases.keys()]).toEqual(['a'])
    expect(cases.get('a')?.map(({ officer }) => officer.name)).toEqual(['Ben', 'Ana'])
  })

  it('keeps the list of a case for which nothing changed', () => {
    const before = byCase([looker('1', 'Ana', 'a'), looker('2', 'Ben', 'b')], new Map())
    const after = byCase([looker('1', 'Ana', 'a'), looker('2', 'Ben', 'b', 'writing')], before)
    expect(after.get('a')).toBe(before.get('a'))
    expect(after.get('b')).not.toBe(before.get('b'))
  })

  it('is said in words', () => {
    expect(lookerWords([], null, say)).toEqual({ name: '', whole: '' })
    expect(lookerWords([looker('1', 'Ana', 'a')], null, say)).toEqual({ name: 'Ana', whole: 'looker.looking Ana' })
    const both = [looker('2', 'Ben', 'a', 'writing'), looker('1', 'Ana', 'a'), looker('3', 'Cem', 'a')]
    expect(lookerWords(both, null, say).whole).toBe('looker.writing Ben · looker.looking looker.and Ana 1')
  })

  it('tells an own second window from a colleague', () => {
    const own = lookerWords([looker('1', 'Ana', 'a', 'writing')], 'officer:ana', say)
    expect(own.whole).toBe('looker.writing looker.window Ana')
  })
})

describe('what this page shows', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  function joined() {
    const lookers = useLookers()
    lookers.joined = true
    return lookers
  }
  async function page() {
    const stream = feed<{ lookers: Looker[] }>()
    const app = await runInApp(joined, {
      handlers: {
        cases: {
          lookers: (_input: never, { signal }: { signal?: AbortSignal }) => stream.stream(signal),
          look: () => ({}),
        },
      },
    })
    return { ...app, stream }
  }

  it('is said when the page connects and again as a sign of life', async () => {
    const { fake } = await page()
    expect(fake.called('cases.look')).toEqual([{ id: null, doing: 'looking' }])
    vi.advanceTimersByTime(30_000)
    expect(fake.called('cases.look')).toHaveLength(2)
  })

  it('leaves out the page itself', async () => {
    const { stream, result } = await page()
    stream.push({ lookers: [looker('page_1', 'Test', 'a', 'writing'), looker('page_2', 'Ana', 'a')] })
    await settle()
    expect(result.others.map(({ page: id }) => id)).toEqual(['page_2'])
    expect(result.on('a').map(({ officer }) => officer.name)).toEqual(['Ana'])
    expect(result.on('b')).toEqual([])
  })

  it('is said to nobody where no colleague can be', async () => {
    const { result, fake } = await runInApp(() =>
      useLook(
        () => 'a',
        () => true,
      ),
    )
    expect(result.value).toEqual([])
    expect(fake.called('cases.look')).toEqual([])
  })

  it('names the newest thing on screen, at once when somebody writes', async () => {
    const id = ref<string | null>('a')
    const writing = ref(false)
    const shown = ref(true)
    const child = defineComponent({
      setup() {
        useLook(
          () => id.value,
          () => writing.value,
        )
        return () => h('div')
      },
    })
    const root = defineComponent({
      setup() {
        joined()
        return () => (shown.value ? h(child) : null)
      },
    })
    const handlers = {
      cases: { lookers: (_input: never, { signal }: { signal?: AbortSignal }) => idle(signal), look: () => ({}) },
    }
    const { fake } = await mountInApp(root, { handlers })
    const last = () => fake.called('cases.look').at(-1)
    expect(last()).toEqual({ id: 'a', doing: 'looking' })
    writing.value = true
    await settle()
    expect(last()).toEqual({ id: 'a', doing: 'writing' })
    id.value = 'b'
    writing.value = false
    await settle()
    expect(last()).toEqual({ id: 'a', doing: 'writing' })
    vi.advanceTimersByTime(300)
    expect(last()).toEqual({ id: 'b', doing: 'looking' })
    shown.value = false
    await settle()
    vi.advanceTimersByTime(300)
    expect(last()).toEqual({ id: null, doing: 'looking' })
  })
})

describe('the name kept in this browser', () => {
  afterEach(() => keepOfficerName(''))
  it('is cleaned, kept and forgotten', () => {
    keepOfficerName('  Mara\u202e ')
    expect(keptOfficerName()).toBe('Mara')
    keepOfficerName('')
    expect(keptOfficerName()).toBe('')
  })
})
