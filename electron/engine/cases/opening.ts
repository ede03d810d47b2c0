import type { Mention } from '#shared/model/mention.ts'
import type { Explanation, Priority, RuleAction } from '#shared/model/rule.ts'
import { newId } from '#shared/util/ids.ts'
import { untouched } from '#engine/store/case-projection.ts'
import { threadKey } from '#engine/store/mention-writer.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import { dueAt } from '#engine/routing/clocks.ts'
import type { Decision } from '#engine/routing/decide.ts'
import { clockDesk, type CommandContext } from './commands.ts'

/** What the store and the problems know of a mention that becomes a case. */
export interface CaseOrigin {
  mention: Mention
  authorKey: number | null
  threadKey: number | null
  problemId: string | null
}

/** The conversation that answers to a mention will belong to: the one that it is part of, or the one that it begins. */
export const conversationOf = (store: Store, mention: Mention, key: number | null): number =>
  key ?? threadKey(store.hashSeed, mention.network, mention.externalId)

/** `keys`: what the store keeps of whose and in which conversation it is. */
export const originOf = (
  store: Store,
  mention: Mention,
  keys: { authorKey: number | null; threadKey: number | null } | undefined,
  problemId: string | null,
): CaseOrigin => ({
  mention,
  authorKey: keys?.authorKey ?? null,
  threadKey: conversationOf(store, mention, keys?.threadKey ?? null),
  problemId,
})

/** A decision opens a case when it sends somewhere or waits for a person; a mute or "not forwarded" does not. */
export const opensCase = (action: RuleAction | null): action is RuleAction =>
  action !== null && !action.mute && (action.deskId !== null || action.hold)

type Fresh = Omit<StoredCase, 'version' | 'updatedAt'>

function fresh(
  origin: CaseOrigin,
  explanation: Explanation,
  priority: Priority,
  deskId: string | null,
  context: CommandContext,
): Fresh {
  const { mention } = origin
  const made: Fresh = {
    ...untouched,
    id: newId('case'),
    mentionId: mention.id,
    authorKey: origin.authorKey,
    threadKey: origin.threadKey,
    state: deskId === null ? 'new' : 'routed',
    deskId,
    priority,
    explanation,
    publishedAt: mention.publishedAt,
    seenAt: mention.seenAt,
    openedAt: context.now,
    routedAt: deskId === null ? null : context.now,
    clockFrom: context.now,
    problemId: origin.problemId,
  }
  return { ...made, dueAt: dueAt(clockDesk(made, context), priority, context.now) }
}

/** A case by a rule. Held: it waits with nobody, and the explanation names the desk that the rule would choose. */
export function openedByRule(
  origin: CaseOrigin,
  decision: Decision,
  action: RuleAction,
  context: CommandContext,
): Fresh {
  const { explanation } = decision
  // A desk that is gone or archived cannot receive; the mention must not be lost, so a person decides.
  const held = action.hold || explanation.deskId === null
  return {
    ...fresh(origin, explanation, action.priority, held ? null : explanation.deskId, context),
    held,
    tags: action.tags,
    needsApproval: action.approval,
    skills: action.skills,
  }
}

/** A case that an officer opens for a mention that no rule sent anywhere. */
export function openedByOfficer(
  origin: CaseOrigin,
  deskId: string | null,
  priority: Priority,
  context: CommandContext,
): Fresh {
  const desk = deskId === null ? undefined : context.desk(deskId)
  const explanation: Explanation = {
    ruleId: null,
    ruleName: context.actor.name,
    ruleOrder: null,
    deskId: desk?.id ?? null,
    deskName: desk?.name ?? null,
    words: [],
    facts: [],
    runnerUp: null,
    flips: [],
  }
  return fresh(origin, explanation, priority, desk?.id ?? null, context)
}
