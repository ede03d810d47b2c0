import { statSync } from 'node:fs'
import type { Role, StationStatus } from '#shared/contract/station.ts'
import type { DeskDoor } from '#shared/model/desk-door.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { RereadingState } from '#shared/model/rereading.ts'
import { useConceptLines } from '#shared/query/concept-book.ts'
import type { Language } from '#shared/words/languages.ts'
import type { Doors } from '#shared/model/access.ts'
import type { AlertBook } from './alerts/book.ts'
import { earsOf } from './api/ears.ts'
import { createWatch, type Watch } from './alerts/watch.ts'
import { accessApi } from './api/access.ts'
import { alertRooms } from './api/alert-rooms.ts'
import { chartsApi } from './api/charts.ts'
import { casesApi } from './api/cases.ts'
import { desksApi } from './api/desks.ts'
import { experienceApi } from './api/experience.ts'
import { mentionsApi } from './api/mentions.ts'
import { createCallers } from './api/callers.ts'
import { createHandler, createLocalClient, handledPaths, type Client, type Rooms } from './api/router.ts'
import { servePeer, type Peer } from './api/serve.ts'
import { reviewApi } from './api/review.ts'
import { categoriesApi, learningApi, personsApi, problemsApi, relevanceApi } from './api/knowledge.ts'
import { listensApi } from './api/listens.ts'
import { sourcesApi } from './api/sources.ts'
import { stationApi } from './api/station.ts'
import { undoersOf } from './api/undoers.ts'
import { stationSettings } from './api/station-settings.ts'
import { wallLayouts } from './api/wall-layouts.ts'
import { createBoard, type Board } from './board.ts'
import { createPresence } from './live/presence.ts'
import { partSource } from './collect/config.ts'
import { createCollect, type Collect } from './collect/collect.ts'
import { createReplyDoor } from './collect/reply-door.ts'
import type { Connector } from './connectors/connector.ts'
import { connectors } from './connectors/registry.ts'
import type { Intake } from './intake/intake.ts'
import { createImports } from './intake/imports.ts'
import { createEncoderThread } from './intake/encoder-thread.ts'
import { openIntake } from './intake/open.ts'
import { createMentionDecisions } from './journal/mention-decisions.ts'
import { createListens } from './listens/listens.ts'
import { createAfterAnswer } from './cases/gratitude.ts'
import { followProblem } from './cases/follow-problem.ts'
import { withdrawCases } from './cases/withdraw.ts'
import { createKnowledge } from './knowledge/knowledge.ts'
import { createLive } from './live/live.ts'
import type { Clock } from './platform/clock.ts'
import type { Http } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import { fileBytes } from './platform/file-bytes.ts'
import { createMailer, type Mailer } from './platform/mailer.ts'
import { conceptFolder, type Paths } from './platform/paths.ts'
import type { Secrets } from './platform/secrets.ts'
import type { SecretPlaces } from './platform/secret-places.ts'
import { cleanSecrets } from './journal/clean-secrets.ts'
import type { Sockets } from './platform/socket.ts'
import { textFolder } from './platform/text-folder.ts'
import { stationZone } from './platform/time-zone.ts'
import { createReview } from './review/review.ts'
import { conceptsBy } from './advice/concept-terms.ts'
import { createExperience } from './advice/experience.ts'
import { afterAnswerFile } from './understanding/after-answer/after-answer.ts'
import { encoderFile } from './understanding/encoder/encoder.ts'
import { openEncoder } from './understanding/encoder/open.ts'
import { openAfterAnswerFile } from './understanding/after-answer/open.ts'
import { lexiconFile } from './understanding/concepts/lexicon.ts'
import { modelFiles } from './understanding/understand.ts'
import { keepDailyBackups } from './store/daily-backup.ts'
import { statusOf } from './api/status.ts'
import { openStore } from './store/open.ts'
import { mentionsBetween } from './store/queries/mentions-between.ts'
import { mentionCount } from './store/queries/rollup-reads.ts'
import type { StoreStats } from './store/queries/stats.ts'
import { restoreStore, type RestoreReport } from './store/restore.ts'
import { rowOf } from './store/station-id.ts'
import type { Store } from './store/store.ts'

/** The doors to the world. Hosts pass the real ones, tests and the sample shift their own. */
export interface EngineDeps {
  clock: Clock
  http: Http
  sockets: Sockets
  secrets: Secrets
  /** Where `secrets` may lie, for hosts that let a person choose; it is the same as `secrets` then. */
  places?: SecretPlaces
  /** How browsers come in; null or absent: none does. */
  doors?: () => Doors | null
  /** Default: SMTP to any address. */
  mailer?: Mailer
  /** Whether the host shows the pages that links of hand-offs lead to; default true. */
  servesLinks?: boolean
  log: Log
  paths: Paths
  /** Of the program, for `hello` and exports. */
  version: string
  /** IANA name; default: the machine's. */
  timeZone?: string
  /** Default: every connector of the registry. */
  connectors?: readonly Connector[]
  /** Of a new station: the names of its starter desks, rules and replies. Default: English. */
  language?: Language
  /** By which it waits before it learns from decisions; default `clock`. A past lived through in seconds is learned from once. */
  learningClock?: Clock
  /** This engine plays the sample shift. */
  sample?: boolean
  /** The host swaps this engine for one that plays the sample shift, or back. null or absent: it cannot. */
  onOpenSample?: ((language: Language) => Promise<void>) | null
  onCloseSample?: (() => Promise<void>) | null
  /** How much of the sample shift was lived through while it is being opened, 0 … 1; null: it is not. */
  sampleOpening?: () => number | null
}

export interface Engine {
  readonly store: Store
  readonly intake: Intake
  readonly collect: Collect
  readonly board: Board
  /** Cards of alerts: who raises one by hand, a drill or a test, does it here. */
  readonly alerts: AlertBook
  readonly watch: Watch
  /** Where desks outside answer: the only way in for somebody without a place at this station. */
  readonly deskDoor: DeskDoor
  /** Begins to listen: sources, routing, clocks. Reads and commands work before that. */
  start(): void
  /** Drains and closes in order: sources, intake, routing, streams, store. Safe to call twice. */
  stop(): Promise<void>
  /** The machine goes to sleep; `resume` catches up on what was missed. */
  suspend(): Promise<void>
  resume(): void
  /** Resolves when everything that was taken in so far is stored and routed. */
  idle(): Promise<void>
  /** The slower look over all problems, now; it comes by itself when there was enough to look over. */
  lookOver(): Promise<void>
  /** Mentions of rows after `seq` up to `upTo`, in order of arrival. */
  mentionsAfter(seq: number, upTo: number): Iterable<Mention>
  /** Binds one connection of a page; the host decides the role. `send` may return a promise as back-pressure. */
  serve(role: Role, send: (message: string | ArrayBufferLike | Uint8Array) => void | Promise<void>): Peer
  /** The contract without a wire, for the command line, the sample shift and tests. */
  client(role?: Role, as?: Actor): Client
  status(): StationStatus
  /** What the store holds, counted on the reading thread. */
  stats(): Promise<StoreStats & { file: string; bytes: number; rereading: RereadingState | null }>
  /** Names of the calls that this engine answers. */
  readonly calls: string[]
}

/** The composition root: the only file that sees every room. Rejects with a Failure when a person must act first. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const store = openStore({ paths: deps.paths, clock: deps.clock, log: deps.log.child('store') })
  const opened: Closing[] = []
  try {
    const clean = () => cleanSecrets({ ...deps, store, partSource: partSource(deps.connectors ?? connectors) })
    await clean()
    return compose(deps, store, opened, clean)
  } catch (error) {
    // Threads of what was put together before it failed would keep the process.
    for (const close of opened.reverse()) await close()
    await store.close()
    throw error
  }
}

type Closing = () => unknown

/**
 * `opened` learns what has to be closed when a later room cannot be made.
 * Long: the one place where the rooms are put together, in their order; each is given some of those before it.
 */
function compose(deps: EngineDeps, store: Store, opened: Closing[], clean: () => Promise<unknown>): Engine {
  const { clock, log, paths } = deps
  const startedAt = clock.now()
  const { zone: timeZone, unknown } = stationZone(deps.timeZone)
  if (unknown !== null) log.log('warn', 'The time zone of this machine is not known; UTC is used', { zone: unknown })
  const intake = openIntake({ store, paths, clock, log })
  opened.push(() => intake.close())
  const collect = createCollect({
    store,
    intake,
    connectors: deps.connectors ?? connectors,
    http: deps.http,
    sockets: deps.sockets,
    secrets: deps.secrets,
    // Nothing is collected before everything is put together.
    takeLetter: (letter) => board.takeLetter(letter),
    clock,
    log: log.child('collect'),
  })
  const all = deps.connectors ?? connectors
  const mailer = deps.mailer ?? createMailer()
  const door = createReplyDoor({ ...deps, reads: store, connectors: all, mailer })
  const decisions = createMentionDecisions({ store, clock })
  const resource = (name: string): Uint8Array | null => fileBytes(paths.resource(name))
  useConceptLines(() => textFolder(paths.resource(conceptFolder)))
  const live = createLive({ reads: store, clock })
  const listens = createListens({ store, clock, setListens: (all) => intake.setListens(all) })
  listens.start()
  const learning = deps.learningClock ?? clock
  const encoder = createEncoderThread({ paths, clock, log: log.child('encoder') })
  opened.push(() => encoder.close())
  const meaningOf = openEncoder(paths.resource(encoderFile), log.child('encoder'))
  const knowledge = createKnowledge({
    store,
    meaningOf,
    clock,
    model: () => resource(modelFiles.sentiment),
    lexicon: () => resource(lexiconFile),
    look: { paths, file: store.file, clock: learning, vectors: encoder.own, log: log.child('problems') },
    hand: (learned) => intake.learn(learned),
    onMoved: (ids, problem, by) => followProblem({ store, ledger: board.ledger }, ids, problem, by),
  })
  const experience = createExperience({ store, paths, clock: learning, log: log.child('suggestions') })
  opened.push(() => experience.close())
  opened.push(() => knowledge.close())
  const board = createBoard({
    experience,
    meaningOf,
    conceptsOf: conceptsBy(() => knowledge.lexicon()),
    store,
    clock,
    log: log.child('cases'),
    http: deps.http,
    secrets: deps.secrets,
    mailer,
    door,
    servesLinks: deps.servesLinks ?? true,
    timeZone,
    afterAnswer: createAfterAnswer(
      openAfterAnswerFile(paths.resource(afterAnswerFile), knowledge.lexicon, log.child('cases')),
    ),
    isRouted: (id) => listens.isRouted(id),
    known: (...asked) => knowledge.known(...asked),
    onMute(mention, { explanation }) {
      decisions.muteThread(mention.seq, { kind: 'rule', id: explanation.ruleId ?? '', name: explanation.ruleName })
    },
    undoers: undoersOf(decisions, listens, knowledge),
  })
  const ears = () => earsOf(collect)
  const watching = { store, clock, log: log.child('alerts'), timeZone, book: board.alerts, ears }
  const watch = createWatch({ ...watching, lexicon: knowledge.lexicon, meaningOf })
  collect.onSources(() => board.replies.sourcesChanged())
  const deskName = (id: string): string => board.book.desk(id)?.name ?? ''
  const review = createReview({ store, clock, timeZone, thread: { paths, log }, deskName })
  opened.push(() => review.close())
  intake.onStored((batch) => {
    live.stored(batch)
    board.wake()
  })
  intake.rereading.onChanged((seqs) => live.changed(seqs))
  decisions.onChanged((seqs) => {
    live.changed(seqs)
    knowledge.learning.refresh()
  })
  knowledge.learning.refresh()
  // What had no place before may have one now.
  const stopPlaces = deps.places?.onChanged(() => void clean().then(() => board.channels.reload()))
  knowledge.onJudged((seqs) => live.changed(seqs))
  listens.onChanged((all, before) => knowledge.relevance.described(all, before))
  board.onChanged((changed) => live.changed(changed.flatMap(({ mentionId }) => rowOf(store, mentionId) ?? [])))

  const imports = createImports({
    store,
    clock,
    log: log.child('imports'),
    intake,
    running: (id) => collect.importing().find((one) => one.id === id),
    withdrawing: (importId, by) => (work) =>
      board.ledger.transact(() => work((seqs) => withdrawCases({ ...board, store }, seqs, by, { importId }))),
    onEmptied: (sourceName, by) => collect.removeEmptied(sourceName, by),
    onGone() {
      knowledge.problems.forget()
      live.forget()
    },
  })
  const presence = createPresence({ clock })
  const peers = new Set<Peer>()
  let stopping: Promise<void> | undefined
  let warming: Promise<void> = Promise.resolve()
  let stopBackups: (() => void) | undefined

  const callsOf = createCallers(store, log.child('api'))
  const status = statusOf({ ...deps, store, collect, review, encoder, intake, knowledge })
  const rooms: Rooms = {
    sources: sourcesApi(collect, imports),
    listens: listensApi({ store, listens, clock, names: knowledge.names, connectors: deps.connectors ?? connectors }),
    mentions: mentionsApi({ store, live, decisions }),
    ...alertRooms({ store, clock, timeZone, board, watch }),
    charts: chartsApi({ store, clock, timeZone }),
    review: reviewApi(review),
    cases: casesApi({ store, board, presence, clock, knowledge, log }),
    desks: { ...desksApi({ store, board, clock }), ...experienceApi({ board, experience, timeZone }) },
    problems: problemsApi({ store, knowledge }),
    persons: personsApi({ store, knowledge }),
    learning: learningApi({ store, knowledge }),
    relevance: relevanceApi({ store, knowledge }),
    categories: categoriesApi({ store, knowledge }),
    access: accessApi({ store, clock, places: deps.places ?? null, doors: deps.doors ?? (() => null) }),
    station: stationApi({
      stationId: store.stationId,
      engineVersion: deps.version,
      startedAt,
      timeZone,
      clock,
      ...stationSettings({ store, clock, board, knowledge, rereading: intake.rereading }, deps.language),
      ...wallLayouts({ store, clock }),
      status,
      openSample: deps.onOpenSample ?? null,
      closeSample: deps.onCloseSample ?? null,
      backup: () => store.backup(),
      storage: async () => ({
        file: store.file,
        bytes: statSync(store.file).size,
        mentions: mentionCount(store),
        lastBackupAt: store.lastBackupAt,
        mended: intake.mended,
      }),
      encoder: () => encoder.state(),
      rereading: () => intake.rereading.state(),
    }),
  }
  const handler = createHandler(rooms)

  async function drain(): Promise<void> {
    stopBackups?.()
    stopPlaces?.()
    await collect.stop()
    await warming
    await intake.idle()
    watch.stop()
    await board.stop()
    await experience.close()
    await knowledge.close()
    live.close()
    for (const peer of peers) peer.close()
    presence.stop()
    await intake.close()
    await review.close()
    await encoder.close()
    await store.close()
  }

  return {
    store,
    intake,
    collect,
    board,
    alerts: board.alerts,
    watch,
    deskDoor: board.deskAnswers,
    start() {
      review.start()
      warming = knowledge.problems.warm()
      board.start()
      watch.start()
      collect.start()
      imports.resume()
      intake.rereading.start()
      if (!deps.sample) stopBackups ??= keepDailyBackups({ store, clock, log: log.child('backup') })
    },
    async idle() {
      await intake.idle()
      await board.idle()
    },
    lookOver: async () => knowledge.look?.look(),
    mentionsAfter: (seq, upTo) => mentionsBetween(store, seq, upTo),
    stop: () => (stopping ??= drain()),
    suspend: () => collect.suspend(),
    resume: () => collect.resume(),
    serve(role, send) {
      const context = callsOf(role)
      const peer = servePeer(handler, context, send, log.child('api'))
      const close = (): void => {
        peers.delete(tracked)
        presence.leave(context.page.id)
        peer.close()
      }
      const tracked: Peer = {
        receive: (message) => peer.receive(message),
        close,
        get open() {
          return peer.open
        },
      }
      peers.add(tracked)
      return tracked
    },
    client: (role = 'officer', as) => createLocalClient(rooms, callsOf(role, as)),
    status,
    async stats() {
      const stats = await store.reader.ask('store.stats', null, { timeoutMs: 120_000 })
      return { ...stats, file: store.file, bytes: statSync(store.file).size, rereading: intake.rereading.state() }
    },
    calls: handledPaths(rooms),
  }
}

/** Puts a backup in the place of a station's store, which no engine may have open; see restoreStore. */
export const restore = (deps: Pick<EngineDeps, 'paths' | 'clock'>, backup: string | null): RestoreReport =>
  restoreStore(deps, backup)
