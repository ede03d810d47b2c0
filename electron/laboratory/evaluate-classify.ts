import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { anchorsOf, commonAnchors } from '#engine/understanding/classify/anchors.ts'
import type { ClassifierOptions, Example } from '#engine/understanding/classify/classifier.ts'
import { crossValidate, rank, type Ranked } from '#engine/understanding/classify/cross-validate.ts'
import { createLanguageModel } from '#engine/understanding/language/model.ts'
import { relevanceOptions } from '#engine/understanding/relevance/options.ts'
import { scorePredictions } from '#engine/understanding/scores.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { modelFiles } from '#engine/understanding/understand.ts'
import { sourceRoot } from '#hosts/root.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { numberOption, textOption } from '#hosts/cli/arguments.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { neededOptions, rounded } from './evaluate-file.ts'
import { labelScores } from './label-scores.ts'
import { readLabelledCsv, type Columns, type Labelled } from './evaluate-csv.ts'

/** `earshot evaluate classify --file F.csv --text COL --label COL [--folds 5] [--test F2.csv] [--drop LABEL]… [--lang en] [--copies] [--listen COL]` */
export async function evaluateClassify(args: Arguments, terminal: Terminal): Promise<void> {
  const { file, text, label } = neededOptions(args, 'classify', 'file', 'text', 'label')
  const folds = numberOption(args, 'folds', 5, 2, 50)
  const drop = new Set((args.options['drop'] as string[] | undefined) ?? [])
  const only = textOption(args, 'against')
  const test = textOption(args, 'test')
  const listen = textOption(args, 'listen')
  if (listen !== undefined && (test !== undefined || only === undefined))
    throw new UsageError('--listen needs --against and does without --test.')
  const columns = { text, label, ...(listen !== undefined && { listen }) }
  const lang = textOption(args, 'lang')
  const copiesTogether = args.options['copies'] === true
  const examples = await inLanguage(await readExamples(file, columns, drop, only), lang)
  checkLearnable(file, label, examples, test ? 1 : 2)
  const held = test ? await readExamples(test, columns, drop, only) : []
  if (test && held.length === 0) throw new UsageError(`${test} has no row with text and label.`)
  const began = performance.now()
  const onFold = async (fold: number): Promise<void> => {
    terminal.progress(() => `fold ${fold + 1} of ${folds}`)
    // A fold takes the thread for seconds: only between them a signal is heard.
    await setImmediate()
    terminal.signal.throwIfAborted()
  }
  const ranked: Ranked[] = []
  for (const part of byListen(examples)) {
    // A label against all others is what a station asks of a listen: about it or not.
    const names = part[0]!.listen
    const anchors = names === undefined ? commonAnchors(part.map((row) => row.text)) : anchorsOf(names)
    const options: ClassifierOptions = only === undefined ? {} : relevanceOptions(anchors)
    if (test) ranked.push(...rank(part, held, options))
    else ranked.push(...(await crossValidate(part, folds, options, onFold, { copiesTogether })))
  }
  const scores = scorePredictions(
    ranked.map(({ label: right, first, confidence }) => ({ label: right, predicted: first, confidence })),
  )
  const top2 =
    ranked.filter(({ label: right, first, second }) => right === first || right === second).length / ranked.length
  const result = {
    accuracy: rounded(scores.accuracy),
    top2: rounded(top2),
    macroF1: rounded(scores.macroF1),
    ece: rounded(scores.ece ?? 0),
    n: scores.n,
    byLabel: labelScores(
      ranked.map(({ label: right, first, confidence }) => ({ label: right, predicted: first, confidence })),
    ),
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    `${result.n} texts, ${new Set(examples.map((example) => example.label)).size} labels, ${test ? `tested on ${test}` : `${folds} folds${copiesTogether ? ', near copies in one' : ''}${listen === undefined ? '' : `, a model for each ${listen}`}`}${lang === undefined ? '' : `, read as ${lang}`}, ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
  await terminal.print(
    `accuracy ${result.accuracy}  top-2 ${result.top2}  macro-F1 ${result.macroF1}  calibration error ${result.ece}`,
  )
}

/** The rows of each listen, in the order in which listens first occur; all in one where none is told. */
function byListen(examples: readonly Labelled[]): Labelled[][] {
  const parts = new Map<string | undefined, Labelled[]>()
  for (const row of examples) {
    const part = parts.get(row.listen)
    if (part) part.push(row)
    else parts.set(row.listen, [row])
  }
  return [...parts.values()]
}

/** Rows whose text the station's own language model reads as that language; all of them where none is asked for. */
async function inLanguage<Row extends Example>(examples: Row[], lang: string | undefined): Promise<Row[]> {
  if (lang === undefined) return examples
  const model = createLanguageModel(await readFile(join(sourceRoot, 'resources', modelFiles.language)))
  const found = examples.filter(({ text }) => model.guess(tokenize(text)).lang === lang)
  if (found.length === 0) throw new UsageError(`No text is read as "${lang}".`)
  return found
}

/** Labels of `drop` are left out. `only`: that label against all others. */
async function readExamples(
  file: string,
  columns: Columns,
  drop: ReadonlySet<string>,
  only: string | undefined,
): Promise<Labelled[]> {
  const examples = (await readLabelledCsv(file, columns)).filter((row) => !drop.has(row.label))
  return only === undefined
    ? examples
    : examples.map((row) => ({ ...row, label: row.label === only ? only : `not ${only}` }))
}

/** Something must be left to learn from when a part is held back. */
function checkLearnable(file: string, label: string, examples: readonly Example[], often: number): void {
  const counts = new Map<string, number>()
  for (const row of examples) counts.set(row.label, (counts.get(row.label) ?? 0) + 1)
  if (counts.size < 2) throw new UsageError(`${file} has fewer than two labels in "${label}".`)
  if (often > 1 && [...counts.values()].filter((count) => count >= often).length < 2)
    throw new UsageError(
      `${file} has fewer than two labels in "${label}" that occur at least twice: there is nothing to learn from and to test on. Use --test with another file.`,
    )
}
