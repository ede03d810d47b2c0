import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { textOption } from '#hosts/cli/arguments.ts'
import type { Arguments } from '#hosts/cli/command.ts'
import { UsageError } from '#hosts/say-failure.ts'
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

/** Four digits are enough to tell two models apart. */
export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

/** The options that a measurement cannot do without. */
export function neededOptions<Name extends string>(
  args: Arguments,
  what: string,
  ...names: Name[]
): Record<Name, string> {
  const found = names.map((name) => [name, textOption(args, name) ?? ''] as const)
  if (found.some(([, value]) => value === ''))
    throw new UsageError(`evaluate ${what} needs ${names.map((name) => `--${name}`).join(', ')}.`)
  return Object.fromEntries(found) as Record<Name, string>
}

/** What is wrong with a line, which counts from 0. */
export const wrongLine = (file: string, at: number, message: string): Failure =>
  new Failure('user', asWritten(`${file}, line ${at + 1}: ${message}`))
