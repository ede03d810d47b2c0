import type { MentionCard } from '#shared/model/mention-card.ts'
import type { CommandInput, CommandName } from '#shared/model/command.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { useClient } from '#renderer/client/station.ts'
import type { ReplyDoors } from '#renderer/components/reply/reply-ways.ts'
import { useDeeds } from '#renderer/stores/deeds.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { useCommands } from './useCommands.ts'
import { useSaid } from './useSaid.ts'

export type Actions = ReturnType<typeof useActions>

/**
 * What an officer can do with mentions and their cases, from whatever view. Each gives the changed cards (fewer than given
 * when some were refused; the refusal is shown), tells `useCardChanges`, and is taken back with `undo`.
 * Long: a list of short actions on the same stores, each of which reads by itself.
 */
export function useActions() {
  const client = useClient()
  const { announce, inTurn, newest } = useDeeds()
  const panel = useMentionPanel()
  const undoing = useUndo()
  const { act, send, foresee, connected, keep } = useCommands()
  const { who } = useSaid()
  const { t } = useWords()

  /** Each for itself, in its turn; gives those that were done, and says so in the same turn. */
  const each = (
    cards: readonly MentionCard[],
    work: (card: MentionCard) => Promise<void>,
    after: (done: MentionCard[]) => void = () => {},
  ): Promise<MentionCard[]> =>
    inTurn(async () => {
      const done: MentionCard[] = []
      for (const card of cards) {
        try {
          await work(card)
          done.push(card)
        } catch (error) {
          undoing.refuse(error)
        }
      }
      if (done.length > 0) after(done)
      return done
    })

  /** Without a desk: what a person wants to answer waits for nobody else. */
  const openCase = (card: MentionCard): Promise<MentionCard[]> =>
    each([card], async () => {
      const { card: opened, undo } = await client.cases.open({ mentionId: card.mention.id, deskId: null })
      announce(opened)
      keep({ cards: [opened], entries: [undo] }, t('action.opened', { who: who([card]) }))
    })

  /** Gives back the label that was there, with the model's own certainty: the journal knows the decision. */
  async function undoRelabel(id: string) {
    const { items } = await client.review.journal({ from: null, to: null, mentionId: id, limit: 20 })
    const entry = items.find((one) => one.kind === 'mention.relabelled')
    if (entry) await client.cases.undo({ entry: entry.seq })
    announce(await client.mentions.get({ id }))
  }
  const relabel = (cards: readonly MentionCard[], label: SentimentLabel): Promise<MentionCard[]> =>
    each(
      cards,
      async ({ mention: { id } }) => announce(await client.mentions.relabel({ id, label })),
      (done) =>
        undoing.remember({
          text: t('action.relabelled', { who: who(cards), label: t(`sentiment.${label}`) }),
          async undo() {
            for (const { mention } of done) await undoRelabel(mention.id)
            return { card: null, cannot: null }
          },
        }),
    )

  /** An author, or a thread, once, however many of its mentions are given. */
  function mute(cards: readonly MentionCard[], what: 'author' | 'thread'): Promise<MentionCard[]> {
    const keys = cards.map(({ mention: { network, author, sourceId, threadId, id } }) =>
      what === 'author' ? `${network}:${author?.id}` : `${sourceId}:${threadId ?? id}`,
    )
    const entries: number[] = []
    return each(
      cards.filter((_card, index) => keys.indexOf(keys[index]!) === index),
      async (card) => {
        const call = what === 'author' ? client.mentions.muteAuthor : client.mentions.muteThread
        entries.push((await call({ id: card.mention.id })).undo)
        announce({ ...newest(card), muted: true })
      },
      () =>
        undoing.remember({
          text: t(`action.muted.${what}`, { who: who(cards) }),
          async undo() {
            const answer = await undoing.undoEntries(entries.toReversed())
            for (const card of cards) announce({ ...newest(card), muted: false })
            return answer
          },
        }),
    )
  }

  /** One answer for all of them, each with its own words in the placeholders, by the first way that is open for it. */
  const replyAll = (cards: readonly MentionCard[], text: string): Promise<MentionCard[]> =>
    act('reply', cards, { text, way: 'best' }, { together: true })

  /** Not about us: the listens that heard them learn it, and what is open of it is closed. One undo takes both back. */
  async function notOurs(cards: readonly MentionCard[]): Promise<readonly MentionCard[]> {
    if (cards.length === 0 || !connected(cards)) return []
    const isOpen = (card: MentionCard) => card.case !== null && card.case.state !== 'closed'
    const input = { reason: 'notOurs', note: '' } as const
    foresee('close', cards.filter(isOpen), input)
    const entries: number[] = []
    // What no listen heard is only closed.
    const told = cards.filter((card) => card.mention.listenIds.length > 0 || !isOpen(card))
    const learned = each(told, async ({ mention }) => {
      entries.push((await client.relevance.mark({ mentionId: mention.id, relevant: false })).undo)
    })
    const closed = inTurn(async () => {
      const made = await send(
        'close',
        cards.filter((card) => isOpen(newest(card))),
        input,
      )
      keep({ cards: made.cards, entries: [...entries, ...made.entries] }, t('command.notOurs.did', { who: who(cards) }))
      return made.cards
    })
    return [...(await learned), ...(await closed)]
  }

  /** What a box for the answer does with the mention that stands there. */
  function replyDoors(shown: () => MentionCard | null): ReplyDoors {
    const done = async (work: (card: MentionCard) => Promise<unknown[]>) => {
      const card = shown()
      return card !== null && (await work(card)).length > 0
    }
    const doing = <N extends CommandName>(name: N, input: CommandInput<N>) => done((card) => act(name, [card], input))
    return {
      openCase: () => done(openCase),
      reply: (draft) => doing('reply', draft),
      askApproval: ({ text, way, sourceId, warning, lang, readers }) =>
        doing('askApproval', {
          text,
          way,
          sourceId,
          ...(warning === undefined ? {} : { warning }),
          ...(lang === undefined ? {} : { lang }),
          ...(readers === undefined ? {} : { readers }),
        }),
      approve: (approve) => doing('approve', { approve, note: '' }),
      promise: (text, dueAt) => doing('promise', { text, dueAt }),
    }
  }

  return { act, replyAll, openCase, relabel, mute, notOurs, replyDoors, open: panel.show, ...undoing }
}
