import { fileBytes } from '#engine/platform/file-bytes.ts'
import type { Aspect } from './aspects/read-aspects.ts'
import { openLexicon, type Lexicon } from './concepts/lexicon.ts'

/** A shipped file that does not serve, by its name under `resources/` or its path, and why. */
export interface ModelFault {
  file: string
  why: 'missing' | 'damaged'
  /** What reading it said. */
  error: string | null
}

/** What these bytes hold; null, with a fault told, where there are none or they are damaged. */
export function openOr<Model>(
  bytes: Uint8Array | null,
  file: string,
  open: (bytes: Uint8Array) => Model,
  onFault: (fault: ModelFault) => void,
): Model | null {
  if (bytes === null) {
    onFault({ file, why: 'missing', error: null })
    return null
  }
  try {
    return open(bytes)
  } catch (error) {
    onFault({ file, why: 'damaged', error: String(error) })
    return null
  }
}

/** What this file holds; null, with a fault told, also where nobody may read it. */
export function openFileOr<Model>(
  path: string,
  open: (bytes: Uint8Array) => Model,
  onFault: (fault: ModelFault) => void,
): Model | null {
  try {
    return openOr(fileBytes(path), path, open, onFault)
  } catch (error) {
    onFault({ file: path, why: 'damaged', error: String(error) })
    return null
  }
}

/** The lexicon in these bytes with the station's own names; those alone where it is missing or damaged. */
export const lexiconOr = (
  bytes: Uint8Array | null,
  file: string,
  own: readonly Aspect[],
  onFault: (fault: ModelFault) => void = () => {},
): Lexicon => openOr(bytes, file, (whole) => openLexicon(whole, own), onFault) ?? openLexicon(null, own)

export const openLexiconFile = (path: string, own: readonly Aspect[] = []): Lexicon =>
  lexiconOr(fileBytes(path), path, own)
