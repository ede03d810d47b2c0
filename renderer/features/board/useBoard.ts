import { computed, inject, nextTick, provide, reactive, ref, shallowRef, watch } from 'vue'
import type { InjectionKey } from 'vue'
import type { CaseCard } from '#shared/contract/cases.ts'
import { useActions } from '#renderer/actions/useActions.ts'
import { useCardChanges } from '#renderer/stores/deeds.ts'
import { useMentionPanel, type Ask, type Targets } from '#renderer/stores/panels.ts'
import { useNow } from '#renderer/stores/clock.ts'
import { useRoute } from '#renderer/stores/address.ts'
import { narrows, scopeCounts, scopes, urgentIds, wideSieve, type CaseSieve } from './caseBook.ts'
import type { LaneBy } from './columns.ts'
import { neighbour, nextOrder, nextSelection } from './shownOrder.ts'
import { followAddress } from './followAddress.ts'
import { undecidedFirst, urgentFirst, useCaseBook } from './useCaseBook.ts'

export const modes = ['triage', 'columns', 'list'] as const
export type Mode = (typeof modes)[number]

/** So many rows down a list shows surely, on the smallest screen. */
const ROWS_IN_SIGHT = 4

export type Board = ReturnType<typeof provideBoard>
const boardKey: InjectionKey<Board> = Symbol('board')

export function useBoard(): Board {
  const board = inject(boardKey)
  if (!board) throw new Error('No board was provided')
  return board
}

/**
 * The board's state; the three ways of looking at it share the selection, the marks and the undo.
 * Long: each of its moves writes what the others read, and `touched` belongs to all of them.
 */
export function provideBoard() {
  const route = useRoute()
  const now = useNow()
  const query = ref('')
  const selectedId = ref<string | null>(null)
  const given = route.value.query
  const scope = scopes.find((one) => one === given['scope']) ?? 'decide'
  const book = useCaseBook(query, () => selectedId.value, scope === 'decide' ? undecidedFirst : urgentFirst)
  const actions = useActions()
  const panel = useMentionPanel()
  const mode = ref<Mode>(modes.find((one) => one === given['mode']) ?? 'triage')
  const sieve = reactive<CaseSieve>({ ...wideSieve, scope })
  const shown = shallowRef<string[]>([])
  const pending = shallowRef<string[]>([])
  const checked = shallowRef<ReadonlySet<string>>(new Set())
  const atTop = ref(true)

  // Ages pass by the second, the order by the quarter minute: re-sorting 5,000 cases every second would buy nothing.
  const quarter = computed(() => Math.floor(now.value / 15_000) * 15_000)
  const wanted = computed(() =>
    urgentIds(book.cards.value.values(), mode.value === 'columns' ? { ...sieve, scope: 'open' } : sieve, quarter.value),
  )

  /** The officer has moved or has begun on something, or the list was full once: nothing goes above the case on screen. */
  let touched = false
  /** A link leads to this case, which is still being asked for. */
  const linked = ref<string | null>(null)
  /** This page did something to the case on screen since it came up: it may leave the list. */
  let dealtWith = false
  /** Shown, and does not belong there any more. */
  const isLeft = (id: string | null) => id !== null && shown.value.includes(id) && !wanted.value.includes(id)
  /** What the officer had asked to see when the list was last put in order. */
  let askedFor = ''
  const asked = () => JSON.stringify([sieve, mode.value])
  /** Somebody else took the case on screen out of the list: it stays until the officer goes on, or a key would hit the next. */
  const takenAway = (id: string | null): id is string =>
    id !== null && !dealtWith && isLeft(id) && book.get(id) !== undefined && askedFor === asked()
  function reorder(hold: boolean, keep: string | null = null) {
    const before = shown.value
    const id = selectedId.value
    const next = nextOrder(before, wanted.value, hold, {
      keep: mode.value === 'columns' ? null : keep,
      filling: book.filling.value,
    })
    shown.value = next.shown
    pending.value = next.pending
    askedFor = asked()
    const stays =
      id !== null && (id === keep || id === linked.value || (!before.includes(id) && book.get(id) !== undefined))
    if (!stays) selectedId.value = nextSelection(before, id, next.shown)
    if (!book.loading.value && !book.filling.value) touched = true
    if (checked.value.size > 0) {
      const alive = new Set(next.shown)
      const left = [...checked.value].filter((id) => alive.has(id))
      if (left.length !== checked.value.size) checked.value = new Set(left)
    }
  }
  const reading = () => !(atTop.value && (selectedId.value === null || selectedId.value === shown.value[0]))
  /** The case on screen would go where the list does not show it any more, e.g. because it was answered just now. */
  function wouldSink(): boolean {
    const id = selectedId.value
    return id !== null && wanted.value.indexOf(id) - shown.value.indexOf(id) > ROWS_IN_SIGHT
  }
  const holds = () => mode.value !== 'columns' && !book.loading.value && touched && (reading() || wouldSink())
  const follow = () => reorder(holds(), takenAway(selectedId.value) ? selectedId.value : null)
  watch(wanted, follow, { flush: 'sync' })
  watch([() => ({ ...sieve }), mode], () => reorder(false))
  watch(
    selectedId,
    (_to, from) => {
      dealtWith = false
      if (isLeft(from)) follow()
    },
    { flush: 'sync' },
  )
  /** What this page does, and what will come of it. */
  const dealing = (take: (card: CaseCard) => void) => (card: CaseCard) => {
    const mine = card.case?.id === selectedId.value
    dealtWith ||= mine
    take(card)
    // Everybody may have been told before this page was answered.
    if (mine && isLeft(selectedId.value)) follow()
  }
  useCardChanges(dealing(book.put), dealing(book.show))

  followAddress({ book, selectedId, linked, mode, sieve, shown, touch: () => (touched = true) })

  const board = {
    book,
    actions,
    mode,
    sieve,
    laneBy: ref<LaneBy>('desk'),
    query,
    /** Something keeps cases from the list. */
    narrowed: computed(() => query.value !== '' || narrows(sieve)),
    counts: computed(() => {
      const loaded = scopeCounts(book.cards.value.values())
      if (!book.truncated.value) return loaded
      const { routed = 0, accepted = 0 } = book.counts.value
      return { ...loaded, answer: routed + accepted, open: book.total.value }
    }),
    /** The list as it is shown, and what waits behind "3 new". */
    shown,
    pending,
    cards: computed(() => {
      const all = book.cards.value
      return shown.value.map((id) => all.get(id)).filter((card) => card !== undefined)
    }),
    selectedId,
    current: computed(() => (selectedId.value === null ? null : (book.cards.value.get(selectedId.value) ?? null))),
    checked,
    /** The list is scrolled to its beginning. */
    atTop,
    /** The case whose reply field should take the keyboard, as soon as it is on screen. */
    replyTo: ref<string | null>(null),
    select(id: string | null) {
      touched = true
      selectedId.value = id
    },
    move(step: number) {
      touched = true
      selectedId.value = neighbour(shown.value, selectedId.value, step)
    },
    toggle(id: string | undefined = selectedId.value ?? undefined) {
      touched = true
      if (id === undefined) return
      const next = new Set(checked.value)
      if (!next.delete(id)) next.add(id)
      checked.value = next
    },
    checkAll() {
      checked.value = new Set(shown.value)
    },
    clearChecked() {
      checked.value = new Set()
    },
    showPending() {
      reorder(false)
      selectedId.value = shown.value[0] ?? null
    },
    /** What a key acts on: the marked cases, else the one on screen. */
    targets(): string[] {
      if (checked.value.size > 0) return shown.value.filter((id) => checked.value.has(id))
      return selectedId.value === null ? [] : [selectedId.value]
    },
    /** Where the keyboard stands, for the keys and questions that every list has. */
    place: {
      current: (): CaseCard | null => board.current.value,
      targets: (): CaseCard[] => board.targetCards(),
      decide: ((work, stays) => board.decide(work, stays)) as Targets['decide'],
    },
    ask(what: Ask) {
      panel.ask(what, board.place)
    },
    /** Brings it up with the cursor in its reply field. */
    reply(id: string) {
      mode.value = 'triage'
      board.select(id)
      board.replyTo.value = id
    },
    targetCards: (): CaseCard[] => board.targets().flatMap((id) => book.get(id) ?? []),
    /**
     * Runs a decision on the targets and brings up the next mention; comes back when all of it was refused and the officer
     * has not gone on. `stays`: the case stays on screen where it stays in the list.
     */
    decide(work: (cards: readonly CaseCard[]) => Promise<readonly unknown[]>, stays = false): void {
      const cards = board.targetCards()
      if (cards.length === 0) return
      touched = true
      const [before, from, marks] = [shown.value, selectedId.value, checked.value]
      const done = work(cards)
      checked.value = new Set()
      if (stays) return
      const decided = new Set(cards.map((card) => card.case!.id))
      void nextTick(() => {
        // Where the case stays in the list (all open, columns), the next one comes up all the same.
        if (selectedId.value === from && from !== null && decided.has(from)) {
          const rest = shown.value.filter((id) => !decided.has(id) || id === from)
          selectedId.value = neighbour(rest, from, 1) ?? nextSelection(before, from, shown.value)
        }
        const to = selectedId.value
        void done.then((changed) => {
          if (changed.length > 0 || selectedId.value !== to || checked.value.size > 0) return
          selectedId.value = from
          checked.value = marks
        })
      })
    },
    undo() {
      void actions.undo().then((card) => {
        const id = card?.case?.id
        if (id === undefined) return
        reorder(false)
        if (book.get(id)) selectedId.value = id
      })
    },
  }
  // Whoever writes or answers a question is at work on this case: it stays, whatever becomes more urgent.
  watch([board.replyTo, () => panel.question], () => (touched = true), { flush: 'sync' })
  watch(
    selectedId,
    (id) => {
      if (board.replyTo.value !== id) board.replyTo.value = null
    },
    { flush: 'sync' },
  )
  provide(boardKey, board)
  return board
}
