import { listOption, textOption } from '#hosts/cli/arguments.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { evaluateSeries } from './evaluate-series.ts'
import { evaluateCrises } from './evaluate-crises.ts'
import { evaluateShifts } from './evaluate-shifts.ts'

/** `earshot evaluate alerts`: on counted series, on the crises of a folder, or on the shifts of a file or folder. */
export async function evaluateAlerts(args: Arguments, terminal: Terminal): Promise<void> {
  const crises = textOption(args, 'crises')
  if (crises !== undefined) return evaluateCrises(crises, terminal)
  const incidents = textOption(args, 'incidents')
  if (incidents !== undefined) return evaluateShifts(incidents, terminal)
  if (listOption(args, 'series').length > 0) return evaluateSeries(args, terminal)
  throw new UsageError('evaluate alerts needs --series, --crises or --incidents.')
}
