import { z } from 'zod'
import { KnownWall, PASSPHRASE_LEAST, PASSPHRASE_MOST, SecretsPlace, WALL_NAME_MOST } from '#shared/model/access.ts'
import { read, write } from './base.ts'

const Passphrase = z.string().min(PASSPHRASE_LEAST).max(PASSPHRASE_MOST)
/** Opens the station once, for whoever opens it first. null: this host has no addresses. */
const Link = z.object({ url: z.string() })

/** Where secrets are kept, and who is let in. */
export const access = {
  secrets: read.output(SecretsPlace),
  /** Where there is no keychain: a file sealed with a passphrase. */
  sealSecrets: write.input(z.object({ passphrase: Passphrase })).output(SecretsPlace),
  /** The passphrase of a file that was sealed before. */
  unlockSecrets: write.input(z.object({ passphrase: z.string().max(PASSPHRASE_MOST) })).output(SecretsPlace),
  /** Where there is no keychain: nothing is kept beyond this run, and that is meant. */
  keepSecretsForRun: write.output(SecretsPlace),
  /** null: no browser reaches this station, so there are none. */
  walls: read.output(z.object({ walls: z.array(KnownWall) }).nullable()),
  addWall: write.input(z.object({ name: z.string().trim().min(1).max(WALL_NAME_MOST) })).output(Link),
  /** A further link for a wall that lost its place, e.g. a screen with a new browser. */
  wallLink: write.input(z.object({ id: z.string() })).output(Link),
  /** It shows nothing from now on, on every screen that it was opened on. */
  removeWall: write.input(z.object({ id: z.string() })).output(z.object({})),
  /** For a further browser of an officer. */
  officerLink: write.output(Link),
}
