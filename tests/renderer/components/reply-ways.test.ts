import { asWritten } from '#shared/words/said.ts'
import { describe, expect, it } from 'vitest'
import type { ReplyOption } from '#shared/model/reply.ts'
import { choicesOf, firstChoice, makesPublic, nextChoice } from '#renderer/components/reply/reply-ways.ts'

const option = (way: ReplyOption['way'], more: Partial<ReplyOption> = {}): ReplyOption => ({
  way,
  sourceId: 'src_1',
  sourceName: 'Mastodon',
  network: 'mastodon',
  as: '@care@example.org',
  limit: 500,
  manner: { warning: null, lang: null },
  audience: way === 'thread' ? 'everybody' : 'customer',
  possible: true,
  why: null,
  ...more,
})
const thread = option('thread')
const direct = option('direct')
const keys = (options: ReplyOption[]) => choicesOf(options).map(({ key }) => key)

describe('the ways to answer', () => {
  it('are those that are possible, in the order of the engine, and elsewhere', () => {
    expect(keys([])).toEqual(['elsewhere'])
    expect(keys([thread, option('mail', { possible: false, why: asWritten('No server.') }), direct])).toEqual([
      'thread src_1',
      'direct src_1',
      'elsewhere',
    ])
  })

  it('tell two accounts apart', () => {
    expect(keys([thread, option('thread', { sourceId: 'src_2' })])).toEqual([
      'thread src_1',
      'thread src_2',
      'elsewhere',
    ])
  })

  it.each<[string, ReplyOption[], string | undefined, boolean, string]>([
    ['the first that is possible', [thread, direct], undefined, false, 'thread src_1'],
    ['the one that the draft was begun with', [thread, direct], 'direct src_1', false, 'direct src_1'],
    ['not one that is closed by now', [thread], 'direct src_1', false, 'thread src_1'],
    ['for what is private the first that stays private', [thread, direct], undefined, true, 'direct src_1'],
    ['for what is private none that is public by itself', [thread], undefined, true, 'elsewhere'],
    ['nothing that sends where nothing can', [option('thread', { possible: false })], undefined, false, 'elsewhere'],
  ])('offer %s', (_what, options, kept, isPrivate, key) => {
    expect(firstChoice(choicesOf(options), kept, isPrivate).key).toBe(key)
  })

  it('know when others than the customer would read what was private', () => {
    const [inThread, inPrivate, elsewhere] = choicesOf([thread, direct])
    expect([inThread, inPrivate, elsewhere].map((choice) => makesPublic(true, choice!))).toEqual([true, false, false])
    expect(makesPublic(false, inThread!)).toBe(false)
    expect(makesPublic(true, choicesOf([option('thread', { audience: 'followers' })])[0]!)).toBe(true)
  })

  it('are gone through round and round', () => {
    const choices = choicesOf([thread, direct])
    expect(nextChoice(choices, 'thread src_1').key).toBe('direct src_1')
    expect(nextChoice(choices, 'elsewhere').key).toBe('thread src_1')
    expect(nextChoice(choices, 'thread src_1', -1).key).toBe('elsewhere')
  })
})
