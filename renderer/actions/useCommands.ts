import type { CaseChange } from '#shared/contract/cases.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { bulkNames, type BulkInput, type BulkName, type CommandName, type DoneInput } from '#shared/model/command.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { useClient, useStation } from '#renderer/client/station.ts'
import { isOvertaken, toProblem } from '#renderer/client/wire-error.ts'
import { useDeeds } from '#renderer/stores/deeds.ts'
import { useJournalWords } from '#renderer/composables/words/useJournalWords.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { expectedOf } from './expected.ts'
import { useSaid } from './useSaid.ts'

/** Cards that were changed, and the journal's entries that take it back, in the order in which they were made. */
export interface Made {
  cards: MentionCard[]
  entries: number[]
}
const isBulk = (name: CommandName): name is BulkName => (bulkNames as readonly string[]).includes(name)
type Call = (input: object) => Promise<CaseChange>

/**
 * Commands of the table, done to the cases of mentions; a mention without a case gets one first.
 * Long: the steps of one command, from what is expected to what is kept, on the same stores.
 */
export function useCommands() {
  const client = useClient()
  const station = useStation()
  const { announce, expect, inTurn, newest } = useDeeds()
  const toasts = useToasts()
  const journal = useJournalWords()
  const { remember, refuse, undoEntries } = useUndo()
  const { who, said } = useSaid()
  const { t, seconds, say } = useWords()

  const lost = (cards: readonly MentionCard[]) =>
    toasts.show({ kind: 'problem', text: t('action.offline', { who: who(cards) }) })
  /** Without a connection nothing is pretended: it is said, and everything stays where it is. */
  function connected(cards: readonly MentionCard[]): boolean {
    if (!station.online.value) lost(cards)
    return station.online.value
  }

  /** Puts right what was expected, and says why it did not come true; who was faster, where somebody was. */
  async function refused(before: MentionCard, error: unknown) {
    expect(before)
    const problem = toProblem(error)
    if (problem.kind === 'lost') return void lost([before])
    const now = before.case && (await client.cases.get({ id: before.case.id }).catch(() => null))
    if (now) announce(now.card)
    const last = now?.history.reduce<JournalEntry | null>((a, b) => (a && a.seq > b.seq ? a : b), null)
    if (!isOvertaken(problem) || !last) return refuse(error)
    const what = [journal.what(last.kind), journal.detail(last)].join(' ').trim()
    const values = { who: last.actor.name, what, when: seconds(last.at), author: who([before]) }
    toasts.show({ kind: 'note', text: t('action.faster', values) })
  }

  async function sendOne(
    name: CommandName,
    before: MentionCard,
    input: { deskId?: string },
  ): Promise<CaseChange | null> {
    try {
      let card = newest(before)
      if (!card.case) {
        const deskId = name === 'route' ? (input.deskId ?? null) : null
        const opened = await client.cases.open({ mentionId: card.mention.id, deskId, priority: 'normal' })
        announce(opened.card)
        // A case that is opened at a desk is there.
        if (name === 'route') return opened
        card = opened.card
      }
      const { id, version } = card.case!
      const change = await (client.cases[name] as Call)({ id, version, ...input })
      announce(change.card)
      return change
    } catch (error) {
      await refused(before, error)
      return null
    }
  }

  async function sendMany(before: readonly MentionCard[], action: BulkInput): Promise<Made> {
    try {
      const done = await client.cases.bulk({ ids: before.map((card) => card.case!.id), action })
      for (const card of done.changed) announce(card)
      if (done.failed.length > 0) {
        const failed = new Set(done.failed.map(({ id }) => id))
        for (const card of before) if (failed.has(card.case!.id)) expect(card)
        const message = say(done.failed[0]!.message)
        toasts.show({ kind: 'problem', text: t('action.someFailed', { n: done.failed.length, message }) })
      }
      return { cards: done.changed, entries: done.undo }
    } catch (error) {
      for (const card of before) expect(card)
      if (toProblem(error).kind === 'lost') lost(before)
      else refuse(error)
      return { cards: [], entries: [] }
    }
  }

  /** Inside a turn. `together`: the input is for many, however few there are. */
  async function send(
    name: CommandName,
    cards: readonly MentionCard[],
    input: object,
    together = false,
  ): Promise<Made> {
    const many = isBulk(name) ? cards.map(newest).filter((card) => card.case) : []
    const bulk = many.length > 1 || (together && many.length > 0)
    const made = bulk ? await sendMany(many, { do: name, ...input } as BulkInput) : { cards: [], entries: [] }
    for (const card of bulk ? cards.filter((one) => !newest(one).case) : cards) {
      const change = await sendOne(name, card, input)
      if (!change) continue
      made.cards.push(change.card)
      made.entries.push(change.undo)
    }
    return made
  }

  /** Shows what will come of it at once. */
  function foresee<N extends CommandName>(name: N, cards: readonly MentionCard[], input: DoneInput<N>) {
    const fields = expectedOf(name, input, station.now())
    if (Object.keys(fields).length === 0) return
    for (const card of cards) if (card.case) expect({ ...card, case: { ...card.case, ...fields } })
  }

  /**
   * Does a command to mentions, when what was done before is done. Gives the cards that changed: fewer than given when
   * some were refused, which is shown. All of it is taken back by one undo. `values`: what its sentence needs besides.
   */
  async function act<N extends CommandName>(
    name: N,
    cards: readonly MentionCard[],
    input: DoneInput<N>,
    { values = {}, together = false }: { values?: Record<string, string>; together?: boolean } = {},
  ): Promise<MentionCard[]> {
    if (cards.length === 0 || !connected(cards)) return []
    foresee(name, cards, input)
    const text = said(name, cards, input, values)
    return inTurn(async () => keep(await send(name, cards, input, together), text))
  }

  /** Remembers how to take it back, when anything came of it. */
  function keep({ cards, entries }: Made, text: string): MentionCard[] {
    if (entries.length > 0) remember({ text, undo: () => undoEntries(entries.toReversed()) })
    return cards
  }

  return { act, send, foresee, connected, keep }
}
