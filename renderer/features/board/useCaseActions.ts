import type { CaseChange } from '#shared/contract/cases.ts'
import type { BulkInput as BulkAction } from '#shared/model/command.ts'
import type { Case, CloseReason } from '#shared/model/case.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import type { Priority } from '#shared/model/rule.ts'
import type { ReplyDraft } from '#renderer/components/reply/reply-ways.ts'
import { useClient, useStation } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import { useJournalWords } from '#renderer/composables/useJournalWords.ts'
import { useMentionActions } from '#renderer/composables/useMentionActions.ts'
import { useCardChanges } from '#renderer/stores/deeds.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/useWords.ts'
import type { CaseBook } from './useCaseBook.ts'

type Command = (target: { id: string; version: number }) => Promise<CaseChange>

export interface CaseActions {
  route(ids: readonly string[], deskId: string): Promise<boolean>
  accept(ids: readonly string[]): Promise<boolean>
  close(ids: readonly string[], reason: CloseReason, note?: string): Promise<boolean>
  prioritise(ids: readonly string[], priority: Priority): Promise<boolean>
  assign(ids: readonly string[], personId: string | null, name: string): Promise<boolean>
  replyAll(ids: readonly string[], text: string): Promise<boolean>
  /** Records what was answered elsewhere, or lets the answer leave through its source. */
  reply(id: string, draft: ReplyDraft): Promise<boolean>
  askApproval(id: string, draft: ReplyDraft): Promise<boolean>
  approve(id: string, approve: boolean, note?: string): Promise<boolean>
  confirm(id: string): Promise<boolean>
  reopen(id: string): Promise<boolean>
  note(id: string, text: string): Promise<boolean>
  promise(id: string, text: string, dueAt: number | null): Promise<boolean>
  outcome(id: string, text: string): Promise<boolean>
  handOff(id: string, channelId: string): Promise<boolean>
  /** To the desk outside that said something; without words it is only put aside. */
  answerDesk(id: string, text: string): Promise<boolean>
  /** Takes back the newest deed of this page, once what is under way is done. Gives the case to come back to. */
  undo(): Promise<string | null>
}

/**
 * What an officer does to cases. A change shows at once and is put right when the engine sees it otherwise; commands
 * on one case wait for each other, so that two quick keys are never a conflict with oneself.
 */
export function useCaseActions(book: CaseBook): CaseActions {
  const client = useClient()
  const station = useStation()
  const directory = useDirectory()
  const { t, seconds } = useWords()
  const { show } = useToasts()
  const mentionActions = useMentionActions()
  const journal = useJournalWords()
  useCardChanges((card) => book.put(card))
  const queues = new Map<string, Promise<unknown>>()

  const deskName = (id: string | null) => (id && directory.deskById.get(id)?.desk.name) || t('board.noDesk')
  const nameOf = (id: string) => {
    const author = book.get(id)?.mention.author
    return author?.name || author?.handle || t('mention.unknownAuthor')
  }

  /** One after the other for each case. */
  function queued<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = ids.map((id) => queues.get(id)).filter((one) => one !== undefined)
    const mine = Promise.allSettled(before).then(work)
    const settled = mine.catch(() => undefined)
    for (const id of ids) queues.set(id, settled)
    void settled.then(() => {
      for (const id of ids) if (queues.get(id) === settled) queues.delete(id)
    })
    return mine
  }

  function remember(entries: number[], label: string) {
    if (entries.length === 0) return
    mentionActions.remember({ text: label, undo: () => mentionActions.undoEntries(entries.toReversed()) })
  }

  /** Without a connection nothing is pretended: the key says so and the case stays where it is. */
  function connected(ids: readonly string[]): boolean {
    if (station.online.value) return true
    const author = ids.length === 1 ? nameOf(ids[0]!) : t('board.cases', ids.length)
    show({ kind: 'problem', text: t('board.notDoneOffline', { author }) })
    return false
  }

  /** Somebody was faster: say who and what, and show the case as it is. */
  async function conflict(id: string) {
    const { card, history } = await client.cases.get({ id })
    book.put(card)
    const newest = history.reduce<JournalEntry | null>(
      (last, entry) => (!last || entry.seq > last.seq ? entry : last),
      null,
    )
    const what = newest ? [journal.what(newest.kind), journal.detail(newest)].join(' ').trim() : ''
    show({
      kind: 'note',
      text: newest
        ? t('board.faster', { who: newest.actor.name, what, when: seconds(newest.at), author: nameOf(id) })
        : t('board.fasterSomebody', { author: nameOf(id) }),
    })
  }

  async function failed(id: string, error: unknown) {
    const problem = toProblem(error)
    try {
      await book.restore(id)
      if (problem.code === 'CONFLICT') return await conflict(id)
    } catch {
      // Offline: the card is put right by the refresh that follows the reconnection.
    }
    show({
      kind: 'problem',
      text: problem.kind === 'lost' ? t('board.notDoneOffline', { author: nameOf(id) }) : problem.message,
    })
  }

  function one(id: string, label: string, expected: Partial<Case>, command: Command): Promise<boolean> {
    const before = book.get(id)
    if (!before?.case || !connected([id])) return Promise.resolve(false)
    const { version } = before.case
    if (Object.keys(expected).length > 0) book.expect(id, expected)
    return queued([id], async () => {
      try {
        const change = await command({ id, version: book.get(id)?.case?.version ?? version })
        book.put(change.card)
        remember([change.undo], label)
        return true
      } catch (error) {
        book.revert(before)
        await failed(id, error)
        return false
      }
    })
  }

  function many(ids: readonly string[], label: string, expected: Partial<Case>, action: BulkAction): Promise<boolean> {
    if (!connected(ids)) return Promise.resolve(false)
    const before = ids.map((id) => book.get(id)).filter((card) => card !== undefined)
    for (const id of ids) if (Object.keys(expected).length > 0) book.expect(id, expected)
    return queued(ids, async () => {
      try {
        const done = await client.cases.bulk({ ids: [...ids], action })
        for (const card of done.changed) book.put(card)
        remember(done.undo, label)
        if (done.failed.length > 0) {
          show({
            kind: 'problem',
            text: t('board.someFailed', { n: done.failed.length, message: done.failed[0]!.message }),
          })
          await book.refresh()
        }
        return done.failed.length === 0
      } catch (error) {
        for (const card of before) book.revert(card)
        show({
          kind: 'problem',
          text: toProblem(error).message || t('board.notDoneOffline', { author: t('board.cases', ids.length) }),
        })
        await book.refresh()
        return false
      }
    })
  }

  const oneOrMany = (
    ids: readonly string[],
    say: (who: string) => string,
    expected: Partial<Case>,
    action: BulkAction,
    command: Command,
  ) =>
    ids.length === 1
      ? one(ids[0]!, say(nameOf(ids[0]!)), expected, command)
      : ids.length === 0
        ? Promise.resolve(false)
        : many(ids, say(t('board.cases', ids.length)), expected, action)

  async function undo(): Promise<string | null> {
    await Promise.allSettled(queues.values())
    return (await mentionActions.undo())?.case?.id ?? null
  }

  return {
    undo,
    route: (ids, deskId) =>
      oneOrMany(
        ids,
        (who) => t('board.did.route', { who, desk: deskName(deskId) }),
        { state: 'routed', deskId, held: false, routedAt: station.now() },
        { do: 'route', deskId },
        (target) => client.cases.route({ ...target, deskId }),
      ),
    accept: (ids) =>
      oneOrMany(
        ids,
        (who) => t('board.did.accept', { who }),
        { state: 'accepted', acceptedAt: station.now() },
        { do: 'accept' },
        (target) => client.cases.accept(target),
      ),
    close: (ids, reason, note = '') =>
      oneOrMany(
        ids,
        (who) => t('board.did.close', { who, reason: t(`case.reason.${reason}`) }),
        { state: 'closed', closedAt: station.now(), closeReason: reason },
        { do: 'close', reason, note },
        (target) => client.cases.close({ ...target, reason, note }),
      ),
    prioritise: (ids, priority) =>
      oneOrMany(
        ids,
        (who) => t('board.did.prioritise', { who, priority: t(`case.priority.${priority}`) }),
        { priority },
        { do: 'prioritise', priority },
        (target) => client.cases.prioritise({ ...target, priority }),
      ),
    assign: (ids, personId, name) =>
      oneOrMany(
        ids,
        (who) => t('board.did.assign', { who, name }),
        { officerId: personId },
        { do: 'assign', personId },
        (target) => client.cases.assign({ ...target, personId }),
      ),
    replyAll: (ids, text) =>
      many(ids, t('board.did.answer', { who: t('board.cases', ids.length) }), {}, { do: 'reply', text, way: 'best' }),
    // What leaves through a network is shown as answered when the network took it, not before.
    reply: (id, draft) =>
      draft.way === 'elsewhere'
        ? one(id, t('board.did.reply', { who: nameOf(id) }), { state: 'replied', repliedAt: station.now() }, (target) =>
            client.cases.reply({ ...target, ...draft }),
          )
        : one(id, t('board.did.answer', { who: nameOf(id) }), {}, (target) =>
            client.cases.reply({ ...target, ...draft }),
          ),
    askApproval: (id, { text, way, sourceId }) =>
      one(id, t('board.did.askApproval', { who: nameOf(id) }), {}, (target) =>
        client.cases.askApproval({ ...target, text, way, sourceId }),
      ),
    approve: (id, approve, note = '') =>
      one(id, t(approve ? 'board.did.approve' : 'board.did.sendBack', { who: nameOf(id) }), {}, (target) =>
        client.cases.approve({ ...target, approve, note }),
      ),
    confirm: (id) =>
      one(id, t('board.did.confirm', { who: nameOf(id) }), { confirmedAt: station.now() }, (target) =>
        client.cases.confirm(target),
      ),
    reopen: (id) => one(id, t('board.did.reopen', { who: nameOf(id) }), {}, (target) => client.cases.reopen(target)),
    note: (id, text) =>
      one(id, t('board.did.note', { who: nameOf(id) }), {}, (target) => client.cases.note({ ...target, text })),
    promise: (id, text, dueAt) =>
      one(id, t('board.did.promise', { who: nameOf(id) }), {}, (target) =>
        client.cases.promise({ ...target, text, dueAt }),
      ),
    outcome: (id, text) =>
      one(id, t('board.did.outcome', { who: nameOf(id) }), {}, (target) => client.cases.outcome({ ...target, text })),
    answerDesk: (id, text) =>
      one(id, t(text === '' ? 'board.did.putAside' : 'board.did.answerDesk', { who: nameOf(id) }), {}, (target) =>
        client.cases.answerDesk({ ...target, text }),
      ),
    handOff: (id, channelId) =>
      one(id, t('board.did.handOff', { who: nameOf(id) }), {}, (target) =>
        client.cases.handOff({ ...target, channelId }),
      ),
  }
}
