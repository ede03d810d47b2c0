import { isRecent } from '#shared/util/elapsed.ts'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { WALL_NAME_MOST, type KnownWall } from '#shared/model/access.ts'
import { newId } from '#shared/util/ids.ts'

const Wall = z.object({
  id: z.string(),
  /** Empty: it came by the printed address. */
  name: z.string().max(WALL_NAME_MOST),
  addedAt: z.number(),
  enteredAt: z.number().nullable(),
  seenAt: z.number().nullable(),
})
type Wall = z.infer<typeof Wall>
const Book = z.object({ walls: z.array(Wall) })

/** The walls that are let in. What is not in it is shut out, whatever cookie it has. */
export interface WallBook {
  list(): Omit<KnownWall, 'open'>[]
  has(id: string): boolean
  add(name: string): Omit<KnownWall, 'open'>
  /** It opened its link. */
  enter(id: string): void
  /** It is there. Written down once a minute. */
  see(id: string): void
  remove(id: string): Omit<KnownWall, 'open'> | undefined
  close(): void
}

const SEEN_EVERY_MS = 60_000
/** Cookies of versions that told no wall from another: shut out as one. */
export const WALLS_BEFORE = 'wall_before'

/** `file`: where it is kept; null: in this process alone. `before`: this station let walls in before they had names. */
export function wallBook(file: string | null, { before = false, now = Date.now } = {}): WallBook {
  const walls = new Map(read(file, before, now).map((wall) => [wall.id, wall]))
  let writtenAt = now()
  function write(): void {
    writtenAt = now()
    if (file === null) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify({ walls: [...walls.values()] }), { mode: 0o600 })
    chmodSync(`${file}.new`, 0o600)
    renameSync(`${file}.new`, file)
  }
  function change(id: string, changes: Partial<Wall>): void {
    const wall = walls.get(id)
    if (wall) walls.set(id, { ...wall, ...changes })
  }
  return {
    list: () => [...walls.values()],
    has: (id) => walls.has(id),
    add(name) {
      const wall: Wall = { id: newId('wall'), name, addedAt: now(), enteredAt: null, seenAt: null }
      walls.set(wall.id, wall)
      write()
      return wall
    },
    enter(id) {
      change(id, { enteredAt: now(), seenAt: now() })
      write()
    },
    see(id) {
      change(id, { seenAt: now() })
      if (isRecent(writtenAt, now(), SEEN_EVERY_MS)) return
      try {
        write()
      } catch {
        // A full disk shuts no wall out; when it was seen is told again in a minute.
      }
    },
    remove(id) {
      const wall = walls.get(id)
      walls.delete(id)
      if (wall) write()
      return wall
    },
    close() {
      try {
        write()
      } catch {
        // As above.
      }
    },
  }
}

function read(file: string | null, before: boolean, now: () => number): Wall[] {
  const first: Wall[] = before ? [{ id: WALLS_BEFORE, name: '', addedAt: now(), enteredAt: null, seenAt: null }] : []
  if (file === null) return first
  try {
    const kept = Book.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return kept.success ? kept.data.walls : []
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return first
    // Broken: nobody is let in who is not known; officers let walls in anew.
    if (error instanceof SyntaxError) return []
    throw error
  }
}
