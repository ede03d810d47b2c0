import { de } from './de/index.ts'
import { en } from './en/index.ts'
import type { Code } from './said.ts'

/** Every sentence by its code; `{name}` is a hole. */
export type Catalogue = Readonly<Record<Code, string>>

/** The languages that Earshot speaks: each a folder beside this file, and named here only. */
export const catalogues = { en, de } satisfies Record<string, Catalogue>
