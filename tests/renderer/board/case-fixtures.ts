import type { CaseCard } from '#shared/contract/cases.ts'
import type { Case } from '#shared/model/case.ts'
import type { PublicMention } from '#shared/model/mention.ts'

export const T0 = Date.UTC(2026, 10, 21, 10, 0, 0)
export const MINUTE = 60_000

export function makeCase(over: Partial<Case> = {}): Case {
  return {
    id: 'cas_1',
    mentionId: 'st-1',
    state: 'new',
    deskId: null,
    officerId: null,
    priority: 'normal',
    tags: [],
    held: false,
    needsApproval: false,
    explanation: {
      ruleId: null,
      ruleName: '',
      ruleOrder: null,
      deskId: null,
      deskName: null,
      words: [],
      facts: [],
      runnerUp: null,
      flips: [],
    },
    publishedAt: T0,
    seenAt: T0 + 2_000,
    openedAt: T0 + 2_100,
    routedAt: null,
    acceptedAt: null,
    repliedAt: null,
    confirmedAt: null,
    closedAt: null,
    closeReason: null,
    reopened: 0,
    dueAt: null,
    problemId: null,
    skills: [],
    queuedAt: null,
    pendingReply: null,
    promise: null,
    outcome: '',
    handoff: 'none',
    answer: 'none',
    deskSays: null,
    warnedAt: null,
    escalatedAt: null,
    version: 1,
    updatedAt: T0 + 2_100,
    ...over,
  }
}

export function makeMention(over: Partial<PublicMention> = {}): PublicMention {
  return {
    id: 'st-1',
    sourceId: 'src_1',
    network: 'mastodon',
    externalId: '1',
    kind: 'post',
    text: 'the app crashes when I pay',
    title: null,
    url: null,
    author: { id: 'a', handle: '@lena@example.social', name: 'Lena', url: null, followers: 1200 },
    publishedAt: T0,
    seenAt: T0 + 2_000,
    lang: 'en',
    country: null,
    threadId: null,
    inReplyTo: null,
    engagement: null,
    links: [],
    media: [],
    private: false,
    sentiment: { label: 'negative', score: -0.6, confidence: 0.9, words: [], model: 'test' },
    listenIds: [],
    duplicateOf: null,
    intent: null,
    aspects: [],
    ...over,
  }
}

export function makeCard(over: Partial<Case> = {}, mention: Partial<PublicMention> = {}): CaseCard {
  return {
    mention: makeMention({ id: over.mentionId ?? 'st-1', ...mention }),
    case: makeCase(over),
    marks: [],
    earlier: { mentions: 0, cases: 0 },
    muted: false,
  }
}
