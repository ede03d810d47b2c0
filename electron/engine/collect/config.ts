import type { Connector } from '#engine/connectors/connector.ts'
import type { Source, SourceDraft } from '#shared/model/source.ts'
import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import { byCode } from '#shared/words/words.ts'

/** Throws a Failure that names the form's field, where it is one of them. */
export function parseConfig(connector: Connector, config: unknown): unknown {
  const parsed = connector.config.safeParse(config)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const known = connector.fields.find(({ key }) => key === field.split('.')[0])
  const label = known?.label ?? field
  const what = issue ? byCode(issue.message) : said('source.configUnusable')
  const whose = { connector: connector.name, what, ...(known && { field: known.key }) }
  throw new Failure(
    'user',
    label === '' ? said('source.config', whose) : said('source.configField', { ...whose, label }),
  )
}

/**
 * What was given, its secrets apart from its configuration: that goes into the store and the journal, which keep it for ever.
 * Throws a Failure.
 */
export function readDraft(connector: Connector, given: SourceDraft): { draft: SourceDraft; config: unknown } {
  const config = parseConfig(connector, given.config)
  const apart = connector.keepApart?.(config) ?? null
  if (apart === null) return { draft: given, config }
  const draft = {
    ...given,
    config: { ...given.config, ...apart.config },
    secrets: { ...given.secrets, ...apart.secrets },
  }
  return { draft, config: parseConfig(connector, draft.config) }
}

/** A file tells whose posts it holds; every other connector is its own network. */
export function networkOf(connector: Connector, config: unknown): string {
  const named = (config as { network?: unknown }).network
  return typeof named === 'string' && named !== '' ? named : connector.network
}

/** What a stored source keeps in its configuration that its connector keeps apart; null: nothing, or it cannot be read. */
export const partSource =
  (connectors: readonly Connector[]) =>
  (source: Source): { source: Source; secrets: Record<string, string> } | null => {
    const connector = connectors.find(({ id }) => id === source.connector)
    const parsed = connector?.config.safeParse(source.config)
    if (!connector?.keepApart || !parsed?.success) return null
    try {
      const apart = connector.keepApart(parsed.data)
      return apart && { source: { ...source, config: { ...source.config, ...apart.config } }, secrets: apart.secrets }
    } catch {
      return null
    }
  }
