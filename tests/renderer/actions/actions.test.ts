// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { asWritten, said } from '#shared/words/said.ts'
import { wireFailure } from '#tests/support/wire-failure.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useActionKeys } from '#renderer/actions/useActionKeys.ts'
import { useActions } from '#renderer/actions/useActions.ts'
import { handleKey, useKeys } from '#renderer/composables/control/useKeys.ts'
import { useMentionList } from '#renderer/composables/mentions/useMentionList.ts'
import { useCardChanges } from '#renderer/stores/deeds.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { caseOf, mentionCard, seqOf } from '#tests/renderer/support/cards.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

const toasts = () => useToasts().toasts

const routed = (seq: number, version = 1): MentionCard => {
  const card = mentionCard(seq)
  return { ...card, case: caseOf(card, { version }) }
}
let entry = 100
const change = (card: MentionCard) => ({ card, undo: ++entry })

async function runWith(handlers: Handlers) {
  const heard: MentionCard[] = []
  const app = await runInApp(
    () => {
      useCardChanges((card) => heard.push(card))
      return useActions()
    },
    { handlers },
  )
  return { ...app, heard }
}
const actionsWith = (cases: Handlers[string], mentions: Handlers[string] = {}) => runWith({ cases, mentions })

it('routes a case with the version that was seen, and opens one where there is none', async () => {
  const { result, fake, heard } = await actionsWith({
    route: (input: { id: string }) => change(routed(Number(input.id.slice(4)), 2)),
    open: () => change(routed(2)),
  })
  await result.act('route', [routed(1, 7), mentionCard(2)], { deskId: 'desk_2' })
  expect(fake.called('cases.route')).toEqual([{ id: 'cas_1', version: 7, deskId: 'desk_2' }])
  expect(fake.called('cases.open')).toEqual([{ mentionId: 'st-2', deskId: 'desk_2', priority: 'normal' }])
  expect(heard.map((card) => seqOf(card))).toEqual([1, 2])
})

it('takes several back with one undo, last first', async () => {
  entry = 100
  const { result, fake } = await actionsWith({
    bulk: ({ ids }: { ids: string[] }) => ({
      changed: ids.map((id) => routed(Number(id.slice(4)), 2)),
      undo: ids.map(() => ++entry),
      failed: [],
    }),
    undo: ({ entry: which }: { entry: number }) => ({ undone: String(which), card: routed(1), cannot: null }),
  })
  await result.act('accept', [routed(1), routed(2), routed(3)], {})
  await result.undo()
  expect(fake.called('cases.undo')).toEqual([{ entry: 103 }, { entry: 102 }, { entry: 101 }])
  await result.undo()
  expect(toasts().at(-1)?.text).toBe('Nothing to take back.')
})

it('says what lies outside Earshot and stays', async () => {
  const { result } = await actionsWith({
    close: () => change(routed(1)),
    undo: () => ({ undone: 'x', card: null, cannot: asWritten('The mail was already sent.') }),
  })
  await result.act('close', [routed(1)], { reason: 'noAction' })
  await result.undo()
  expect(toasts().at(-1)).toMatchObject({
    kind: 'problem',
    text: expect.stringContaining('The mail was already sent.'),
  })
})

it('shows a conflict, changes nothing and remembers nothing', async () => {
  const { result, heard, fake } = await actionsWith({
    accept: () => {
      throw wireFailure('user', said('case.changedMeanwhile', { who: 'Ines' }))
    },
  })
  expect(await result.act('accept', [routed(1)], {})).toEqual([])
  expect(heard).toEqual([])
  expect(toasts().at(-1)).toMatchObject({
    kind: 'problem',
    text: 'Somebody was faster: Ines changed this case meanwhile. Nothing was done; look at it again.',
  })
  await result.undo()
  expect(fake.called('cases.undo')).toEqual([])
})

it('gives the label back that was there, by the entry of the journal', async () => {
  const card = mentionCard(5)
  const { result, fake, heard } = await runWith({
    mentions: { relabel: () => card, get: () => mentionCard(5, { text: 'as before' }) },
    review: {
      journal: () => ({
        items: [
          { seq: 9, kind: 'case.opened' },
          { seq: 8, kind: 'mention.relabelled' },
        ],
        next: null,
      }),
    },
    cases: { undo: () => ({ undone: 'x', card: null, cannot: null }) },
  })
  await result.relabel([card], 'positive')
  expect(fake.called('mentions.relabel')).toEqual([{ id: 'st-5', label: 'positive' }])
  await result.undo()
  expect(fake.called('cases.undo')).toEqual([{ entry: 8 }])
  expect(heard.at(-1)?.mention.text).toBe('as before')
})

it('mutes an author once, however many of the mentions are chosen', async () => {
  const author = { id: 'same', handle: '@same', name: null, url: null, followers: null }
  const { result, fake, heard } = await actionsWith(
    { undo: () => ({ undone: 'x', card: null, cannot: null }) },
    { muteAuthor: () => ({ undo: 7 }) },
  )
  await result.mute([mentionCard(1, { author }), mentionCard(2, { author })], 'author')
  expect(fake.called('mentions.muteAuthor')).toEqual([{ id: 'st-1' }])
  await result.undo()
  expect(fake.called('cases.undo')).toEqual([{ entry: 7 }])
  expect(heard.at(-1)?.muted).toBe(false)
})

it('says so when the line is down', async () => {
  const { result, fake } = await actionsWith({ accept: () => change(routed(1)) })
  fake.drop()
  await settle()
  await result.act('accept', [routed(1)], {})
  expect(toasts().at(-1)?.text).toMatch(/^Not done, no connection to the station: /)
})

/** An answer that comes when the test says so. */
const late = <T>() => Promise.withResolvers<T>()

describe('on a station that takes its time', () => {
  it('two decisions on one mention follow each other, the second on what came of the first', async () => {
    const first = late<ReturnType<typeof change>>()
    const { result, fake } = await actionsWith({
      accept: () => first.promise,
      route: () => change(routed(1, 3)),
    })
    const seen = routed(1, 1)
    const both = [result.act('accept', [seen], {}), result.act('route', [seen], { deskId: 'desk_2' })]
    await settle()
    expect(fake.called('cases.route')).toEqual([])
    first.resolve(change(routed(1, 2)))
    await Promise.all(both)
    expect(fake.called('cases.route')).toMatchObject([{ id: 'cas_1', version: 2 }])
  })

  it('a mention gets one case from two quick keys', async () => {
    const opened = late<ReturnType<typeof change>>()
    const { result, fake } = await actionsWith({
      open: () => opened.promise,
      accept: () => change(routed(1, 2)),
      close: () => change(routed(1, 3)),
    })
    const both = [
      result.act('accept', [mentionCard(1)], {}),
      result.act('close', [mentionCard(1)], { reason: 'noAction' }),
    ]
    opened.resolve(change(routed(1, 1)))
    await Promise.all(both)
    expect(fake.called('cases.open')).toHaveLength(1)
    expect(fake.called('cases.close')).toMatchObject([{ version: 2 }])
  })

  it('what a colleague did meanwhile counts more than what this page did before', async () => {
    const first = late<ReturnType<typeof change>>()
    const { result, fake } = await actionsWith({
      accept: () => first.promise,
      route: () => change(routed(1, 6)),
    })
    const both = [result.act('accept', [routed(1, 1)], {}), result.act('route', [routed(1, 5)], { deskId: 'desk_2' })]
    first.resolve(change(routed(1, 2)))
    await Promise.all(both)
    expect(fake.called('cases.route')).toMatchObject([{ version: 5 }])
  })

  it('undo takes back what was done last, although it has yet to be answered', async () => {
    entry = 100
    const second = late<ReturnType<typeof change>>()
    const { result, fake } = await actionsWith({
      accept: () => change(routed(1, 2)),
      close: () => second.promise,
      undo: () => ({ undone: 'x', card: null, cannot: null }),
    })
    await result.act('accept', [routed(1)], {})
    const both = [result.act('close', [routed(2)], { reason: 'noAction' }), result.undo()]
    await settle()
    expect(fake.called('cases.undo')).toEqual([])
    second.resolve(change(routed(2, 2)))
    await Promise.all(both)
    expect(fake.called('cases.undo')).toEqual([{ entry: 102 }])
  })

  it('the offer to take something back goes when it was taken back', async () => {
    const { result } = await actionsWith({
      accept: () => change(routed(1, 2)),
      undo: () => ({ undone: 'x', card: null, cannot: null }),
    })
    await result.act('accept', [routed(1)], {})
    await result.act('accept', [routed(2)], {})
    await result.undo()
    expect(toasts().filter((toast) => toast.action)).toEqual([])
  })

  async function runKeys(handlers: Handlers) {
    const cards = [1, 2, 3].map((seq) => routed(seq))
    for (const { mention } of cards) mention.listenIds = ['lis_1']
    const app = await runInApp(
      () => {
        const list = useMentionList(
          () => cards,
          () => {},
        )
        useKeys('list', useActionKeys(useActions(), list))
        list.select(0)
        return list
      },
      { handlers },
    )
    const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
    return { ...app, press }
  }
  const version = (input: { id: string }) => change(routed(Number(input.id.slice(4)), 2))

  it('each key means the mention that was current when it was pressed', async () => {
    const first = late<ReturnType<typeof change>>()
    const { result, fake, press, wrapper } = await runKeys({
      cases: { close: (input: { id: string }) => (input.id === 'cas_1' ? first.promise : version(input)) },
    })
    press('0')
    press('0')
    expect(result.current()?.mention.id).toBe('st-3')
    result.select(0)
    first.resolve(change(routed(1, 2)))
    await settle()
    expect(fake.called('cases.close')).toMatchObject([{ id: 'cas_1' }, { id: 'cas_2' }])
    expect(result.current()?.mention.id).toBe('st-1')
    wrapper.unmount()
  })

  it('comes back to a mention whose decision was refused', async () => {
    const { result, press, wrapper } = await runKeys({
      cases: {
        close: () => {
          throw wireFailure('user', said('case.changedMeanwhile', { who: 'Ines' }))
        },
      },
    })
    press('0')
    expect(result.current()?.mention.id).toBe('st-2')
    await settle()
    expect(result.current()?.mention.id).toBe('st-1')
    wrapper.unmount()
  })

  it('stays at the mention that was accepted, to go on with it', async () => {
    const { result, press, wrapper } = await runKeys({ cases: { accept: version } })
    press('e')
    await settle()
    expect(result.current()?.mention.id).toBe('st-1')
    wrapper.unmount()
  })

  it('a digit waits for the desks, and routes what it was pressed for', async () => {
    const desks = late<unknown>()
    const { result, fake, press, wrapper } = await runKeys({
      desks: { list: () => desks.promise },
      cases: { route: version },
    })
    press('2')
    result.select(2)
    await settle()
    expect(fake.called('cases.route')).toEqual([])
    desks.resolve([{ desk: { id: 'desk_b', name: 'B', key: 2, archived: false } }])
    await settle()
    expect(fake.called('cases.route')).toMatchObject([{ id: 'cas_1', deskId: 'desk_b' }])
    wrapper.unmount()
  })

  it('`i` teaches what listened and closes what is open, and one undo takes both back', async () => {
    const undo = () => ({ undone: 'x', card: null, cannot: null })
    const { result, fake, press, wrapper } = await runKeys({
      relevance: { mark: () => ({ undo: 41 }) },
      cases: { close: (input: { id: string }) => ({ ...version(input), undo: 42 }), undo },
    })
    press('i')
    expect(result.current()?.mention.id).toBe('st-2')
    await settle()
    expect(fake.called('relevance.mark')).toEqual([{ mentionId: 'st-1', relevant: false }])
    expect(fake.called('cases.close')).toMatchObject([{ id: 'cas_1', reason: 'notOurs' }])
    press('u')
    await settle()
    expect(fake.called('cases.undo')).toEqual([{ entry: 42 }, { entry: 41 }])
    wrapper.unmount()
  })
})
