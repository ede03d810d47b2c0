import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLanguageModel } from '#engine/understanding/language/model.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { modelFiles } from '#engine/understanding/understand.ts'
import { sourceRoot } from '#hosts/root.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { neededOptions, readLines, rounded, wrongLine } from './evaluate-file.ts'

/** `earshot evaluate language --file F`: rows of language, tab, text; closed to the languages of the file, and open. */
export async function evaluateLanguage(args: Arguments, terminal: Terminal): Promise<void> {
  const { file } = neededOptions(args, 'language', 'file')
  const rows = (await readLines(file, 'a file with language, tab, text in each line')).flatMap((line, at) => {
    if (line.trim() === '') return []
    const tab = line.indexOf('\t')
    if (tab < 1) throw wrongLine(file, at, 'a language, a tab and a text are needed.')
    return [{ lang: line.slice(0, tab), tokens: tokenize(line.slice(tab + 1)), text: line.slice(tab + 1) }]
  })
  const model = createLanguageModel(await readFile(join(sourceRoot, 'resources', modelFiles.language)))
  const languages = [...new Set(rows.map((row) => row.lang))]
  const share = (right: (row: (typeof rows)[number]) => boolean): number =>
    rounded(rows.filter(right).length / rows.length)
  const closed = share(({ lang, tokens }) => model.guessAmong(tokens, languages) === lang)
  const open = share(({ lang, tokens }) => model.guess(tokens).lang === lang)
  const undetermined = share(({ tokens }) => model.guess(tokens).lang === 'und')
  const began = performance.now()
  for (const { text } of rows) model.guess(tokenize(text))
  const result = {
    closed,
    open,
    undetermined,
    n: rows.length,
    perSecond: Math.round((rows.length / (performance.now() - began)) * 1000),
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    `${result.n} texts in ${languages.join(', ')}: ${closed} right among these, ${open} right among all, ${undetermined} undetermined, ${result.perSecond.toLocaleString('en')} texts/s`,
  )
}
