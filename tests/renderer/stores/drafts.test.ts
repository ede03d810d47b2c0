import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { watchEffect } from 'vue'
import { emptyListen } from '#renderer/features/listens/listenDraft.ts'
import { useListenDrafts } from '#renderer/stores/listen-drafts.ts'
import { useReplyDrafts } from '#renderer/stores/reply-drafts.ts'

beforeEach(() => void setActivePinia(createPinia()))

describe('replies begun', () => {
  it('are kept with their way until they are sent or emptied', () => {
    const drafts = useReplyDrafts()
    drafts.keep('st-1', 'Hello', 'direct src_1')
    expect(useReplyDrafts().of('st-1')).toEqual({ text: 'Hello', way: 'direct src_1' })
    drafts.keep('st-1', '   ', 'direct src_1')
    expect(drafts.of('st-1')).toEqual({ text: '', way: undefined })
    drafts.keep('st-1', 'Again', undefined)
    drafts.forget('st-1')
    expect(drafts.of('st-1').text).toBe('')
  })
  it('are bounded: the oldest goes', () => {
    const drafts = useReplyDrafts()
    for (let at = 0; at < 250; at++) drafts.keep(`st-${at}`, 'x', undefined)
    expect(drafts.of('st-0').text).toBe('')
    expect(drafts.of('st-249').text).toBe('x')
  })
})

it('edits of listens are seen by every list as they come and go', () => {
  const drafts = useListenDrafts()
  const seen: boolean[] = []
  watchEffect(() => seen.push(drafts.get('new') !== undefined), { flush: 'sync' })
  drafts.set('new', emptyListen([]))
  drafts.drop('new')
  expect(seen).toEqual([false, true, false])
})
