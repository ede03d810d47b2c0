import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import { squeeze } from '#engine/understanding/sentiment/features.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { sourceRoot } from '#hosts/root.ts'
import { shippedGrouping, shippedUnderstanding } from './evaluate-models.ts'
import { faultLine, faultReports } from './fault-scores.ts'
import { groupShift } from './group-shift.ts'
import { mentionOfText } from './mention-of-text.ts'

const MINUTE = 60_000
const FAULT = 'payments fail in the app'

interface SampleLine {
  /** Milliseconds after the shift's start. */
  at: number
  text: string
  lang: string | null
  network: string
}

/** As both a phrase and what was made of it read: no capitals, no drawn-out letters, no signs. */
const plain = (text: string): string =>
  squeeze(text.toLowerCase())
    .replace(/[^\p{L}\p{N}{}]+/gu, ' ')
    .replace(/(\p{L})\1+/gu, '$1')
    .trim()

/** What the sample's phrases of the payment fault can become; `{brand}` and the like stand for anything. */
async function phrasesOfFault(): Promise<RegExp[]> {
  const files = ['phrases-en.ts', 'phrases-de.ts'].map((name) => join(sourceRoot, 'resources/sample-shift', name))
  const read = await Promise.all(files.map((file) => import(pathToFileURL(file).href) as Promise<{ fault: string[] }>))
  return read
    .flatMap(({ fault }) => fault)
    .map((phrase) => new RegExp(`^(?:rt )?${plain(phrase).replace(/ ?\{\w+\} ?/g, '.*')}(?: fail)?$`, 'u'))
}

/** `earshot evaluate sample`: whether the payment fault of the sample shift becomes one problem, in both languages, and what that is called. */
export async function evaluateSample(_: Arguments, terminal: Terminal): Promise<void> {
  const phrases = await phrasesOfFault()
  const lines = await readFile(join(sourceRoot, 'resources/sample-shift/shift.ndjson'), 'utf8')
  const [understanding, grouping] = await Promise.all([shippedUnderstanding(), shippedGrouping()])
  const shift = lines
    .split('\n')
    .filter(Boolean)
    .map((line, at) => {
      const { at: time, text, lang, network } = JSON.parse(line) as SampleLine
      const understood = understanding.understand({ text, title: null, lang })
      const minute = time / MINUTE
      const complains = isComplaint(
        mentionOfText({ id: `${at}`, text, network, minute }, at, understood),
        grouping.lexicon,
      )
      const fault = phrases.some((phrase) => phrase.test(plain(text))) ? FAULT : null
      return { text, lang: understood.lang, minute, fault, complains, reports: reportsFault(understood.intent) }
    })
    .sort((a, b) => a.minute - b.minute)
  const { grouped, nameOf } = groupShift(shift, grouping)
  const [report] = faultReports('sample', grouped, nameOf)
  if (terminal.json) return terminal.print(JSON.stringify(report))
  await terminal.print(`${report!.texts} texts of the payment fault\n${faultLine(report!)}`)
}
