import { z } from 'zod'
import { Said } from './said.ts'

/** Characters of a passphrase. */
export const PASSPHRASE_LEAST = 12
export const PASSPHRASE_MOST = 1000

/**
 * Where this station keeps what is secret. `file`: sealed with a passphrase; `locked`: so, and the passphrase was not given
 * yet; `run`: nowhere, it is gone when the station ends; `none`: there is no keychain, and nothing had to be kept yet.
 */
export const secretsPlaces = ['keychain', 'file', 'locked', 'run', 'none'] as const
export const SecretsPlace = z.object({
  place: z.enum(secretsPlaces),
  /** false: it came so, nobody decided. */
  chosen: z.boolean(),
  /** Why the keychain is not used; null: it is, or nobody asked it. */
  problem: Said.nullable(),
})
export type SecretsPlace = z.infer<typeof SecretsPlace>

export const WALL_NAME_MOST = 80

/** A screen that was let in as a wall. */
export const KnownWall = z.object({
  id: z.string(),
  /** Empty: it came by an address that names none. */
  name: z.string().max(WALL_NAME_MOST),
  addedAt: z.number().int(),
  /** Its link was opened; null: not yet. */
  enteredAt: z.number().int().nullable(),
  /** When it last was connected or asked for something; null: never. */
  seenAt: z.number().int().nullable(),
  /** Pages that are open there now. */
  open: z.number().int(),
})
export type KnownWall = z.infer<typeof KnownWall>

/** How browsers come in, as the host that serves them has it. */
export interface Doors {
  walls(): KnownWall[]
  /** `url` opens the station once. */
  addWall(name: string): { wall: KnownWall; url: string }
  /** undefined: there is no such wall. */
  wallLink(id: string): string | undefined
  /** Every page of it is let go at once. undefined: there was none. */
  removeWall(id: string): KnownWall | undefined
  officerLink(): string
}
