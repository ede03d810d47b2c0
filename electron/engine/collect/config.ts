import type { Connector } from '#engine/connectors/connector.ts'
import { UserError } from '#engine/platform/errors.ts'

/** A configuration that cannot be used; `field` is the key of the form's field, null when it is none of them. */
export class ConfigProblem extends UserError {
  override name = 'ConfigProblem'
  readonly field: string | null
  constructor(message: string, field: string | null) {
    super(message)
    this.field = field
  }
}

/** Throws ConfigProblem that names the field. */
export function parseConfig(connector: Connector, config: unknown): unknown {
  const parsed = connector.config.safeParse(config)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const known = connector.fields.find(({ key }) => key === field.split('.')[0])
  const label = known?.label ?? field
  throw new ConfigProblem(
    `${connector.name}: ${label === '' ? '' : `${label}: `}${issue?.message ?? 'the configuration cannot be used'}`,
    known?.key ?? null,
  )
}

/** A file tells whose posts it holds; every other connector is its own network. */
export function networkOf(connector: Connector, config: unknown): string {
  const named = (config as { network?: unknown }).network
  return typeof named === 'string' && named !== '' ? named : connector.network
}
