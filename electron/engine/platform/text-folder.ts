import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The `.txt` files of a folder by name; none where there is no such folder. */
export const textFolder = (dir: string): { name: string; content: string }[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith('.txt'))
        .sort()
        .map((name) => ({ name, content: readFileSync(join(dir, name), 'utf8') }))
    : []
