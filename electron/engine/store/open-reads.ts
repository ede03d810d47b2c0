import { openReadable } from './connections.ts'
import type { Reads } from './reads.ts'

/** For a thread that only reads: its own look at the file, with the full-text index if `searchFile` names it. */
export const openReads = (file: string, searchFile: string | null): Reads => openReadable(file, searchFile)
