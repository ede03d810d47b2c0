import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import { readQuery } from '#engine/listens/unreadable.ts'
import { explainText } from '#shared/query/explain.ts'
import type { Connector } from '#engine/connectors/connector.ts'
import type { Listens } from '#engine/listens/listens.ts'
import { listedQueries, translated } from '#engine/listens/listed-queries.ts'
import { propose, type KnownConnector } from '#engine/listens/propose.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { listenCounts } from '#engine/store/queries/listens.ts'
import { listSources } from '#engine/store/queries/sources.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Saved queries: list, save, explain, preview, propose. */
export function listensApi(rooms: {
  store: Store
  listens: Listens
  clock: Clock
  connectors: readonly Connector[]
  /** Of the station's own. */
  names(): { ownNames: string[]; categories: { id: string; name: string }[] }
}) {
  const { store, listens, clock } = rooms

  /** Networks that a source has, or could have. */
  const networks = (): string[] => [
    ...new Set([
      ...listSources(store).map(({ network }) => network),
      ...rooms.connectors.map(({ network }) => network),
    ]),
  ]

  return {
    list: api.listens.list.handler(() => {
      const now = clock.now()
      return listens.all().map((listen) => {
        const { between, inAll } = listenCounts(store, listen.id, now - HOUR, now + 60_000)
        return { ...listen, heardLastHour: between, heardInAll: inAll }
      })
    }),

    save: api.listens.save.handler(({ input, context }) => listens.save(input, context.actor)),

    readList: api.listens.readList.handler(({ input: { text, dialect, locale } }) =>
      listedQueries(
        text,
        dialect,
        locale,
        listens.all().map(({ name }) => name),
      ),
    ),

    saveAll: api.listens.saveAll.handler(({ input, context }) => {
      const { listens: made, entries } = listens.saveAll(input.drafts, context.actor)
      return { listens: made, undo: entries.toReversed() }
    }),

    remove: api.listens.remove.handler(({ input, context }) => ({
      undo: listens.remove(input.id, context.actor),
    })),

    explain: api.listens.explain.handler(({ input }) =>
      explainText(input.query, { locale: input.locale, networks: networks(), ...rooms.names() }),
    ),

    translate: api.listens.translate.handler(({ input }) => {
      return translated(input.query, input.dialect, input.locale)
    }),

    preview: api.listens.preview.handler(async ({ input, signal }) => {
      readQuery(input.query)
      const saved = input.savedId === undefined ? null : (listens.byId(input.savedId)?.query ?? null)
      const now = clock.now()
      const question = { query: input.query, saved, from: now - input.days * DAY, to: now + HOUR }
      return store.reader.ask('listens.preview', question, { signal })
    }),

    propose: api.listens.propose.handler(({ input }) => {
      const known = rooms.connectors.map((connector): KnownConnector => ({
        id: connector.id,
        network: connector.network,
        name: connector.name,
        accepts: (config) => connector.config.safeParse(config).success,
        secrets: connector.secrets,
      }))
      const proposal = propose(input, known)
      if (proposal) return proposal
      throw new Failure('user', said('listen.brandEmpty', { field: 'brand' }))
    }),
  }
}
