import type { AlertMessage } from './alert-message.ts'

/** One alert as somebody may see it who was told of it, with what an officer is told. */
export interface AlertView {
  /** Whom the link was sent to. */
  who: string
  message: AlertMessage
  takenBy: string | null
  takenAt: number | null
  isOver: boolean
  /** For times on the page. */
  timeZone: string
  /** Until when the link holds. */
  until: number
}

/**
 * Why a link does nothing.
 * - `unknown`: not a link of this station, or changed on the way
 * - `expired`: its time is over
 * - `removed`: its reader is told of alerts no more
 * - `unavailable`: the station cannot read its key at the moment
 */
export type AlertRefusal = 'unknown' | 'expired' | 'removed' | 'unavailable'

export type AlertOpened = { ok: true; view: AlertView } | { ok: false; why: AlertRefusal }

/** How somebody without a place at this station sees an alert that they were told of, and takes it. */
export interface AlertDoor {
  /** Under which address people outside reach the station; empty: they do not. */
  publicUrl(): string
  read(token: string): Promise<AlertOpened>
  /** `name`: of the person; empty: they did not say. Who has it already keeps it. */
  take(token: string, name: string): Promise<AlertOpened>
}
