import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import type { Terminal } from '#hosts/cli/command.ts'
import { readCorpus } from './corpus.ts'
import { shippedGrouping, shippedUnderstanding } from './evaluate-models.ts'
import { faultLine, faultReports, meanLine, meanOfFaults, type FaultReport } from './fault-scores.ts'
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
  for (const { name, texts } of shifts) {
    const mentions = texts.map((text, at) => {
      const understood = understanding.understand({ text: text.text, title: null, lang: text.lang })
      const { minute, fault } = text
      const complains = isComplaint(
        mentionOfText({ id: `${at}`, text: text.text, network: 'corpus', minute }, at, understood),
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
    const report = (some: readonly ShiftMention[]): FaultReport[] => {
      const { grouped, nameOf } = groupShift(some, grouping)
      return faultReports(name, grouped, nameOf)
    }
    read.push(...report(mentions))
    told.push(...report(labelled))
  }
  const result = { read: meanOfFaults(read), told: meanOfFaults(told), faults: told }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    [
      ...told.map(faultLine),
      `complaints as read: ${meanLine(result.read)}`,
      `as labelled: ${meanLine(result.told)}`,
    ].join('\n'),
  )
}
