import { textFolder } from '#engine/platform/text-folder.ts'
import { readConceptLines, type ConceptEntry } from '#shared/query/concept-lines.ts'

/** Every entry of the folder's `.txt` files, in their order. Throws an Error that names file and line. */
export const readConceptFolder = (dir: string): ConceptEntry[] =>
  textFolder(dir).flatMap(({ name, content }) => readConceptLines(content, name))
