import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import type { ReplySuggestion, Suggestion } from '#shared/contract/cases.ts'
import type { ImportPlan } from '#shared/contract/desks.ts'
import type { CommandInput, CommandName, DoneInput } from '#shared/model/command.ts'
import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Priority } from '#shared/model/rule.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Decision } from '#engine/routing/decide.ts'
import { caseById, caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import { heldBy } from '#engine/store/queries/people.ts'
import { mentionKeys } from '#engine/store/queries/routing-cursor.ts'
import type { Store } from '#engine/store/store.ts'
import { createAdvice } from './advice/advice.ts'
import { createAnswers, type Answers } from './replies/sent-replies.ts'
import { closedDoor, type AnswerDoor } from './replies/door.ts'
import { createReplying } from './replies/replying.ts'
import { createAssigner } from './cases/assigner.ts'
import { assign, plainCommands, type Command, type CommandContext, type PlainCommand } from './cases/commands.ts'
import { createHandoffs, type HandoffDeps, type Handoffs } from './handoffs/handoffs.ts'
import { createDismissals, type Dismissals } from './advice/dismissals.ts'
import { openDeskBook, type DeskBook } from './organisation/desk-book.ts'
import { createRouter, type RouterDeps } from './cases/router.ts'
import { createLedger, type Ledger, type Recorded } from './cases/ledger.ts'
import { conversationOf, openedByOfficer } from './cases/opening.ts'
import { importPeople } from './organisation/import-people.ts'
import { createPeopleBook, type PeopleBook } from './organisation/people-book.ts'
import { createSlaClock } from './cases/clocks.ts'
import { createReplies, type Replies } from './replies/canned.ts'
import type { LearnsFromDecisions } from './advice/suggest.ts'
import { rehearse, type RehearsalInput, type RehearsalProgress } from './rehearsal/rehearse.ts'
import { createUndo, type Undoers, type Undone } from './cases/undo.ts'

export interface BoardDeps extends HandoffDeps, Pick<RouterDeps, 'isRouted' | 'known' | 'onMute'> {
  store: Store
  clock: Clock
  log: Log
  /** How answers reach the networks. Default: they do not, and are only recorded. */
  door?: AnswerDoor
  /** What was learned from decisions; without it suggestions rest on like cases alone. */
  experience?: LearnsFromDecisions
  /** IANA name of the station's zone. */
  timeZone: string
  /** A case has waited longer for a person than its desk allows. */
  onWaiting?: (waiting: StoredCase) => void
  /** How other rooms take back what they journalled: `author.muted`, `listen.removed`, `mention.relabelled` … */
  undoers?: Undoers
}

/** How often the clocks of the service levels are looked at. */
const TICK_MS = 5_000

/** What each command of the table does to a case, inside a transaction. */
type Doers = { [N in CommandName]: (known: StoredCase, input: DoneInput<N>, actor: Actor) => Recorded }
/** What they give is where it stays: nobody is looked for. */
const placed = new Set<CommandName>(['assign', 'handOff'])

export interface Target {
  id: string
  /** The case as the officer saw it; another one now means a conflict. */
  version?: number | undefined
}

/** A mention's way through the house. */
export interface Board extends Handoffs {
  readonly book: DeskBook
  readonly people: PeopleBook
  readonly replies: Replies
  readonly answers: Answers
  readonly ledger: Ledger
  readonly dismissals: Dismissals
  /** Starts routing what is stored, and the clocks of the service levels. */
  start(): void
  /** Tells that mentions were stored. Routing follows soon, in order, in short transactions. */
  wake(): void
  /** Resolves when every stored mention has been routed. */
  idle(): Promise<void>
  get(id: string): StoredCase
  history(id: string): JournalEntry[]
  open(input: { mention: Mention; deskId: string | null; priority: Priority }, actor: Actor): Recorded
  /** Does one command of the table as its caller saw the case; throws a Failure. */
  do<N extends CommandName>(name: N, target: Target, input: DoneInput<N>, actor: Actor): Recorded
  /** Changes a case by a function of it; throws a Failure. */
  run<Input>(command: Command<Input>, target: Target, input: Input, actor: Actor): Recorded
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

export function createBoard(deps: BoardDeps): Board {
  const { store, clock, log } = deps
  const book = openDeskBook({ store, clock, timeZone: deps.timeZone })
  const ledger = createLedger({ store, clock })
  const heldOf = (personId: string): number => heldBy(store, [personId])[0]?.open ?? 0
  const context = (actor: Actor): CommandContext => ({
    now: clock.now(),
    actor,
    desk: (id) => book.desk(id),
    hasRoom: (id) => heldOf(id) < (people.get(id)?.capacity ?? 0),
  })
  const people = createPeopleBook({ store, clock })
  const answers = createAnswers({ store, ledger, door: deps.door ?? closedDoor, clock, log })
  const replies = createReplies({ store, book, answers, clock, timeZone: deps.timeZone })
  const replying = createReplying({ store, ledger, answers, replies, context })
  const handoffs = createHandoffs({
    ...deps,
    ledger,
    book,
    answerCameBack: (key, advice) => answers.undelivered(key, advice),
  })
  const { outbox, deskAnswers } = handoffs
  const assigner = createAssigner({ handOff: (c) => outbox.enqueue(c), store, ledger, book, people, context, now: () => clock.now(), ...(deps.onWaiting && { onWaiting: deps.onWaiting }) }) // prettier-ignore
  const advice = createAdvice({
    store,
    ledger,
    book,
    clock,
    log,
    experience: deps.experience,
    context,
    arrived: assigner.arrived,
    problemOf: (mention) => deps.known?.(mention, []).problemId ?? null,
  })
  const router = createRouter({
    ...deps,
    isOurs: (mention) => answers.isOurs(mention),
    answeredBy: (mention) => answers.answeredBy(mention),
    ledger,
    book,
    context,
    onOpened: assigner.arrived,
  })
  const dismissals = createDismissals({ store, clock })
  const undo = createUndo({
    store,
    ledger,
    book,
    now: () => clock.now(),
    undoers: { ...deps.undoers, 'proposal.dismissed': dismissals.undo },
    cancel: (ids) => outbox.cancel(ids),
    takeBack: (ids, actor) => answers.takeBack(ids, actor),
    answerOf: (caseId) => answers.stateOf(caseId),
  })

  const sla = createSlaClock({ store, ledger, book, clock, context, place: assigner.arrived })

  let running: Promise<void> | null = null
  let cancelTick: (() => void) | null = null
  const working = new Set<Promise<void>>()
  let cancelSweep: (() => void) | null = null
  let again = false
  let stopped = false
  const stopping = new AbortController()

  /** Between two batches everything else has its turn. A failure is retried later: the cursor has not moved. */
  async function drain(): Promise<void> {
    let failures = 0
    // Callers are told of routing later, never from within `wake`.
    await Promise.resolve()
    while (again && !stopped) {
      again = false
      try {
        while (!stopped && router.step()) await (store.resting ?? clock.sleep(0))
        failures = 0
      } catch (error) {
        failures++
        log.log('error', 'Routing of stored mentions failed and will be tried again', { failures }, error)
        if (failures >= 5) break
        again = true
        if (failures === 2) setAside()
        await clock.sleep(Math.min(30_000, 250 * 2 ** failures), stopping.signal).catch(() => {})
      }
    }
    // In the same breath as the look at `again`: whoever wakes from here on starts a new one.
    running = null
  }

  /** When it fails as well, the store does not take anything: then waiting is all that helps. */
  function setAside(): void {
    try {
      const found = router.setAside()
      if (found)
        log.log(
          'error',
          'A mention could not be decided and waits for a person',
          { mention: found.mention.id },
          found.cause,
        )
    } catch (error) {
      log.log('error', 'Nothing can be routed at the moment', {}, error)
    }
  }

  function wake(): void {
    if (stopped) return
    again = true
    running ??= drain()
  }

  /** Somebody may have room: soon, once for everything that changes at a time. */
  function sweepSoon(): void {
    if (stopped) return
    cancelSweep ??= clock.after(50, () => {
      cancelSweep = null
      if (!stopped) assigner.sweep()
    })
  }
  people.onChanged(sweepSoon)
  ledger.onChanged(sweepSoon)

  function tick(): void {
    cancelTick = null
    if (stopped) return
    try {
      sla.tick()
      assigner.sweep()
      // Beside what is under way: a receiver that hangs holds up nobody else's hand-off.
      const work = outbox
        .work()
        .catch((error: unknown) =>
          log.log('error', 'Hand-offs could not be sent; next try in a few seconds', {}, error),
        )
        .finally(() => working.delete(work))
      working.add(work)
    } catch (error) {
      log.log('error', 'The clocks of the cases could not be looked at; next try in a few seconds', {}, error)
    }
    cancelTick = clock.after(TICK_MS, tick)
  }

  function get(id: string): StoredCase {
    const known = caseById(store, id)
    if (known === undefined) throw new Failure('user', 'case.gone')
    return known
  }

  function conflict(known: StoredCase): Failure {
    const last = entriesOfCase(store, known.id).at(-1)
    const who = last?.actor.name ?? 'Somebody'
    return new Failure('user', said('case.changedMeanwhile', { who }))
  }

  /** One decision on the case as the officer saw it; a person is found for what went to a desk by it. */
  function decide(
    { id, version }: Target,
    decision: (known: StoredCase) => Recorded,
    after: (decided: StoredCase) => StoredCase = assigner.arrived,
  ): Recorded {
    return ledger.transact(() => {
      const known = get(id)
      if (version !== undefined && version !== known.version) throw conflict(known)
      const recorded = decision(known)
      return { ...recorded, case: after(recorded.case) }
    })
  }
  const change =
    <Input>(command: Command<Input>, input: Input, actor: Actor) =>
    (known: StoredCase): Recorded =>
      ledger.change(known, command(known, input, context(actor)), actor)

  function give(known: StoredCase, { personId }: CommandInput<'assign'>, actor: Actor): Recorded {
    const person = personId === null ? null : people.get(personId)
    if (person === undefined || person?.archived) throw new Failure('user', 'people.gone')
    const held = person === null ? 0 : heldOf(person.id)
    if (person !== null && held >= person.capacity) {
      const message = said('case.noRoom', { name: person.name, open: held, capacity: person.capacity })
      throw new Failure('user', message)
    }
    return ledger.change(known, assign(known, { personId, name: person?.name ?? '' }), actor)
  }

  const plain = Object.fromEntries(
    Object.entries(plainCommands).map(([name, command]) => [
      name,
      (known: StoredCase, input: never, actor: Actor) => change<never>(command, input, actor)(known),
    ]),
  ) as Pick<Doers, PlainCommand>
  const doers: Doers = {
    ...plain,
    ...replying,
    assign: give,
    handOff: (known, { channelId }, actor) => outbox.handOff(known, channelId, actor),
    answerDesk: (known, { text }, actor) => deskAnswers.reply(known, text.trim(), actor),
  }

  return {
    book,
    people,
    ...handoffs,
    replies,
    answers,
    ledger,
    dismissals,
    start() {
      outbox.start()
      answers.start()
      advice.start()
      wake()
      if (cancelTick === null) tick()
    },
    wake,
    async idle() {
      if (stopped) return
      wake()
      while (running !== null) await running
      await advice.idle()
    },
    get,
    history: (id) => entriesOfCase(store, get(id).id),

    open({ mention, deskId, priority }, actor) {
      return ledger.transact(() => {
        if (caseOfMention(store, mention.id)) {
          throw new Failure('user', 'case.mentionHasCase')
        }
        const desk = deskId === null ? undefined : book.desk(deskId)
        if (deskId !== null && (desk === undefined || desk.archived)) {
          throw new Failure('user', 'case.deskGone')
        }
        if (mentionBySeq(store, store.stationId, mention.seq) === undefined) {
          throw new Failure('user', 'mention.gone')
        }
        const keys = mentionKeys(store, mention.seq)
        const problemId = deps.known?.(mention, []).problemId ?? null
        const origin = {
          mention,
          authorKey: keys?.authorKey ?? null,
          threadKey: conversationOf(store, mention, keys?.threadKey ?? null),
          problemId,
        }
        const recorded = ledger.open(openedByOfficer(origin, deskId, priority, context(actor)), actor)
        return { ...recorded, case: assigner.arrived(recorded.case) }
      })
    },

    do: (name, target, input, actor) =>
      decide(target, (known) => doers[name](known, input, actor), placed.has(name) ? (c) => c : assigner.arrived),
    run: (command, target, input, actor) => decide(target, change(command, input, actor)),

    importPeople: (csv, apply, actor) =>
      importPeople({ store, clock, book, people, timeZone: deps.timeZone }, csv, apply, actor),
    suggest: (mention) => advice.suggest(mention),
    suggestReplies: (mention) => advice.suggestReplies(mention),
    lookAtWaiting: () => advice.lookAtWaiting(),
    rehearse: (input) => rehearse({ ...deps, book, people }, input),
    undo,
    explain: (mention) => router.explain(mention),
    onChanged: (listener) => ledger.onChanged(listener),
    async stop() {
      stopped = true
      stopping.abort()
      cancelTick?.()
      cancelSweep?.()
      await running
      await advice.stop()
      await answers.stop()
      // A receiver that hangs does not keep the program: what is under way is sorted out at the next start.
      if (working.size > 0) await Promise.race([Promise.all(working), clock.sleep(2_000)])
    },
  }
}
