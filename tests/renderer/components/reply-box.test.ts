// @vitest-environment happy-dom
import { asWritten } from '#shared/words/said.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import type { Reply, ReplyOption } from '#shared/model/reply.ts'
import type { Case } from '#shared/model/case.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import ReplyBox from '#renderer/components/reply/ReplyBox.vue'
import type { ReplyDoors, ReplyDraft } from '#renderer/components/reply/reply-ways.ts'
import { useLookers } from '#renderer/stores/lookers.ts'
import { makeCard } from '#tests/renderer/board/case-fixtures.ts'
import { feed } from '#tests/renderer/support/fake-station.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const way = (more: Partial<ReplyOption> = {}): ReplyOption => ({
  way: 'thread',
  sourceId: 'src_1',
  sourceName: 'Mastodon',
  network: 'mastodon',
  as: '@care@example.org',
  limit: 500,
  audience: 'everybody',
  manner: { warning: null, lang: null },
  possible: true,
  why: null,
  ...more,
})
const reply = (more: Partial<Reply>): Reply => ({
  id: 'ans_1',
  caseId: 'cas_1',
  way: 'thread',
  sourceId: 'src_1',
  sourceName: 'Mastodon',
  as: '@care@example.org',
  text: 'We are on it.',
  state: 'failed',
  url: null,
  advice: asWritten('The server refused it. Sign in again.'),
  attempts: 1,
  by: 'Mara',
  at: 0,
  nextAttemptAt: null,
  sentAt: null,
  ...more,
})

interface Given {
  over?: Partial<Case>
  mention?: Partial<MentionCard['mention']>
  ways?: ReplyOption[]
  /** The station names the ways only once this is settled. */
  waysAfter?: Promise<unknown>
  replies?: Reply[]
  missing?: string[]
  readers?: string[]
  length?: number
}
async function box(given: Given = {}) {
  const { over = {}, mention = {}, ways = [way()], replies = [], missing = [], readers = [], length, waysAfter } = given
  const sent: { what: string; draft: ReplyDraft }[] = []
  const card = shallowRef(makeCard({ id: 'cas_1', ...over }, mention))
  const doors: ReplyDoors = {
    openCase: () => Promise.resolve(true),
    reply: (draft) => Promise.resolve(Boolean(sent.push({ what: 'reply', draft }))),
    askApproval: (draft) => Promise.resolve(Boolean(sent.push({ what: 'ask', draft }))),
    approve: (yes) => Promise.resolve(Boolean(sent.push({ what: yes ? 'approve' : 'back', draft: {} as ReplyDraft }))),
    promise: () => Promise.resolve(true),
  }
  const lookers = feed<{ lookers: unknown[] }>()
  const root = defineComponent({
    setup() {
      useLookers().joined = true
      return () => h(ReplyBox, { card: card.value, doors })
    },
  })
  const app = await mountInApp(root, {
    handlers: {
      cases: {
        replyWays: () => (waysAfter ? waysAfter.then(() => ways) : ways),
        replies: () => replies,
        canned: () => [],
        suggestReplies: () => [],
        previewReply: ({ text }: { text: string }) => ({
          text: text.replace('{author}', 'Lena'),
          length: length ?? text.length,
          limit: 500,
          missing,
          readers,
        }),
        retryReply: () => replies[0],
        replyArrived: () => replies[0],
        look: () => ({}),
        lookers: (_input: never, { signal }: { signal?: AbortSignal }) => lookers.stream(signal),
      },
    },
  })
  const text = () => app.wrapper.text().replace(/\s+/g, ' ')
  const button = (name: string) => app.wrapper.findAll('button').find((one) => one.text().startsWith(name))
  return {
    ...app,
    card,
    sent,
    lookers,
    text,
    button,
    async open() {
      await app.wrapper.get('button.invite').trigger('click')
      await settle()
    },
    async write(words: string) {
      await app.wrapper.get('textarea').setValue(words)
      vi.advanceTimersByTime(500)
      await settle()
    },
    async send() {
      await app.wrapper.get('form').trigger('submit')
      await settle()
    },
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }))
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

describe('the reply box', () => {
  it('names whoever else reads a direct message, and asks once before it leaves', async () => {
    const direct = way({ way: 'direct', audience: 'customer' })
    const one = await box({ ways: [direct], readers: ['@shop@kaffora.example'] })
    await one.open()
    await one.write('Over to @shop@kaffora.example')
    expect(one.text()).toContain('Also read by @shop@kaffora.example')
    await one.send()
    expect(one.sent).toEqual([])
    expect(one.button('Send it to them too')).toBeDefined()
    await one.send()
    expect(one.sent[0]!.draft).toMatchObject({ way: 'direct', readers: ['@shop@kaffora.example'] })
  })

  it('shows the content warning and the language that it takes over, and sends what was changed of them', async () => {
    const one = await box({ ways: [way({ manner: { warning: 'food, burns', lang: 'de' } })] })
    await one.open()
    const warning = one.wrapper.get<HTMLInputElement>('.warning input')
    const lang = one.wrapper.get<HTMLSelectElement>('.manner select')
    expect([warning.element.value, lang.element.value]).toEqual(['food, burns', 'de'])
    await one.write('Sorry')
    await one.send()
    expect(one.sent[0]!.draft).toEqual({ text: 'Sorry', way: 'thread', sourceId: 'src_1', url: null })
  })

  it('sends a warning and a language that were changed', async () => {
    const one = await box({ ways: [way({ manner: { warning: 'food, burns', lang: 'de' } })] })
    await one.open()
    await one.wrapper.get('.warning input').setValue('')
    await one.wrapper.get('.manner select').setValue('en')
    await one.write('Sorry')
    await one.send()
    expect(one.sent[0]!.draft).toMatchObject({ warning: '', lang: 'en' })
  })

  it('says how the reply goes out and who can read it, and hands over what was written', async () => {
    const one = await box()
    await one.open()
    expect(one.text()).toContain('Goes out as @care@example.org on Mastodon. Everybody can read it.')
    await one.write('Hello {author}')
    expect(one.text()).toContain('As it will read: Hello Lena')
    expect(one.text()).toContain('14 of 500')
    await one.send()
    expect(one.sent).toEqual([
      { what: 'reply', draft: { text: 'Hello {author}', way: 'thread', sourceId: 'src_1', url: null } },
    ])
    expect(one.wrapper.find('textarea').exists()).toBe(false)
  })

  it('says plainly that nothing is sent where nothing can be, and why', async () => {
    const one = await box({ ways: [way({ possible: false, why: asWritten('Mastodon has no access token.') })] })
    await one.open()
    expect(one.text()).toContain('Recorded here, not sent')
    expect(one.text()).toContain('Mastodon has no access token.')
    await one.write('Told on the phone')
    await one.send()
    expect(one.sent[0]).toMatchObject({ what: 'reply', draft: { way: 'elsewhere', sourceId: null } })
  })

  it.each([
    ['too long', { length: 501 }, '1 too many'],
    ['not filled in', { missing: ['promise'] }, 'nothing to fill in for {promise}'],
  ])('does not send what is %s', async (_what, given, said) => {
    const one = await box(given)
    await one.open()
    await one.write('We write by {promise}')
    expect(one.text()).toContain(said)
    await one.send()
    expect(one.sent).toEqual([])
    expect(one.wrapper.get('textarea').element.value).toBe('We write by {promise}')
  })

  it('asks for approval where a rule wants a second person', async () => {
    const one = await box({ over: { needsApproval: true } })
    await one.open()
    await one.write('We call you')
    await one.send()
    expect(one.sent.map(({ what }) => what)).toEqual(['ask'])
  })

  it('does not make public what was private without a second step', async () => {
    const one = await box({ mention: { private: true }, ways: [way()] })
    await one.open()
    expect(one.wrapper.get<HTMLInputElement>('input[value=elsewhere]').element.checked).toBe(true)
    await one.wrapper.get('input[value="thread src_1"]').setValue()
    await one.write('Hello')
    await one.send()
    expect(one.sent).toEqual([])
    expect(one.text()).toContain('The customer wrote to you alone. This reply is public: Everybody can read it.')
    await one.button('Back to the text')!.trigger('click')
    await one.send()
    expect(one.sent).toEqual([])
    await one.send()
    expect(one.sent).toHaveLength(1)
  })

  it('asks once when a colleague is writing, and not when only somebody looks', async () => {
    const one = await box()
    const mara = {
      page: 'p2',
      officer: { id: 'officer:mara', name: 'Mara' },
      caseId: 'cas_1',
      doing: 'looking',
      since: 0,
    }
    one.lookers.push({ lookers: [mara] })
    await one.open()
    one.lookers.push({ lookers: [{ ...mara, doing: 'writing' }] })
    await settle()
    await one.write('Hello')
    await one.send()
    expect(one.sent).toEqual([])
    expect(one.text()).toContain('Mara is writing a reply. Send yours anyway?')
    await one.send()
    expect(one.sent).toHaveLength(1)
  })

  it('keeps a draft when it is left', async () => {
    const one = await box()
    await one.open()
    await one.write('Half a')
    await one.wrapper.get('form').trigger('keydown', { key: 'Escape' })
    await settle()
    expect(one.wrapper.find('textarea').exists()).toBe(false)
    expect(one.text()).toContain('Draft: Half a')
    await one.open()
    expect(one.wrapper.get('textarea').element.value).toBe('Half a')
  })

  it.each([
    ['goes out by it', [way()], 1],
    ['does not pass for an answer given elsewhere', [], 0],
  ])('waits for the way when it is sent before that is known, and %s', async (_what, ways, count) => {
    const known = Promise.withResolvers<void>()
    const one = await box({ ways, waysAfter: known.promise })
    await one.open()
    await one.wrapper.get('textarea').setValue('We are on it.')
    await one.send()
    expect(one.sent).toEqual([])
    known.resolve()
    await settle()
    await settle()
    expect(one.sent.map(({ draft }) => draft.way)).toEqual(Array(count).fill('thread'))
  })

  it('sends nothing later that could not be sent when the connection was lost', async () => {
    const known = Promise.withResolvers<void>()
    const one = await box({ waysAfter: known.promise })
    await one.open()
    await one.wrapper.get('textarea').setValue('We are on it.')
    await one.send()
    one.fake.drop()
    await settle()
    one.fake.connect()
    known.resolve()
    await settle()
    expect(one.sent).toEqual([])
    expect(one.wrapper.get('textarea').element.value).toBe('We are on it.')
  })
})

describe('what became of an answer', () => {
  it('is said with what to do, and can be sent again or written anew', async () => {
    const one = await box({ over: { answer: 'failed' }, replies: [reply({})] })
    await settle()
    expect(one.text()).toContain('Not sent')
    expect(one.text()).toContain('The server refused it. Sign in again.')
    await one.button('Send again')!.trigger('click')
    await settle()
    expect(one.fake.called('cases.retryReply')).toEqual([{ id: 'ans_1' }])
    await one.button('Write anew')!.trigger('click')
    await settle()
    expect(one.wrapper.get('textarea').element.value).toBe('We are on it.')
  })

  it('is not called sent while nobody knows', async () => {
    const one = await box({ over: { answer: 'unknown' }, replies: [reply({ state: 'unknown' })] })
    await settle()
    expect(one.text()).toContain('May not have arrived')
    await one.button('It did arrive')!.trigger('click')
    await settle()
    expect(one.fake.called('cases.replyArrived')).toEqual([{ id: 'ans_1', url: null }])
  })

  it('links only to the web', async () => {
    const link = async (url: string) => {
      const one = await box({ over: { answer: 'sent' }, replies: [reply({ state: 'sent', url })] })
      await settle()
      return one.wrapper.find('a').exists()
    }
    expect(await link('https://mastodon.example/@care/1')).toBe(true)
    expect(await link('javascript:alert(1)')).toBe(false)
  })
})

describe('a reply that waits for approval', () => {
  const pendingReply = {
    text: 'We call you today.',
    by: 'officer:mara',
    at: 0,
    way: 'thread',
    sourceId: 'src_1',
  } as const
  it('is approved by another officer, who sees how it leaves', async () => {
    const one = await box({ over: { pendingReply } })
    expect(one.text()).toContain('We call you today.')
    expect(one.text()).toContain('Once approved: In the thread.')
    await one.button('Approve and send')!.trigger('click')
    expect(one.sent.map(({ what }) => what)).toEqual(['approve'])
  })
  it('is not offered to whoever wrote it', async () => {
    const one = await box({ over: { pendingReply: { ...pendingReply, by: 'officer' } } })
    expect(one.text()).toContain('It is yours: a colleague under another name approves it.')
    expect(one.button('Approve')).toBeUndefined()
  })
})
