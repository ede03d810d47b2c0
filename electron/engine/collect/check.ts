import { cut } from '#shared/util/text-length.ts'
import { saidOfDrop } from '#shared/words/dropped.ts'
import type { Said } from '#shared/model/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { both, said } from '#shared/words/said.ts'
import type { SourceDraft } from '#shared/model/source.ts'
import type { Batch, Connector } from '#engine/connectors/connector.ts'
import type { Mailer } from '#engine/platform/mailer.ts'
import { findSource } from '#engine/store/queries/sources.ts'
import type { CollectDeps } from './collect.ts'
import { checkReplying } from './check-replying.ts'
import { describeFailure } from './listening.ts'

export interface CheckResult {
  ok: boolean
  message: Said
  examples: string[]
}

/** A stream is watched this long for a first example; that it opened is success enough. */
const WATCH_MS = 8_000
const GIVE_UP_MS = 30_000

/** Tries a configuration once without keeping anything. Secrets typed into the form win over stored ones. */
export async function checkSource(
  connector: Connector,
  config: unknown,
  draft: SourceDraft,
  deps: CollectDeps,
): Promise<CheckResult> {
  const { clock } = deps
  const abort = new AbortController()
  const cancel = clock.after(GIVE_UP_MS, () => abort.abort())
  const { signal } = abort
  const context = {
    config,
    cursor: null,
    overlapMs: 0,
    signal,
    http: { fetch: (request: Parameters<CollectDeps['http']['fetch']>[0]) => deps.http.fetch({ ...request, signal }) },
    now: () => clock.now(),
    sleep: (ms: number) => clock.sleep(ms, signal),
    secret: async (key: string) => {
      const typed = draft.secrets?.[key]
      if (typed !== undefined && typed !== '') return typed
      const known = draft.id === undefined ? undefined : findSource(deps.store, draft.id)
      return known?.secretKeys.includes(key) ? deps.secrets.get(`${draft.id}/${key}`) : null
    },
    socket: (url: string, options?: { headers?: Record<string, string>; greet?: string[] }) =>
      deps.sockets.open(url, { ...options, signal }),
    resolve: (host: string, port: number) => deps.sockets.resolve(host, port),
  }
  try {
    const speaking = await checkReplying(connector, { ...context, mailer: noMail })
    if (connector.poll) return answer([await connector.poll(context)], speaking)
    if (!connector.stream)
      return { ok: false, message: said('source.neitherPollNorStream', { connector: connector.name }), examples: [] }
    const seen: Batch[] = []
    const stopWatching = clock.after(WATCH_MS, () => abort.abort())
    try {
      for await (const batch of connector.stream(context)) {
        seen.push(batch)
        if (batch.finished || countDrafts(seen) >= 3) break
      }
    } catch (error) {
      if (!signal.aborted || seen.length === 0) throw error
    } finally {
      stopWatching()
    }
    return answer(seen, speaking)
  } catch (error) {
    if (signal.aborted) return { ok: false, message: said('source.noAnswer'), examples: [] }
    deps.log.log('warn', 'A source that was tried out could not be read', { connector: connector.id }, error)
    return { ok: false, message: describeFailure(error).message, examples: [] }
  } finally {
    cancel()
    abort.abort()
  }
}

const countDrafts = (batches: Batch[]): number => batches.reduce((sum, batch) => sum + batch.drafts.length, 0)

/** Trying a source out writes to nobody. */
const noMail: Mailer = { send: () => Promise.reject(userFailure('source.trialWritesNothing')) }

function answer(batches: Batch[], speaking: Said | null): CheckResult {
  const drafts = batches.flatMap((batch) => batch.drafts)
  const dropped = batches.flatMap((batch) => batch.dropped)
  const examples = drafts.slice(0, 3).map((draft) => cut((draft.title ?? draft.text).replace(/\s+/g, ' '), 200))
  const found =
    drafts.length > 0
      ? said('source.answersSome', { n: drafts.length })
      : said(dropped.length > 0 ? 'source.answersUnreadable' : 'source.answersNothing')
  const unread =
    dropped[0] && said('source.someUnreadable', { n: dropped.length, reason: saidOfDrop(dropped[0].reason) })
  const message = [found, unread, speaking].reduce<Said | null>(
    (all, one) => (one ? (all ? both(all, one) : one) : all),
    null,
  )
  return { ok: drafts.length > 0 || dropped.length === 0, message: message ?? found, examples }
}
