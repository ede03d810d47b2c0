import { intents } from '#shared/model/mention.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { listOption, textOption } from '#hosts/cli/arguments.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { rounded } from './evaluate-file.ts'
import { readLabelledCsv } from './evaluate-csv.ts'
import { shippedUnderstanding } from './evaluate-models.ts'

/**
 * `earshot evaluate intent --file F.csv --text COL --label COL --means VALUE=INTENT…`: how the shipped intents agree with labels of another kind that
 * stand in for them, e.g. a negative mood for a complaint.
 */
export async function evaluateIntent(args: Arguments, terminal: Terminal): Promise<void> {
  const file = textOption(args, 'file')
  const text = textOption(args, 'text')
  const label = textOption(args, 'label')
  const means = new Map(listOption(args, 'means').map(readMeaning))
  if (!file || !text || !label || means.size === 0)
    throw new UsageError('evaluate intent needs --file, --text, --label and at least one --means VALUE=INTENT.')
  const rows = (await readLabelledCsv(file, { text, label })).filter((row) => means.has(row.label))
  if (rows.length === 0)
    throw new UsageError(`No row of ${file} has one of these labels: ${[...means.keys()].join(', ')}.`)
  const understanding = await shippedUnderstanding()
  const found = rows.map((row) => ({
    wanted: means.get(row.label)!,
    said: understanding.understand({ text: row.text, title: null, lang: null }).intent?.label ?? null,
  }))
  const results = [...new Set(means.values())].map((intent) => {
    const wanted = found.filter((row) => row.wanted === intent)
    const said = found.filter((row) => row.said === intent)
    const right = said.filter((row) => row.wanted === intent).length
    return {
      intent,
      n: wanted.length,
      said: said.length,
      recall: share(right, wanted.length),
      precision: share(right, said.length),
    }
  })
  const result = {
    n: found.length,
    none: share(found.filter(({ said }) => said === null).length, found.length),
    results,
    confusion: confusionOf(found),
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(`${result.n} texts, ${result.none} without an intent`)
  for (const row of results)
    await terminal.print(`${row.intent.padEnd(10)} n ${row.n}  recall ${row.recall}  precision ${row.precision}`)
  for (const [wanted, said] of Object.entries(result.confusion))
    await terminal.print(
      `${wanted.padEnd(10)} read as  ${Object.entries(said)
        .map(([label, n]) => `${label} ${n}`)
        .join('  ')}`,
    )
}

/** Of each wanted intent: as what it was read, and how often, the most frequent first. */
function confusionOf(found: readonly { wanted: string; said: string | null }[]) {
  const table: Record<string, Record<string, number>> = {}
  for (const { wanted, said } of found) {
    const row = (table[wanted] ??= {})
    row[said ?? 'none'] = (row[said ?? 'none'] ?? 0) + 1
  }
  return Object.fromEntries(
    Object.entries(table).map(([wanted, row]) => [
      wanted,
      Object.fromEntries(Object.entries(row).sort(([, a], [, b]) => b - a)),
    ]),
  )
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : rounded(part / whole))

function readMeaning(written: string): [string, string] {
  const at = written.lastIndexOf('=')
  const intent = written.slice(at + 1)
  if (at < 1 || !(intents as readonly string[]).includes(intent))
    throw new UsageError(`--means takes VALUE=INTENT with one of ${intents.join(', ')}, not "${written}".`)
  return [written.slice(0, at), intent]
}
