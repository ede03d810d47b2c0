import { readFile } from 'node:fs/promises'
import type { Draft } from '#shared/model/mention.ts'

/** One mention of the sample shift. `at`: milliseconds after its start. */
export interface SampleLine {
  at: number
  network: string
  draft: Omit<Draft, 'publishedAt'>
}

/** Reads `resources/sample-shift/shift.ndjson` in order of time. Rejects when the file is missing or not ours. */
export async function readSampleLines(file: string): Promise<SampleLine[]> {
  const text = await readFile(file, 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { at, network, ...draft } = JSON.parse(line) as { at: number; network: string } & SampleLine['draft']
      return { at, network, draft: { ...draft, raw: null } }
    })
}
