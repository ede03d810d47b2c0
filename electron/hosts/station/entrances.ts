import { join } from 'node:path'
import { newAccessKeys, type AccessKeys } from './access.ts'
import { entryLinks, type EntryLinks } from './entry-links.ts'
import { accessKeys } from './keys-file.ts'
import { wallBook, type WallBook } from './wall-book.ts'

/** Who is let into a station, and by what. */
export interface Entrances {
  keys: AccessKeys
  links: EntryLinks
  walls: WallBook
}

export const linksFolder = (dataDir: string): string => join(dataDir, 'entry-links')

/** Those of a data folder. `renew`: everybody who was let in is locked out, walls too. */
export function entrancesOf(dataDir: string, renew = false): Entrances {
  const { keys, before } = accessKeys(dataDir, renew)
  const walls = wallBook(join(dataDir, 'walls.json'), { before })
  if (renew) for (const { id } of walls.list()) walls.remove(id)
  return { keys, links: entryLinks(linksFolder(dataDir)), walls }
}

/** In this process alone. */
export const passingEntrances = (keys: AccessKeys = newAccessKeys()): Entrances => ({
  keys,
  links: entryLinks(null),
  walls: wallBook(null),
})
