import type { ReplySuggestion, Suggestion } from '#shared/model/advice.ts'
import type { ImportPlan } from '#shared/model/person.ts'
import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Decision } from '#engine/routing/decide.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { heldBy } from '#engine/store/queries/people.ts'
import type { Store } from '#engine/store/store.ts'
import { createAdvice, type Advice } from './advice/advice.ts'
import { createAlertBook, type AlertBook } from './alerts/book.ts'
import { createCrisisBook, type CrisisBook } from './alerts/crisis-room/book.ts'
import { createAlertsOutside, type AlertsOutside } from './alerts/telling/outside.ts'
import type { ConceptsOf } from './advice/concept-terms.ts'
import { createAnnotations } from './journal/annotations.ts'
import { createDismissals, type Dismissals } from './advice/dismissals.ts'
import type { LearnsFromDecisions } from './advice/suggest.ts'
import { createAssigner, type Assigner } from './cases/assigner.ts'
import { createSlaClock } from './cases/clocks.ts'
import type { CommandContext } from './cases/commands.ts'
import { createCounted, type Counted } from './counted/counted.ts'
import { createDeciding, type Deciding } from './cases/deciding.ts'
import { createLedger, type Ledger } from './cases/ledger.ts'
import { createRounds } from './cases/rounds.ts'
import { createRouter } from './cases/router.ts'
import { createRoutingLoop } from './cases/routing-loop.ts'
import type { RouterDeps } from './cases/taking.ts'
import { createUndo, type Undoers, type Undone } from './cases/undo.ts'
import { createOutbox, type Outbox } from './delivery/outbox.ts'
import { createDesksOutside, type DesksOutside, type DoorsOutside } from './handoffs/desks-outside.ts'
import { handoffOnCase } from './handoffs/on-case.ts'
import { openDeskBook, type DeskBook } from './organisation/desk-book.ts'
import { importPeople } from './organisation/import-people.ts'
import { createPeopleBook, type PeopleBook } from './organisation/people-book.ts'
import { rehearse, type RehearsalInput, type RehearsalProgress } from './rehearsal/rehearse.ts'
import { createCannedReplies, type CannedReplies } from './replies/canned.ts'
import { closedDoor, type ReplyDoor } from './replies/door.ts'
import { replyOnCase } from './replies/on-case.ts'
import { createReplies, type Replies } from './replies/replies.ts'
import { createReplying } from './replies/replying.ts'

export interface BoardDeps extends DoorsOutside, Pick<RouterDeps, 'isRouted' | 'known' | 'onMute' | 'afterAnswer'> {
  store: Store
  clock: Clock
  log: Log
  /** How replies reach the networks. Default: they do not, and are only recorded. */
  door?: ReplyDoor
  /** What was learned from decisions; without it suggestions rest on like cases alone. */
  experience?: LearnsFromDecisions
  /** What a text means (understanding/encoder); without it, cases are alike by their words alone. */
  meaningOf?: ((text: string) => Float32Array | null) | null
  /** Parts and symptoms that cases in other words have in common; without it suggestions do not say them. */
  conceptsOf?: ConceptsOf
  /** IANA name of the station's zone. */
  timeZone: string
  /** A case has waited longer for a person than its desk allows. */
  onWaiting?: (waiting: StoredCase) => void
  /** How other rooms take back what they journalled: `author.muted`, `listen.removed`, `mention.relabelled` … */
  undoers?: Undoers
}

/** A mention's way through the house. */
export interface Board extends DesksOutside, Deciding {
  readonly book: DeskBook
  readonly people: PeopleBook
  readonly canned: CannedReplies
  readonly replies: Replies
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly dismissals: Dismissals
  /** Cards of alerts, and those outside who are told of them. */
  readonly alerts: AlertBook
  readonly alertsOutside: AlertsOutside
  /** Numbers that are counted elsewhere. */
  readonly counted: Counted
  /** Alerts that people run together. */
  readonly crises: CrisisBook
  /** Starts routing what is stored, what is on its way out, and the clocks of the service levels. */
  start(): void
  /** Tells that mentions were stored. Routing follows soon, in order, in short transactions. */
  wake(): void
  /** Resolves when every stored mention has been routed. */
  idle(): Promise<void>
  history(id: string): JournalEntry[]
  /** People and desks from CSV; see import-people.ts. */
  importPeople(csv: string, apply: boolean, actor: Actor): Promise<ImportPlan>
  /** Where mentions like this one went before; surest first. */
  suggest(mention: Mention): Promise<Suggestion[]>
  /** What was answered in the same problem and in like cases; best first. */
  suggestReplies(mention: Mention): Promise<ReplySuggestion[]>
  /** The certainty from which suggestions are followed was changed. */
  lookAtWaiting(): void
  /** Back-test of rules on a past stretch of mentions; see rehearse.ts. */
  rehearse(input: RehearsalInput): AsyncGenerator<RehearsalProgress, undefined, void>
  undo(entry: number, actor: Actor): Undone
  explain(mention: Mention): Decision
  onChanged(listener: (changed: readonly StoredCase[]) => void): () => void
  stop(): Promise<void>
}

/** What everything that decides rests on: who there is, and the only writer of cases. */
function createGround(deps: BoardDeps) {
  const { store, clock } = deps
  const book = openDeskBook(deps)
  const people = createPeopleBook(deps)
  const heldOf = (personId: string): number => heldBy(store, [personId])[0]?.open ?? 0
  return {
    book,
    people,
    ledger: createLedger(deps),
    context: (actor: Actor): CommandContext => ({
      now: clock.now(),
      actor,
      desk: (id) => book.desk(id),
      hasRoom: (id) => heldOf(id) < (people.get(id)?.capacity ?? 0),
    }),
    problemOf: (mention: Mention): string | null => deps.known?.(mention, []).problemId ?? null,
  }
}
type Ground = ReturnType<typeof createGround>

/** What leaves the house, to customers and to desks outside. */
function createLeaving(deps: BoardDeps & Ground) {
  const { store, ledger } = deps
  const outbox = createOutbox({ ...deps, transact: (work) => ledger.transact(work) })
  const replies = createReplies({ ...deps, outbox, door: deps.door ?? closedDoor })
  const canned = createCannedReplies({ ...deps, replies })
  const desks = createDesksOutside({ ...deps, outbox })
  const door = deps.door ?? closedDoor
  const alerts = createAlertBook(deps)
  const crises = createCrisisBook(deps)
  const alertsOutside = createAlertsOutside({
    ...deps,
    outbox,
    book: alerts,
    key: desks.deskKey,
    transact: (work) => ledger.transact(work),
    ...(door.mailAccount && { mailAccount: door.mailAccount }),
  })
  return {
    outbox,
    replies,
    canned,
    desks,
    alerts,
    alertsOutside,
    crises,
    alertUndoers: { ...alerts.undoers, ...alertsOutside.recipients.undoers, ...crises.undoers },
    replyOf: (caseId: string) => replyOnCase(store, caseId),
    handoffOf: (caseId: string) => handoffOnCase(store, caseId),
  }
}
type Leaving = ReturnType<typeof createLeaving>

/** What happens to cases by itself: routing, clocks, places, advice that is followed. */
function createCourse(deps: BoardDeps & Ground & Leaving) {
  const { store, clock, ledger, people, replies } = deps
  const handOff: Assigner['arrived'] = (c) => deps.desks.handoffs.enqueue(c)
  const assigner = createAssigner({ ...deps, handOff, now: () => clock.now() })
  const { arrived, sweep } = assigner
  const advice: Advice = createAdvice({ ...deps, experience: deps.experience, meaningOf: deps.meaningOf, arrived })
  const router = createRouter({
    ...deps,
    isOurs: (mention) => replies.isOurs(mention),
    answeredBy: (mention) => replies.answeredBy(mention),
    answeredByOther: (mention) => replies.answeredByOther(mention),
    onOpened: arrived,
  })
  const sla = createSlaClock({ ...deps, place: arrived })
  const rounds = createRounds({ ...deps, tick: () => void sla.tick(), sweep })
  people.onChanged(rounds.sweepSoon)
  ledger.onChanged(rounds.sweepSoon)
  return { arrived, advice, rounds, explain: router.explain, routing: createRoutingLoop({ ...deps, store, router }) }
}

/** What stands beside the mentions: words on charts, and numbers that are counted elsewhere. */
function createWritten(deps: BoardDeps) {
  const annotations = createAnnotations(deps)
  const counted = createCounted(deps)
  return {
    counted,
    undoers: {
      'annotation.saved': annotations.undo,
      'annotation.removed': annotations.undo,
      'series.saved': counted.undo,
      'series.removed': counted.undo,
    },
  }
}

export function createBoard(deps: BoardDeps): Board {
  const { store, clock } = deps
  const ground = createGround(deps)
  const { book, people, ledger } = ground
  const leaving = createLeaving({ ...deps, ...ground })
  const { outbox, replies, canned, desks, alerts, alertsOutside, crises } = leaving
  const { arrived, advice, rounds, explain, routing } = createCourse({ ...deps, ...ground, ...leaving })
  const deciding = createDeciding({
    ...deps,
    ...ground,
    arrived,
    doers: {
      ...createReplying({ ...deps, ...ground, replies, canned }),
      handOff: (known, { channelId }, actor) => desks.handoffs.handOff(known, channelId, actor),
      answerDesk: (known, { text }, actor) => desks.deskAnswers.reply(known, text.trim(), actor),
    },
  })
  const dismissals = createDismissals({ store, clock })
  const { counted, undoers: written } = createWritten(deps)
  const undo = createUndo({
    ...ground,
    store,
    now: () => clock.now(),
    undoers: {
      ...deps.undoers,
      'proposal.dismissed': dismissals.undo,
      ...written,
      ...leaving.alertUndoers,
    },
    takeBack: outbox.takeBack,
    replyOf: leaving.replyOf,
    handoffOf: leaving.handoffOf,
    handOff: (c) => desks.handoffs.enqueue(c),
  })

  return {
    ...ground,
    ...desks,
    ...deciding,
    canned,
    replies,
    outbox,
    dismissals,
    alerts,
    alertsOutside,
    crises,
    counted,
    takeLetter: async (letter) => (await alertsOutside.takeLetter(letter)) || desks.takeLetter(letter),
    undo,
    explain,
    wake: routing.wake,
    start() {
      outbox.start()
      replies.start()
      advice.start()
      routing.wake()
      rounds.start()
      alertsOutside.start()
    },
    async idle() {
      await routing.idle()
      await advice.idle()
    },
    history: (id) => entriesOfCase(store, deciding.get(id).id),
    importPeople: (csv, apply, actor) => importPeople({ ...deps, book, people }, csv, apply, actor),
    suggest: advice.suggest,
    suggestReplies: advice.suggestReplies,
    lookAtWaiting: advice.lookAtWaiting,
    rehearse: (input) => rehearse({ ...deps, book, people }, input),
    onChanged: ledger.onChanged,
    async stop() {
      rounds.stop()
      alertsOutside.stop()
      await routing.stop()
      await advice.stop()
      replies.stop()
      await outbox.stop()
    },
  }
}
