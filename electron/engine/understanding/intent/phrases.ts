import { intents } from '#shared/model/mention.ts'
import type { Example } from '../classify/classifier.ts'

/** Reads lines of label, tab, text; `#` begins a comment. Throws an Error that names `file` and the line. */
export function readPhrases(content: string, file: string): Example[] {
  const known = new Set<string>(intents)
  const examples: Example[] = []
  content.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const tab = line.indexOf('\t')
    const label = line.slice(0, tab)
    if (tab < 1 || !known.has(label)) {
      throw new Error(`${file}, line ${at + 1}: a label (${[...known].join(', ')}), a tab and a phrase are needed.`)
    }
    examples.push({ label, text: line.slice(tab + 1) })
  })
  return examples
}
