import type { Connector } from '#engine/connectors/connector.ts'
import { UserError } from '#engine/platform/errors.ts'

/** Throws UserError that names the field. */
export function parseConfig(connector: Connector, config: unknown): unknown {
  const parsed = connector.config.safeParse(config)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const label = connector.fields.find((known) => known.key === field.split('.')[0])?.label ?? field
  throw new UserError(
    `${connector.name}: ${label === '' ? '' : `${label}: `}${issue?.message ?? 'the configuration cannot be used'}`,
  )
}

/** A file tells whose posts it holds; every other connector is its own network. */
export function networkOf(connector: Connector, config: unknown): string {
  const named = (config as { network?: unknown }).network
  return typeof named === 'string' && named !== '' ? named : connector.network
}
