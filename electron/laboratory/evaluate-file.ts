import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { readFile } from 'node:fs/promises'

/**
 * The lines of a text file, without byte order mark and line ends; empty ones stay, so that each keeps its number. `expected` says what the
 * file should be. Throws a Failure when it cannot be read or has nothing in it.
 */
export async function readLines(file: string, expected: string): Promise<string[]> {
  const content = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = reasons[cause.code ?? ''] ?? cause.message
    throw new Failure('user', asWritten(`${file} cannot be read: ${reason}. Name ${expected}.`), { cause })
  })
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.every((line) => line.trim() === ''))
    throw new Failure('user', asWritten(`${file} is empty. Name ${expected}.`))
  return lines
}

const reasons: Record<string, string> = {
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not open it',
}

/** What is wrong with a line, which counts from 0. */
export const wrongLine = (file: string, at: number, message: string): Failure =>
  new Failure('user', asWritten(`${file}, line ${at + 1}: ${message}`))
