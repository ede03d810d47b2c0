import { chmodSync, closeSync, lstatSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Rights that a file of somebody's own has whatever its folder was made with. */
const fileMode = 0o600
const folderMode = 0o700

/** Windows gives rights by lists of its own; a disk without rights (FAT, some mounts) refuses, and nothing is lost by it. */
function restrict(path: string): void {
  try {
    const { mode, uid } = lstatSync(path)
    const kind = mode & 0o170000
    const own = process.getuid === undefined || uid === process.getuid()
    // A folder that everybody uses (/tmp) stays everybody's.
    const shared = kind === 0o040000 && (mode & 0o1000) !== 0
    if (!own || shared || (kind !== 0o040000 && kind !== 0o100000)) return
    const wanted = kind === 0o040000 ? folderMode : fileMode
    if ((mode & 0o077) !== 0) chmodSync(path, wanted)
  } catch {
    // Gone meanwhile, or not to be changed.
  }
}

/** Makes a file for its owner alone before anybody else writes to it: SQLite would make it readable by all. */
export function makeOwnFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', fileMode))
  } catch {
    // Whoever opens it next says why it cannot be.
  }
  restrict(file)
}

/** `folder`, and in it those entries that `belongs` says are ours, become readable by their owner alone. */
export function ownOnly(folder: string, belongs: (name: string) => boolean): void {
  restrict(folder)
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) if (belongs(name)) restrict(join(folder, name))
}
