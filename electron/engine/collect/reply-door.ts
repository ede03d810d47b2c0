import type { SendResult, SentPlace } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure, userFailure, passingFailure } from '#engine/platform/failure.ts'
import type { ReplyOption, NetworkWay } from '#shared/model/reply.ts'
import type { Mention } from '#shared/model/mention.ts'
import type {
  ReplyingAccount,
  ReplyContext,
  Replying,
  ReplyTo,
  Connector,
  OutgoingReply,
} from '#engine/connectors/connector.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Http } from '#engine/platform/http.ts'
import type { MailAccount, Mailer } from '#engine/platform/mailer.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import type { Reads } from '#engine/store/reads.ts'
import { rawOfMention } from '#engine/store/queries/mentions.ts'
import { findSource, listSources } from '#engine/store/queries/sources.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import { parseConfig } from './config.ts'

export interface ReplyDoorDeps {
  reads: Reads
  connectors: readonly Connector[]
  http: Http
  mailer: Mailer
  secrets: Secrets
  clock: Clock
}

/** Whole exchange of one attempt; it may take several requests. */
const SEND_TIMEOUT_MS = 60_000
const ACCOUNT_TIMEOUT_MS = 8_000

interface Speaker {
  stored: StoredSource
  config: unknown
  replying: Replying
}

const offWords = (name: string): Said => said('reply.sourceOff', { name })

/** The sources that can speak. */
function speakersIn({ reads, connectors }: Pick<ReplyDoorDeps, 'reads' | 'connectors'>) {
  const byId = new Map(connectors.map((connector) => [connector.id, connector]))

  function speakerOf(stored: StoredSource | undefined): Speaker | undefined {
    const connector = stored && byId.get(stored.source.connector)
    if (!stored || !connector?.replying) return undefined
    try {
      return { stored, config: parseConfig(connector, stored.source.config), replying: connector.replying }
    } catch {
      // A configuration of another version: the Sources view says so.
      return undefined
    }
  }

  /** Everything that speaks for the network, the mention's own source first. */
  const ofNetwork = (network: string, sourceId: string): Speaker[] =>
    listSources(reads)
      .filter((stored) => stored.network === network)
      .sort((a, b) => Number(b.source.id === sourceId) - Number(a.source.id === sourceId))
      .flatMap((stored) => speakerOf(stored) ?? [])

  function needed(sourceId: string): Speaker {
    const speaker = speakerOf(findSource(reads, sourceId))
    if (!speaker) throw userFailure('reply.sourceRemoved')
    if (!speaker.stored.source.enabled) throw new Failure('user', offWords(speaker.stored.source.name))
    return speaker
  }

  return { speakerOf, ofNetwork, needed }
}

/** Runs `work` with what the connector needs, and calls it off when it takes longer than `ms`. */
async function within<Result>(
  { http, mailer, secrets, clock }: ReplyDoorDeps,
  speaker: Speaker,
  ms: number,
  work: (context: ReplyContext<unknown>) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController()
  const cancel = clock.after(ms, () => abort.abort(passingFailure('reply.tookTooLong')))
  const { source, secretKeys } = speaker.stored
  try {
    return await work({
      config: speaker.config,
      signal: abort.signal,
      http: { fetch: (request) => http.fetch({ ...request, signal: request.signal ?? abort.signal }) },
      mailer,
      now: () => clock.now(),
      secret: (key) => (secretKeys.includes(key) ? secrets.get(`${source.id}/${key}`) : Promise.resolve(null)),
    })
  } finally {
    cancel()
  }
}

/** Problems of getting there. What happened after something may have left, connectors say themselves. */
function resultOf(error: unknown): SendResult {
  if (!(error instanceof Failure)) throw error
  const { kind, said: advice, retryAfterMs } = error
  return { outcome: kind === 'user' ? 'refused' : 'later', sent: null, advice, retryAfterMs }
}

/** What can be said through the configured sources, and how it is said: the way from a case to a connector. */
// Long: one small function a thing that can be asked of a network.
export function createReplyDoor(deps: ReplyDoorDeps) {
  const { reads } = deps
  const { speakerOf, ofNetwork, needed } = speakersIn(deps)
  const known = (sourceId: string): Speaker | undefined => speakerOf(findSource(reads, sourceId))

  const toOf = (mention: Mention, sourceId: string): ReplyTo => {
    const raw = rawOfMention(reads, mention.seq)
    return { mention, raw, own: mention.sourceId === sourceId }
  }

  async function attempt(
    sourceId: string,
    work: (replying: Replying, context: ReplyContext<unknown>) => Promise<SendResult>,
  ): Promise<SendResult> {
    try {
      const speaker = needed(sourceId)
      return await within(deps, speaker, SEND_TIMEOUT_MS, (context) => work(speaker.replying, context))
    } catch (error) {
      return resultOf(error)
    }
  }

  return {
    /** Every way that some source has for this mention, possible or not; `as` is added by who knows the accounts. */
    options(mention: Mention): Omit<ReplyOption, 'as' | 'possible'>[] {
      return ofNetwork(mention.network, mention.sourceId).flatMap(({ stored, config, replying }) => {
        const { source, network, secretKeys } = stored
        const to = toOf(mention, source.id)
        return replying.ways(to, config, secretKeys).map((choice) => ({
          ...choice,
          manner: replying.manner?.(choice.way, to) ?? { warning: null, lang: null },
          why: source.enabled ? choice.why : offWords(source.name),
          sourceId: source.id,
          sourceName: source.name,
          network,
        }))
      })
    },

    /** The text as it leaves, its length as the network counts, and who else reads it; undefined: this source cannot say. */
    compose(sourceId: string, way: NetworkWay, text: string, mention: Mention, warning?: string) {
      const speaker = known(sourceId)
      if (speaker === undefined) return undefined
      const to = toOf(mention, sourceId)
      const composed = speaker.replying.compose(text, way, to, warning)
      return { ...composed, readers: speaker.replying.readers?.(composed.text, way, to, speaker.config) ?? [] }
    },

    repeatable: (sourceId: string, way: NetworkWay): boolean => known(sourceId)?.replying.repeatable(way) ?? false,

    paceMs: (sourceId: string): number => known(sourceId)?.replying.paceMs ?? 0,

    canWithdraw: (sourceId: string): boolean => known(sourceId)?.replying.withdraw !== undefined,

    /** Sources that could answer something: their accounts are worth knowing. */
    speakers: (): { sourceId: string; network: string }[] =>
      listSources(reads).flatMap((stored) => {
        const speaker = stored.source.enabled ? speakerOf(stored) : undefined
        return speaker && stored.secretKeys.length > 0 ? [{ sourceId: stored.source.id, network: stored.network }] : []
      }),

    /**
     * Asks the network who this source speaks as. `why`: it will not let this source speak, and what to do. Neither: the
     * network cannot be asked at the moment.
     */
    async account(sourceId: string): Promise<{ account: ReplyingAccount | null; why: Said | null }> {
      try {
        const speaker = needed(sourceId)
        const account = await within(deps, speaker, ACCOUNT_TIMEOUT_MS, (context) => speaker.replying.account(context))
        return { account, why: null }
      } catch (error) {
        const { outcome, advice } = resultOf(error)
        return { account: null, why: outcome === 'refused' ? advice : null }
      }
    },

    send: (sourceId: string, mention: Mention, answer: Omit<OutgoingReply, 'to'>): Promise<SendResult> =>
      attempt(sourceId, (replying, context) => replying.send(context, { ...answer, to: toOf(mention, sourceId) })),

    withdraw: (sourceId: string, way: NetworkWay, sent: SentPlace): Promise<SendResult> =>
      attempt(sourceId, ({ withdraw }, context) => {
        if (!withdraw) throw userFailure('reply.cannotTakeBack')
        return withdraw(context, way, sent)
      }),

    /** How letters of the station's own leave through this source; null: they do not. Throws SecretsUnavailable. */
    async mailAccount(sourceId: string): Promise<MailAccount | null> {
      const speaker = known(sourceId)
      if (!speaker?.stored.source.enabled || !speaker.replying.mailAccount) return null
      const { mailAccount } = speaker.replying
      return within(deps, speaker, ACCOUNT_TIMEOUT_MS, (context) => mailAccount(context))
    },
  }
}
