import { readFile } from 'node:fs/promises'
import { UserError } from '#engine/platform/errors.ts'

/**
 * The lines of a text file, without byte order mark and line ends; empty ones stay, so that each keeps its number. `expected` says what the
 * file should be. Throws a UserError when it cannot be read or has nothing in it.
 */
export async function readLines(file: string, expected: string): Promise<string[]> {
  const content = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = reasons[cause.code ?? ''] ?? cause.message
    throw Object.assign(new UserError(`${file} cannot be read: ${reason}. Name ${expected}.`), { cause })
  })
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.every((line) => line.trim() === '')) throw new UserError(`${file} is empty. Name ${expected}.`)
  return lines
}

const reasons: Record<string, string> = { ENOENT: 'it does not exist', EISDIR: 'it is a folder', EACCES: 'this user may not open it' } // prettier-ignore

/** What is wrong with a line, which counts from 0. */
export const wrongLine = (file: string, at: number, message: string): UserError =>
  new UserError(`${file}, line ${at + 1}: ${message}`)
