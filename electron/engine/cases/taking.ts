import { earshot, type Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { decide, type Decision } from '#engine/routing/decide.ts'
import { factsOf, type Known } from '#engine/routing/facts.ts'
import {
  caseCountsOfAuthors,
  caseOfConversation,
  caseOfMention,
  tagsOfAuthor,
  type StoredCase,
} from '#engine/store/queries/cases.ts'
import { isMuted } from '#engine/store/queries/mutes.ts'
import { mentionKeys, type MentionKeys } from '#engine/store/queries/routing-cursor.ts'
import { documentInStore } from '#engine/store/queries/search-document.ts'
import type { Store } from '#engine/store/store.ts'
import { confirm, note, reopen, type CommandContext } from './commands.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import { byWordsOfThanks, type ReadsAfterAnswer } from './gratitude.ts'
import type { Ledger } from './ledger.ts'
import { caseBySubject } from './mail-subject.ts'
import { conversationOf, openedByRule, opensCase } from './opening.ts'

export interface RouterDeps {
  clock: Clock
  store: Store
  ledger: Ledger
  book: DeskBook
  timeZone: string
  context(actor: Actor): CommandContext
  /** Whether what this listen hears is looked at by the rules. */
  isRouted(listenId: string): boolean
  /** What other rooms know of a mention: influence, its problem and how often that was heard in these windows. `keys`: as stored. */
  known?: (mention: Mention, windows: readonly number[], keys?: MentionKeys) => Partial<Known>
  /** A rule asked to keep the mention out of the panes. */
  onMute?: (mention: Mention, decision: Decision) => void
  /** What we wrote ourselves opens no case. */
  isOurs?: (mention: Mention) => boolean
  /** The case whose answer its own customer answers with this mention. */
  answeredBy?: (mention: Mention) => StoredCase | undefined
  /** The case whose answer somebody else answers with this mention. */
  answeredByOther?: (mention: Mention) => StoredCase | undefined
  /** What a customer's message after our answer means. Default: by words of thanks. */
  afterAnswer?: ReadsAfterAnswer
  /** Called in the same transaction for each case that went to a desk: gives it to a person. */
  onOpened: (opened: StoredCase) => StoredCase
}

/** As the journal has kept it from the beginning. */
const WROTE_AGAIN = 'The customer wrote again.'
const OTHER_WROTE = 'Somebody else answered our answer, from another address.'

const ruleActor = (decision: Decision): Actor => ({
  kind: 'rule',
  id: decision.explanation.ruleId ?? '',
  name: decision.explanation.ruleName,
})

/** What the rules say of a mention, by all that is known of it. */
function createJudge(deps: RouterDeps) {
  const { store, book } = deps

  function knownOf(mention: Mention, keys: MentionKeys | undefined, loads: Map<string, number>): Known {
    const { asks, problemWindows } = book.compiled()
    const { authorKey, authorEarlier } = keys ?? { authorKey: null, authorEarlier: 0 }
    const known: Known = { timeZone: deps.timeZone, authorMentions: authorEarlier, deskLoads: loads }
    if (authorKey !== null && asks.has('authorCases')) {
      known.authorCases = caseCountsOfAuthors(store, [authorKey]).get(authorKey) ?? 0
    }
    if (authorKey !== null && asks.has('tag')) known.tags = tagsOfAuthor(store, authorKey)
    return { ...known, ...deps.known?.(mention, problemWindows, keys) }
  }

  function decideOn(
    mention: Mention,
    keys: MentionKeys | undefined,
    loads: Map<string, number>,
  ): { decision: Decision; known: Known } {
    const known = knownOf(mention, keys, loads)
    return { decision: decide(book.compiled(), factsOf(mention, known), documentInStore(store, mention)), known }
  }

  return decideOn
}

/** The same customer in the same conversation: their case goes on, whatever the rules would say. */
function createFollowUp({ ledger, context: contextOf, onOpened, afterAnswer = byWordsOfThanks }: RouterDeps) {
  return function followUp(mention: Mention, known: StoredCase): void {
    const actor = earshot
    const context = contextOf(actor)
    const data = { because: mention.id }
    const answered = known.state === 'replied' || (known.state === 'closed' && known.repliedAt !== null)
    if (known.state === 'replied' || known.state === 'closed') {
      // Kept with the entry: whoever looks at the case sees what decided.
      const heard = afterAnswer(mention)
      const isConfirmed = heard.outcome === 'confirmed'
      if (isConfirmed && answered && known.confirmedAt === null) {
        ledger.change(known, { ...confirm(known, {}, context), data: { ...data, heard } }, actor)
        return
      }
      if (isConfirmed && known.state === 'closed') return
      const change = reopen(known, { why: WROTE_AGAIN }, context)
      onOpened(ledger.change(known, { ...change, data: { ...change.data, ...data, heard } }, actor).case)
    } else {
      ledger.change(known, { ...note(known, { text: WROTE_AGAIN }), data: { text: WROTE_AGAIN, ...data } }, actor)
    }
  }
}

/** What becomes of one stored mention: nothing, a part of a case that is there, or a case by the rules. */
export function createTaking(deps: RouterDeps) {
  const { store, ledger } = deps
  const decideOn = createJudge(deps)
  const followUp = createFollowUp(deps)

  /** What goes by the rules as anybody's, and may belong to a case: said there, for a person to decide. */
  function link(mention: Mention): void {
    const other = deps.answeredByOther?.(mention)
    if (other === undefined) return
    const data = { text: OTHER_WROTE, because: mention.id }
    ledger.change(other, { ...note(other, { text: OTHER_WROTE }), data }, earshot)
  }

  function take(mention: Mention, loads: Map<string, number>): void {
    if (deps.isOurs?.(mention)) return
    const keys = mentionKeys(store, mention.seq)
    if (keys === undefined || isMuted(store, keys.authorKey, keys.threadKey)) return
    // To our own reply: the words of a listen need not be said again.
    const answered = deps.answeredBy?.(mention)
    if (answered) return followUp(mention, answered)
    if (!mention.private && !mention.listenIds.some((id) => deps.isRouted(id))) return
    if (keys.threadKey !== null && keys.authorKey !== null) {
      const known = caseOfConversation(store, keys.threadKey, keys.authorKey)
      const meant = known ?? caseBySubject(store, mention, keys.authorKey)
      if (meant) return followUp(mention, meant)
    }
    link(mention)
    // An officer may have opened one by hand before the rules came to it.
    if (caseOfMention(store, mention.id)) return
    const { decision, known } = decideOn(mention, keys, loads)
    const { action } = decision
    let opened: StoredCase | null = null
    if (opensCase(action)) {
      const actor = ruleActor(decision)
      const origin = {
        mention,
        authorKey: keys.authorKey,
        threadKey: conversationOf(store, mention, keys.threadKey),
        problemId: known.problemId ?? null,
      }
      opened = ledger.open(
        openedByRule(origin, decision, action, deps.context(actor)),
        actor,
        action.alert ? { alert: true } : {},
      ).case
      if (opened.deskId !== null) {
        loads.set(opened.deskId, (loads.get(opened.deskId) ?? 0) + 1)
        opened = deps.onOpened(opened)
      }
    }
    if (action?.mute) deps.onMute?.(mention, decision)
    // With a case its own entry tells of the alert.
    if (action?.alert && opened === null) {
      const actor = ruleActor(decision)
      const data = { words: decision.explanation.words }
      appendEntry(store, { at: deps.context(actor).now, kind: 'alert.raised', actor, mentionId: mention.id, data })
    }
  }

  return { take, decideOn }
}
