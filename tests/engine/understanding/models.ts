import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lexiconFile, openLexicon, type Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { modelFiles, type ModelFiles } from '#engine/understanding/understand.ts'
import { root } from '#tests/support/folder.ts'

/** The weights as they are shipped. */
export const shippedModels = (): ModelFiles => ({
  sentiment: new Uint8Array(readFileSync(join(root, 'resources', modelFiles.sentiment))),
  language: new Uint8Array(readFileSync(join(root, 'resources', modelFiles.language))),
  intent: new Uint8Array(readFileSync(join(root, 'resources', modelFiles.intent))),
  lexicon: new Uint8Array(readFileSync(join(root, 'resources', modelFiles.lexicon))),
})

/** The lexicon as it is shipped. */
export const shippedLexicon = (): Lexicon =>
  openLexicon(new Uint8Array(readFileSync(join(root, 'resources', lexiconFile))))
