import type { Mention } from '#shared/model/mention.ts'

let made = 0

/** A mention with nothing remarkable; the test names what matters. */
export function someMention(about: Partial<Mention> = {}): Mention {
  made++
  const seq = about.seq ?? made
  return {
    id: `st-${seq.toString(36)}`,
    seq,
    sourceId: 'src_1',
    network: 'mastodon',
    externalId: `x${seq}`,
    kind: 'post',
    text: 'hello',
    title: null,
    url: null,
    author: { id: 'a1', handle: '@a1@example.org', name: 'A One', url: null, followers: null },
    publishedAt: Date.parse('2026-11-20T10:00:00Z'),
    seenAt: Date.parse('2026-11-20T10:00:05Z'),
    lang: 'en',
    country: null,
    threadId: null,
    inReplyTo: null,
    engagement: null,
    links: [],
    media: [],
    private: false,
    sentiment: { label: 'neutral', score: 0, confidence: 0.8, words: [], model: 'test' },
    listenIds: ['lis_1'],
    duplicateOf: null,
    intent: null,
    aspects: [],
    ...about,
  }
}
