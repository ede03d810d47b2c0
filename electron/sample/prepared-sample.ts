import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Language } from '#shared/words/languages.ts'

/** Where sample shifts lie that were lived through beforehand: a folder a language. */
export interface PreparedSamples {
  folder: string
  /** The program that lived through them: another one would have made something else of the same shift. */
  madeBy(): string
}

export const manifestName = 'manifest.json'

const Manifest = z.object({ madeBy: z.string(), startedAt: z.number(), leftAt: z.number() })

export interface PreparedSample {
  /** Holds the store's files and the manifest. */
  folder: string
  /** When the shift began and when it was left, milliseconds since the epoch. */
  startedAt: number
  leftAt: number
}

/** The one in this language; null: there is none, it is damaged, or another program made it. */
export async function preparedSample(
  samples: PreparedSamples | null,
  language: Language,
): Promise<PreparedSample | null> {
  if (samples === null) return null
  const folder = join(samples.folder, language)
  try {
    const { madeBy, startedAt, leftAt } = Manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')))
    return madeBy === samples.madeBy() ? { folder, startedAt, leftAt } : null
  } catch {
    return null
  }
}

/** Puts the store in `from` where `preparedSample` looks. Whatever is interrupted leaves no half of it there. */
export async function keepSample(
  samples: PreparedSamples,
  sample: { language: Language; from: string; startedAt: number; leftAt: number },
): Promise<void> {
  const { language, from, startedAt, leftAt } = sample
  const kept = join(samples.folder, language)
  const part = `${kept}.${process.pid}.part`
  await mkdir(samples.folder, { recursive: true })
  await rm(part, { recursive: true, force: true })
  await cp(from, part, { recursive: true, filter: (path) => !path.endsWith('.lock') })
  await writeFile(join(part, manifestName), JSON.stringify({ madeBy: samples.madeBy(), startedAt, leftAt }))
  await rm(kept, { recursive: true, force: true })
  await rename(part, kept)
}
