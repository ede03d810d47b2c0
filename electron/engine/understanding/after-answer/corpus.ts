import { outcomes, type Outcome } from './after-answer.ts'

export interface CorpusRow {
  lang: string
  outcome: Outcome
  text: string
  /** Kept for checking: nothing is fitted on it. */
  check: boolean
}

const CHECKED = 5

/**
 * Reads lines of language, outcome, text; `#` begins a comment. Of each outcome in a language every `checked`th is for checking: 1, all of
 * them. Throws an Error that names `file` and the line.
 */
export function readAfterAnswerCorpus(content: string, file: string, checked = CHECKED): CorpusRow[] {
  const seen = new Map<string, number>()
  const rows: CorpusRow[] = []
  content.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const [lang, outcome, text] = line.split('\t')
    if (!lang || !text || !outcomes.includes(outcome as Outcome)) {
      throw new Error(`${file}, line ${at + 1}: a language, one of ${outcomes.join(', ')}, and a text are needed.`)
    }
    const nth = (seen.get(`${lang} ${outcome}`) ?? 0) + 1
    seen.set(`${lang} ${outcome}`, nth)
    rows.push({ lang, outcome: outcome as Outcome, text, check: nth % checked === 0 })
  })
  return rows
}
