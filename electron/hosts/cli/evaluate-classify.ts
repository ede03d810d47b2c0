import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Example } from '#engine/understanding/classify/classifier.ts'
import { crossValidate, rank } from '#engine/understanding/classify/cross-validate.ts'
import { scorePredictions } from '#engine/understanding/scores.ts'
import { UsageError } from '../say-failure.ts'
import { numberOption, textOption } from './arguments.ts'
import type { Arguments, Terminal } from './command.ts'

/** `earshot evaluate classify --file F.csv --text COL --label COL [--folds 5] [--test F2.csv] [--drop LABEL]…` */
export async function evaluateClassify(args: Arguments, terminal: Terminal): Promise<void> {
  const file = textOption(args, 'file')
  const text = textOption(args, 'text')
  const label = textOption(args, 'label')
  if (!file || !text || !label) throw new UsageError('evaluate classify needs --file, --text and --label.')
  const folds = numberOption(args, 'folds', 5, 2, 50)
  const drop = new Set((args.options['drop'] as string[] | undefined) ?? [])
  const only = textOption(args, 'against')
  const examples = await readExamples(file, text, label, drop, only)
  const test = textOption(args, 'test')
  const began = performance.now()
  const ranked = test
    ? rank(examples, await readExamples(test, text, label, drop, only), {})
    : crossValidate(examples, folds, {}, (fold) => terminal.progress(() => `fold ${fold + 1} of ${folds}`))
  const scores = scorePredictions(
    ranked.map(({ label: right, first, confidence }) => ({ label: right, predicted: first, confidence })),
  )
  const top2 =
    ranked.filter(({ label: right, first, second }) => right === first || right === second).length / ranked.length
  const result = {
    accuracy: round(scores.accuracy),
    top2: round(top2),
    macroF1: round(scores.macroF1),
    ece: round(scores.ece ?? 0),
    n: scores.n,
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(`${result.n} texts, ${new Set(examples.map((example) => example.label)).size} labels, ${test ? `tested on ${test}` : `${folds} folds`}, ${((performance.now() - began) / 1000).toFixed(1)} s`) // prettier-ignore
  await terminal.print(
    `accuracy ${result.accuracy}  top-2 ${result.top2}  macro-F1 ${result.macroF1}  calibration error ${result.ece}`,
  )
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** Rows without a label or text are left out, as are labels of `drop`. `only`: that label against all others. */
async function readExamples(
  file: string,
  text: string,
  label: string,
  drop: ReadonlySet<string>,
  only: string | undefined,
): Promise<Example[]> {
  const content = await readFile(file, 'utf8')
  let rows: Record<string, string>[]
  try {
    rows = parse(content, {
      columns: true,
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
    })
  } catch (error) {
    throw new Error(`${file} is not a CSV file that can be read: ${(error as Error).message}`, { cause: error })
  }
  const columns = Object.keys(rows[0] ?? {})
  for (const column of [text, label]) {
    if (!columns.includes(column))
      throw new UsageError(`${file} has no column "${column}". It has: ${columns.join(', ') || 'none'}.`)
  }
  const examples: Example[] = []
  for (const row of rows) {
    const value = row[label]?.trim()
    if (!value || !row[text] || drop.has(value)) continue
    examples.push({ text: row[text], label: only === undefined ? value : value === only ? only : `not ${only}` })
  }
  if (new Set(examples.map((example) => example.label)).size < 2)
    throw new UsageError(`${file} has fewer than two labels in "${label}".`)
  return examples
}
