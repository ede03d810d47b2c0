import { isToBeHeard, type Alert } from '#shared/model/alert.ts'
import type { AlertRota, RotaStep } from '#shared/model/alert-recipient.ts'
import { isOpen } from '#engine/routing/hours.ts'

const MINUTE = 60_000

/** A step that is due. `no`: its place in the rota, from 1. */
export interface ClimbStep extends RotaStep {
  no: number
}

/** Whether nobody has it in hand who should. */
export const climbs = (alert: Alert, rota: AlertRota, now: number): boolean =>
  rota.enabled &&
  (alert.state === 'raised' || alert.state === 'noData') &&
  alert.takenAt === null &&
  isToBeHeard(alert, now) &&
  alert.strength >= rota.fromStrength

/**
 * Pure. The step that an alert comes to at `now`; null: none yet, or nobody who is on duty is left. Steps count from the
 * last one that was told, or from when the alert was raised; a step that is off duty is passed over. `anchor`: what to count
 * from instead of a time that lies ahead, because the clock was set back since. `canAsk`: somebody of the step can be told.
 */
export function stepOf(
  alert: Alert,
  rota: AlertRota,
  { now, anchor, canAsk }: { now: number; anchor: number; canAsk(step: RotaStep): boolean },
): ClimbStep | null {
  if (!climbs(alert, rota, now)) return null
  const done = alert.told.flatMap(({ step, at }) => (step === null ? [] : [{ step, at }]))
  const last = done.reduce((most, { step }) => Math.max(most, step), 0)
  const from = Math.min(lastStepAt(alert), anchor)
  for (const [i, step] of rota.steps.entries()) {
    const no = i + 1
    if (no <= last || !isOpen(step.hours, now) || !canAsk(step)) continue
    return now >= from + step.afterMinutes * MINUTE ? { ...step, no } : null
  }
  return null
}

/** From when the next step counts: the last that was told, else when it was raised, or when its mute ended. */
export const lastStepAt = ({ told, raisedAt, since, mutedUntil }: Alert): number =>
  told.reduce(
    (latest, { step, at }) => (step === null ? latest : Math.max(latest, at)),
    Math.max(raisedAt ?? since, mutedUntil ?? 0),
  )
