import type { CaseChange } from '#shared/contract/cases.ts'
import type { MentionCard } from '#shared/contract/mentions.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import type { CloseReason } from '#shared/model/case.ts'
import type { Priority } from '#shared/model/rule.ts'
import type { ReplyDraft } from '#renderer/components/reply/reply-ways.ts'
import type { Deed } from '#renderer/stores/deeds.ts'
import { useDeeds } from '#renderer/stores/deeds.ts'
import { useClient } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { useProblemPanel } from '#renderer/stores/panels.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from './useWords.ts'

/**
 * What an officer can do with mentions, from whatever view: each returns the changed cards (fewer than given when some
 * were refused; the refusal is shown), tells `useCardChanges`, and can be taken back with `undo`.
 */
export function useMentionActions() {
  const client = useClient()
  const deeds = useDeeds()
  const { announce, inTurn, newest } = deeds
  const toasts = useToasts()
  const panel = useMentionPanel()
  const problems = useProblemPanel()
  const directory = useDirectory()
  const { t, say } = useWords()

  /** Runs one command over several cards; one undo takes all of it back. */
  const each = (
    cards: readonly MentionCard[],
    words: (count: number) => string,
    command: (card: MentionCard) => Promise<CaseChange>,
  ): Promise<MentionCard[]> => inTurn(() => eachNow(cards, words, command))
  async function eachNow(
    cards: readonly MentionCard[],
    words: (count: number) => string,
    command: (card: MentionCard) => Promise<CaseChange>,
  ): Promise<MentionCard[]> {
    const changed: CaseChange[] = []
    for (const card of cards) {
      try {
        const change = await command(newest(card))
        changed.push(change)
        announce(change.card)
      } catch (error) {
        refuse(error)
      }
    }
    if (changed.length) {
      const entries = changed.map((change) => change.undo).reverse()
      remember({ text: words(changed.length), undo: () => undoEntries(entries) })
    }
    return changed.map((change) => change.card)
  }

  async function undoEntries(entries: number[]) {
    let card: MentionCard | null = null
    let cannot: string | null = null
    for (const entry of entries) {
      const answer = await client.cases.undo({ entry })
      cannot ??= answer.cannot && say(answer.cannot)
      if (answer.card) announce((card = answer.card))
    }
    return { card, cannot }
  }

  function remember(item: Omit<Deed, 'toast'>) {
    const toast = toasts.show({
      kind: 'done',
      text: item.text,
      action: { label: t('common.undo'), key: 'u', run: () => void undo() },
    })
    deeds.add({ ...item, toast })
  }

  function refuse(error: unknown) {
    const problem = toProblem(error)
    const text =
      problem.kind === 'lost'
        ? t('action.lost')
        : problem.code === 'CONFLICT'
          ? t('action.conflict', { message: problem.message })
          : problem.message
    toasts.show({ kind: 'problem', text })
  }

  /**
   * Takes back the last thing done on this page, in whatever view, also where the station has yet to answer. Gives the
   * card that it was about, when there is one.
   */
  const undo = (): Promise<MentionCard | null> => inTurn(undoNow)
  async function undoNow(): Promise<MentionCard | null> {
    const last = deeds.take()
    if (!last) {
      toasts.show({ kind: 'note', text: t('action.nothingToUndo') })
      return null
    }
    // Its own offer would now take back what was done before it.
    toasts.dismiss(last.toast)
    try {
      const { card, cannot } = await last.undo()
      toasts.show({
        kind: cannot ? 'problem' : 'note',
        text: cannot ? t('action.undoneExcept', { what: last.text, cannot }) : t('action.undone', { what: last.text }),
      })
      return card
    } catch (error) {
      const problem = toProblem(error)
      if (problem.kind === 'lost' || problem.kind === 'operational') deeds.add(last)
      refuse(error)
      return null
    }
  }

  const target = (card: MentionCard) => ({ id: card.case!.id, version: card.case!.version })
  /** A mention without a case gets one first, so that every action works on every mention. */
  async function withCase(card: MentionCard, deskId: string | null = null): Promise<CaseChange | null> {
    return card.case ? null : client.cases.open({ mentionId: card.mention.id, deskId, priority: 'normal' })
  }
  const who = (cards: readonly MentionCard[]) =>
    cards.length === 1
      ? (cards[0]!.mention.author?.handle ?? t('mention.unknownAuthor'))
      : t('action.count', { n: cards.length })

  const route = (cards: readonly MentionCard[], deskId: string, note = '') =>
    each(
      cards,
      () => t('action.routed', { who: who(cards), desk: directory.deskById.get(deskId)?.desk.name ?? deskId }),
      async (card) =>
        card.case
          ? client.cases.route({ ...target(card), deskId, note })
          : client.cases.open({ mentionId: card.mention.id, deskId, priority: 'normal' }),
    )
  const accept = (cards: readonly MentionCard[]) =>
    each(
      cards,
      () => t('action.accepted', { who: who(cards) }),
      async (card) => {
        const opened = await withCase(card)
        return client.cases.accept(target(opened?.card ?? card))
      },
    )
  const close = (cards: readonly MentionCard[], reason: CloseReason, note = '') =>
    each(
      cards,
      () => t('action.closed', { who: who(cards), reason: t(`case.reason.${reason}`) }),
      async (card) => {
        const opened = await withCase(card)
        return client.cases.close({ ...target(opened?.card ?? card), reason, note })
      },
    )
  /** Without a desk: what a person wants to answer waits for nobody else. */
  const open = (card: MentionCard) =>
    each(
      [card],
      () => t('action.opened', { who: who([card]) }),
      () => client.cases.open({ mentionId: card.mention.id, deskId: null, priority: 'normal' }),
    )
  const reply = (card: MentionCard, draft: ReplyDraft) =>
    each(
      [card],
      () => t(draft.way === 'elsewhere' ? 'action.replied' : 'action.answering', { who: who([card]) }),
      () => client.cases.reply({ ...target(card), ...draft }),
    )
  const askApproval = (card: MentionCard, { text, way, sourceId }: ReplyDraft) =>
    each(
      [card],
      () => t('action.askedApproval', { who: who([card]) }),
      () => client.cases.askApproval({ ...target(card), text, way, sourceId }),
    )
  const approve = (card: MentionCard, yes: boolean) =>
    each(
      [card],
      () => t(yes ? 'action.approved' : 'action.sentBack', { who: who([card]) }),
      () => client.cases.approve({ ...target(card), approve: yes }),
    )
  const promise = (card: MentionCard, text: string, dueAt: number) =>
    each(
      [card],
      () => t('action.promised', { who: who([card]) }),
      () => client.cases.promise({ ...target(card), text, dueAt }),
    )
  const confirm = (cards: readonly MentionCard[]) =>
    each(
      cards,
      () => t('action.confirmed', { who: who(cards) }),
      (card) => client.cases.confirm(target(card)),
    )
  const reopen = (cards: readonly MentionCard[]) =>
    each(
      cards,
      () => t('action.reopened', { who: who(cards) }),
      (card) => client.cases.reopen(target(card)),
    )
  const prioritise = (cards: readonly MentionCard[], priority: Priority) =>
    each(
      cards,
      () => t('action.prioritised', { who: who(cards), priority: t(`case.priority.${priority}`) }),
      (card) => client.cases.prioritise({ ...target(card), priority }),
    )
  const note = (card: MentionCard, text: string) =>
    each(
      [card],
      () => t('action.noted', { who: who([card]) }),
      () => client.cases.note({ ...target(card), text }),
    )

  /** Gives back the label that was there, with the model's own certainty: the journal knows the decision. */
  async function undoRelabel(id: string) {
    const { items } = await client.review.journal({ from: null, to: null, mentionId: id, limit: 20 })
    const entry = items.find((one) => one.kind === 'mention.relabelled')
    if (entry) await client.cases.undo({ entry: entry.seq })
    announce(await client.mentions.get({ id }))
  }
  const relabel = (cards: readonly MentionCard[], label: SentimentLabel): Promise<MentionCard[]> =>
    inTurn(() => relabelNow(cards, label))
  async function relabelNow(cards: readonly MentionCard[], label: SentimentLabel): Promise<MentionCard[]> {
    const changed: { card: MentionCard }[] = []
    for (const card of cards) {
      try {
        const next = await client.mentions.relabel({ id: card.mention.id, label })
        announce(next)
        changed.push({ card: next })
      } catch (error) {
        refuse(error)
      }
    }
    if (changed.length) {
      remember({
        text: t('action.relabelled', { who: who(cards), label: t(`sentiment.${label}`) }),
        async undo() {
          for (const { card } of changed) await undoRelabel(card.mention.id)
          return { card: null, cannot: null }
        },
      })
    }
    return changed.map(({ card }) => card)
  }

  const mute = (cards: readonly MentionCard[], what: 'author' | 'thread'): Promise<boolean> =>
    inTurn(() => muteNow(cards, what))
  async function muteNow(cards: readonly MentionCard[], what: 'author' | 'thread'): Promise<boolean> {
    const entries: number[] = []
    const seen = new Set<string>()
    for (const card of cards) {
      const key =
        what === 'author'
          ? `${card.mention.network}:${card.mention.author?.id}`
          : `${card.mention.sourceId}:${card.mention.threadId ?? card.mention.id}`
      if (seen.has(key)) continue
      seen.add(key)
      try {
        const id = card.mention.id
        entries.push(
          (what === 'author' ? await client.mentions.muteAuthor({ id }) : await client.mentions.muteThread({ id }))
            .undo,
        )
        announce({ ...newest(card), muted: true })
      } catch (error) {
        refuse(error)
      }
    }
    if (entries.length) {
      remember({
        text: t(`action.muted.${what}`, { who: who(cards) }),
        async undo() {
          const answer = await undoEntries(entries.reverse())
          for (const card of cards) announce({ ...newest(card), muted: false })
          return answer
        },
      })
    }
    return entries.length > 0
  }

  /** The listens that heard them learn that they are about something else. */
  const notAbout = (cards: readonly MentionCard[]): Promise<readonly MentionCard[]> => inTurn(() => notAboutNow(cards))
  async function notAboutNow(cards: readonly MentionCard[]): Promise<readonly MentionCard[]> {
    const entries: number[] = []
    for (const card of cards) {
      try {
        entries.push((await client.relevance.mark({ mentionId: card.mention.id, relevant: false })).undo)
      } catch (error) {
        refuse(error)
      }
    }
    if (entries.length)
      remember({ text: t('action.notAbout', { who: who(cards) }), undo: () => undoEntries(entries.reverse()) })
    return entries.length ? cards : []
  }

  /** Opens the problem that a mention belongs to, where it can be joined with another; unless it is asked for no more. */
  async function openProblem(card: MentionCard, wanted: () => boolean) {
    try {
      const problem = await client.problems.ofMention({ mentionId: card.mention.id })
      if (!wanted()) return
      if (problem) problems.show(problem.id)
      else toasts.show({ kind: 'note', text: t('action.noProblem') })
    } catch (error) {
      refuse(error)
    }
  }

  return {
    route,
    accept,
    close,
    openCase: open,
    reply,
    askApproval,
    approve,
    promise,
    confirm,
    reopen,
    prioritise,
    note,
    relabel,
    mute,
    notAbout,
    undo,
    inTurn,
    remember,
    undoEntries,
    refuse,
    openProblem,
    open: panel.show,
  }
}
