import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import type { Terminal } from '#hosts/cli/command.ts'
import { readArguments } from '#hosts/cli/arguments.ts'
import { evaluateCommand } from '#laboratory/evaluate.ts'
import { newFolder } from '#tests/support/folder.ts'

const folders: { remove(): void }[] = []
/** For the test files that call `file`: removes what it wrote. */
export const removeFiles = (): void =>
  afterEach(() => {
    for (const folder of folders.splice(0)) folder.remove()
  })

/** Writes a file for one test and returns its path. */
export function file(name: string, content: string): string {
  const folder = newFolder('evaluate')
  folders.push(folder)
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

/** Runs a command with `--json` and reads its one line. */
export async function answer(...argv: string[]): Promise<unknown> {
  const lines: string[] = []
  const terminal: Terminal = {
    json: true,
    print: async (line) => void lines.push(line),
    write: async () => {},
    note: () => {},
    progress: () => {},
    signal: new AbortController().signal,
  }
  await evaluateCommand.run(readArguments(evaluateCommand, [...argv, '--json']), terminal)
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0]!)
}
