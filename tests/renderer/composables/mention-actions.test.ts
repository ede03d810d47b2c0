// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { afterEach, expect, it } from 'vitest'
import type { MentionCard } from '#shared/contract/mentions.ts'
import { forgetUndo, useCardChanges, useMentionActions } from '#renderer/composables/useMentionActions.ts'
import { useToasts } from '#renderer/composables/useToasts.ts'
import { caseOf, mentionCard } from '#tests/renderer/support/cards.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

const toasts = useToasts()
afterEach(() => {
  forgetUndo()
  for (const toast of toasts.toasts.value) toasts.dismiss(toast.id)
})

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
      return useMentionActions()
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
  await result.route([routed(1, 7), mentionCard(2)], 'desk_2')
  expect(fake.called('cases.route')).toEqual([{ id: 'cas_1', version: 7, deskId: 'desk_2', note: '' }])
  expect(fake.called('cases.open')).toEqual([{ mentionId: 'st-2', deskId: 'desk_2', priority: 'normal' }])
  expect(heard.map((card) => card.mention.seq)).toEqual([1, 2])
})

it('takes several back with one undo, last first', async () => {
  entry = 100
  const { result, fake } = await actionsWith({
    accept: (input: { id: string }) => change(routed(Number(input.id.slice(4)), 2)),
    undo: ({ entry: which }: { entry: number }) => ({ undone: String(which), card: routed(1), cannot: null }),
  })
  await result.accept([routed(1), routed(2), routed(3)])
  await result.undo()
  expect(fake.called('cases.undo')).toEqual([{ entry: 103 }, { entry: 102 }, { entry: 101 }])
  await result.undo()
  expect(toasts.toasts.value.at(-1)?.text).toBe('Nothing to take back.')
})

it('says what lies outside Earshot and stays', async () => {
  const { result } = await actionsWith({
    close: () => change(routed(1)),
    undo: () => ({ undone: 'x', card: null, cannot: 'The mail was already sent.' }),
  })
  await result.close([routed(1)], 'noAction')
  await result.undo()
  expect(toasts.toasts.value.at(-1)).toMatchObject({
    kind: 'problem',
    text: expect.stringContaining('The mail was already sent.'),
  })
})

it('shows a conflict, changes nothing and remembers nothing', async () => {
  const { result, heard, fake } = await actionsWith({
    accept: () => {
      throw new ORPCError('CONFLICT', { message: 'Ines accepted it a moment ago.' })
    },
  })
  expect(await result.accept([routed(1)])).toEqual([])
  expect(heard).toEqual([])
  expect(toasts.toasts.value.at(-1)).toMatchObject({
    kind: 'problem',
    text: 'Somebody was faster: Ines accepted it a moment ago.',
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
  await result.accept([routed(1)])
  expect(toasts.toasts.value.at(-1)?.text).toBe('There is no connection to the station. Nothing was changed.')
})
