import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Role } from '#shared/contract/station.ts'

/** Whom a link lets in. `wall`: which one; null: a new one. */
const Entry = z.object({ role: Role, wall: z.string().nullable(), until: z.number() })
export type Entry = Pick<z.infer<typeof Entry>, 'role' | 'wall'>

/** Links that open the station once. Each is a file, so that the terminal can make one for a station that runs. */
export interface EntryLinks {
  /** A token for the address. */
  make(entry: Entry): string
  /** Whom it lets in; undefined: it was used, is too old or never was one. From now on it is used. */
  use(token: string): Entry | undefined
  /** Those of one wall, unused: they lead nowhere from now on. */
  forget(wall: string): void
}

/** A link in a drawer is a key in a drawer. */
export const LINK_DAYS = 7
const LINK_MS = LINK_DAYS * 86_400_000
/** Of a token: what is kept says nothing of the token itself. */
const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32)

/** `folder`: where they are kept; null: in this process alone. */
export function entryLinks(folder: string | null, now: () => number = Date.now): EntryLinks {
  return folder === null ? linksInMemory(now) : linksInFolder(folder, now)
}

const newToken = (): string => randomBytes(32).toString('base64url')

function linksInMemory(now: () => number): EntryLinks {
  const links = new Map<string, Entry & { until: number }>()
  return {
    make(entry) {
      const token = newToken()
      links.set(nameOf(token), { ...entry, until: now() + LINK_MS })
      return token
    },
    use(token) {
      const name = nameOf(token)
      const entry = links.get(name)
      links.delete(name)
      return entry && entry.until > now() ? entry : undefined
    },
    forget(wall) {
      for (const [name, entry] of links) if (entry.wall === wall) links.delete(name)
    },
  }
}

function linksInFolder(folder: string, now: () => number): EntryLinks {
  const fileOf = (name: string): string => join(folder, `${name}.json`)
  function read(file: string): z.infer<typeof Entry> | undefined {
    try {
      return Entry.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
    } catch {
      return undefined
    }
  }
  const all = (): string[] => {
    try {
      return readdirSync(folder).filter((name) => name.endsWith('.json'))
    } catch {
      return []
    }
  }
  for (const name of all()) {
    const file = join(folder, name)
    if ((read(file)?.until ?? 0) <= now()) rmSync(file, { force: true })
  }
  return {
    make(entry) {
      const token = newToken()
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const text = JSON.stringify({ ...entry, until: now() + LINK_MS })
      writeFileSync(fileOf(nameOf(token)), text, { mode: 0o600, flag: 'wx' })
      return token
    },
    use(token) {
      const file = fileOf(nameOf(token))
      const entry = read(file)
      if (entry === undefined) return undefined
      try {
        // Of two that come at once, one alone takes it away.
        unlinkSync(file)
      } catch {
        return undefined
      }
      return entry.until > now() ? entry : undefined
    },
    forget(wall) {
      for (const name of all()) if (read(join(folder, name))?.wall === wall) rmSync(join(folder, name), { force: true })
    },
  }
}
