import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import type { Terminal } from '#hosts/cli/command.ts'
import { readCorpus } from './corpus.ts'
import { shippedGrouping, shippedUnderstanding } from './evaluate-models.ts'
import {
  faultLine,
  faultReports,
  meanLine,
  meanOfFaults,
  straysLine,
  straysOf,
  sumOfStrays,
  type FaultReport,
  type Strays,
} from './fault-scores.ts'
import { groupShift, type ShiftMention } from './group-shift.ts'
import { mentionOfText } from './mention-of-text.ts'
import { shiftsOf } from './problem-shifts.ts'

/**
 * `earshot evaluate problems --corpus DIR`: whether the faults of the check trades become problems, on a shift composed of each trade; once with what counts as a
 * complaint read by the models, once as it is labelled.
 */
export async function evaluateProblemCorpus(dir: string, terminal: Terminal): Promise<void> {
  const shifts = shiftsOf(await readCorpus(dir), 'check')
  const understanding = await shippedUnderstanding()
  const grouping = await shippedGrouping()
  const read: FaultReport[] = []
  const told: FaultReport[] = []
  const strays: Strays[] = []
  for (const { name, texts } of shifts) {
    const mentions = texts.map((text, at) => {
      const understood = understanding.understand({ text: text.text, title: null, lang: text.lang })
      const { minute, fault } = text
      const complains = isComplaint(
        mentionOfText({ id: `${at}`, text: text.text, network: 'corpus', minute }, at, understood),
        grouping.lexicon,
      )
      return {
        text: text.text,
        lang: understood.lang,
        minute,
        fault,
        complains,
        reports: reportsFault(understood.intent),
      }
    })
    const labelled = texts.map(({ mood, intents }, at) => ({
      ...mentions[at]!,
      complains: mood === 'negative' && (intents[0] === 'complaint' || intents[0] === 'churn'),
    }))
    const report = (some: readonly ShiftMention[], into: FaultReport[]): (number | null)[] => {
      const { grouped, nameOf } = groupShift(some, grouping)
      into.push(...faultReports(name, grouped, nameOf))
      return grouped.map(({ problem }) => problem)
    }
    const found = report(mentions, read)
    report(labelled, told)
    const complaining = texts.map(({ intents }) => intents.includes('complaint'))
    strays.push(straysOf(found, complaining))
  }
  const result = { read: { ...meanOfFaults(read), ...sumOfStrays(strays) }, told: meanOfFaults(told), faults: told }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    [
      ...told.map(faultLine),
      `complaints as read: ${meanLine(result.read)}  ${straysLine(result.read)}`,
      `as labelled: ${meanLine(result.told)}`,
    ].join('\n'),
  )
}
