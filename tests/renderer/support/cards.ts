import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Case } from '#shared/model/case.ts'
import type { SourceHealth } from '#shared/model/source.ts'

/** The number that `mentionCard` made it of. */
export const seqOf = ({ mention }: Pick<MentionCard, 'mention'>): number => Number.parseInt(mention.id.slice(3), 36)

/** A mention as lists get it; every field can be told otherwise. Times are ms. */
export function mentionCard(
  seq: number,
  more: Partial<MentionCard['mention']> = {},
  card: Partial<MentionCard> = {},
): MentionCard {
  const at = 1_780_000_000_000 + seq * 1_000
  return {
    mention: {
      id: `st-${seq.toString(36)}`,
      externalId: `x${seq}`,
      sourceId: 'src_1',
      network: 'mastodon',
      kind: 'post',
      text: `Mention ${seq}`,
      title: null,
      url: null,
      author: { id: `a${seq}`, handle: `@author${seq}`, name: null, url: null, followers: null },
      publishedAt: at,
      seenAt: at + 500,
      lang: 'en',
      country: null,
      threadId: null,
      inReplyTo: null,
      engagement: null,
      links: [],
      media: [],
      private: false,
      sentiment: { label: 'neutral', score: 0, confidence: 0.8, words: [], model: 'test 1' },
      listenIds: [],
      duplicateOf: null,
      ...more,
    } as MentionCard['mention'],
    case: null,
    marks: [],
    earlier: { mentions: 0, cases: 0 },
    muted: false,
    ...card,
  }
}

export function caseOf(card: MentionCard, more: Partial<Case> = {}): Case {
  const { mention } = card
  return {
    id: `cas_${seqOf(card)}`,
    mentionId: mention.id,
    state: 'routed',
    deskId: 'desk_1',
    officerId: null,
    priority: 'normal',
    tags: [],
    held: false,
    needsApproval: false,
    explanation: {
      ruleId: 'rul_1',
      ruleName: 'Complaints to care',
      ruleOrder: 4,
      deskId: 'desk_1',
      deskName: 'Care',
      words: ['broken'],
      facts: [],
      runnerUp: null,
      flips: [],
    },
    publishedAt: mention.publishedAt,
    seenAt: mention.seenAt,
    openedAt: mention.seenAt,
    routedAt: mention.seenAt,
    acceptedAt: null,
    repliedAt: null,
    confirmedAt: null,
    closedAt: null,
    closeReason: null,
    reopened: 0,
    dueAt: mention.seenAt + 3_600_000,
    problemId: null,
    version: 1,
    updatedAt: mention.seenAt,
    ...more,
  } as Case
}

export const health = (state: SourceHealth['state'], more: Partial<SourceHealth> = {}): SourceHealth => ({
  sourceId: 'src_1',
  state,
  lastSuccessAt: null,
  lastNewAt: null,
  lastAttemptAt: null,
  nextAttemptAt: null,
  expectedPerHour: null,
  heardLastHour: 0,
  quota: null,
  gaps: [],
  dropped: {},
  consecutiveFailures: 0,
  error: null,
  streaming: false,
  detail: null,
  ...more,
})
