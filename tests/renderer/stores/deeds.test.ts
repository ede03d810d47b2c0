import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useCardChanges, useDeeds } from '#renderer/stores/deeds.ts'
import { caseOf, mentionCard } from '#tests/renderer/support/cards.ts'

beforeEach(() => void setActivePinia(createPinia()))

const deed = (text: string) => ({ text, toast: 0, undo: () => Promise.resolve({ card: null, cannot: null }) })
const card = (version: number): MentionCard => {
  const bare = mentionCard(1)
  return { ...bare, case: caseOf(bare, { version }) }
}

describe('what this page did', () => {
  it('is handed back newest first, two hundred deep, and nothing of it to another station', () => {
    const deeds = useDeeds()
    for (let at = 0; at < 205; at++) deeds.add(deed(String(at)))
    expect([deeds.done.length, deeds.done[0]!.text]).toEqual([200, '5'])
    expect(deeds.take()?.text).toBe('204')
    deeds.$reset()
    expect(deeds.take()).toBeUndefined()
  })

  it('happens in turn, also after something failed', async () => {
    const { inTurn } = useDeeds()
    const log: string[] = []
    const answer = Promise.withResolvers<void>()
    const first = inTurn(async () => {
      await answer.promise
      log.push('first')
      throw new Error('refused')
    })
    const second = inTurn(async () => void log.push('second'))
    await Promise.resolve()
    expect(log).toEqual([])
    answer.resolve()
    await expect(first).rejects.toThrow('refused')
    await second
    expect(log).toEqual(['first', 'second'])
  })

  it('is the newest of a mention while more is under way, unless a colleague was at it since', async () => {
    const deeds = useDeeds()
    await deeds.inTurn(async () => {
      deeds.announce(card(3))
      expect(deeds.newest(card(2)).case?.version).toBe(3)
      expect(deeds.newest(card(4)).case?.version).toBe(4)
    })
    await Promise.resolve()
    await Promise.resolve()
    expect(deeds.newest(card(2)).case?.version).toBe(2)
  })

  it('is told to whoever shows the mention, as long as they do', () => {
    const heard: string[] = []
    const view = effectScope()
    view.run(() => useCardChanges(({ mention }) => heard.push(mention.id)))
    useDeeds().announce(card(1))
    view.stop()
    useDeeds().announce(card(1))
    expect(heard).toEqual(['st-1'])
  })
})
