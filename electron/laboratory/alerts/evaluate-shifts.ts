import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { likelyOf, readFirst } from '#engine/understanding/problems/kin.ts'
import { traitsOf, type Traits } from '#engine/understanding/problems/traits.ts'
import { rowsOf } from '#laboratory/desk/rows.ts'
import { rounded } from '#laboratory/evaluate-file.ts'
import { shippedGrouping, shippedUnderstanding } from '#laboratory/evaluate-models.ts'
import { groupShift } from '#laboratory/group-shift.ts'
import { mentionOfText } from '#laboratory/mention-of-text.ts'
import type { Terminal } from '#hosts/cli/command.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { createShiftCards, type Kin, type ShiftCard } from './shift-cards.ts'

const Row = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string(),
  network: z.string(),
  author: z.string(),
  followers: z.number().nullable(),
  /** Of the shift, from 0. */
  minute: z.number(),
  fault: z.string().nullable(),
})
type Row = z.infer<typeof Row>

/** The fault of a shift that breaks out fast. */
const FAST = 'F1'
/** So many of the mentions that a card shows first are looked at. */
const FIRST = 5
const MOST_OTHERS = 1
/** What may belong to a problem though it is filed elsewhere is looked for this far back. */
const CITED_MINUTES = 120
const COUNTED_MINUTES = 240

export interface ShiftReport {
  shift: string
  /** Minutes from the fast fault's first mention to the first card that cites one of it; null: none. */
  minutes: number | null
  /** Of the first five mentions that this card cites, how many are of the fault. */
  cited: number
  of: number
  /** At least four of five, or all but one of fewer. */
  named: boolean
  cards: number
  /** Of which no mention belongs to any fault. */
  falseCards: number
}

/** `earshot evaluate alerts --incidents FILE|DIR`: a shift a file, read as a station reads it: mood and intent by the models, problems as they form. */
export async function evaluateShifts(path: string, terminal: Terminal): Promise<void> {
  const understanding = await shippedUnderstanding()
  const grouping = await shippedGrouping()
  const { lexicon, encode } = grouping
  const shifts: ShiftReport[] = []
  for (const file of await filesOf(path)) {
    const rows = (await rowsOf(file, Row)).sort((a, b) => a.minute - b.minute)
    const mentions = rows.map((row, at) => {
      const understood = understanding.understand({ text: row.text, title: null, lang: row.lang })
      const { text, lang, ...rest } = mentionOfText(row, at, understood)
      const complains = isComplaint({ text, lang, ...rest }, lexicon)
      return { text, lang, minute: row.minute, fault: row.fault, complains, reports: reportsFault(rest.intent) }
    })
    const traits = mentions.map(({ text, lang }) => traitsOf(text, lang, lexicon, encode))
    const shift = createShiftCards(
      rows.map((row) => ({ ...row, followers: row.followers ?? 0 })),
      kinOf(mentions, traits, lexicon),
    )
    groupShift(mentions, grouping, (minute, problems) => shift.step(minute, problems))
    shifts.push(reportOf(basename(file, '.ndjson'), rows, shift.cards))
    terminal.progress(() => `${shifts.length} shifts`)
  }
  const result = {
    medianMinutes: medianOf(shifts.map(({ minutes }) => minutes)),
    named: shifts.filter(({ named }) => named).length,
    falseCardsAShift: rounded(shifts.reduce((sum, one) => sum + one.falseCards, 0) / shifts.length),
    shifts,
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  for (const one of shifts)
    await terminal.print(
      `${one.shift}: ${one.minutes === null ? 'no card' : `${one.minutes} minutes, ${one.cited} of the first ${one.of} of the fault`}  cards ${one.cards}, ${one.falseCards} of no fault`,
    )
  await terminal.print(
    `median ${result.medianMinutes ?? '–'} minutes  cause named in ${result.named} of ${shifts.length}  false cards a shift ${result.falseCardsAShift}`,
  )
}

function kinOf(
  mentions: readonly { minute: number; complains: boolean }[],
  traits: readonly Traits[],
  lexicon: Lexicon,
): Kin {
  const among =
    (pick: typeof readFirst, back: number) =>
    (members: readonly number[], minute: number): number[] => {
      const lately = mentions.flatMap((one, at) =>
        one.complains && one.minute <= minute && one.minute > minute - back ? at : [],
      )
      const places = [...new Set([...lately, ...members])]
      const near = places.map((at) => traits[at]!)
      const within = members.map((at) => places.indexOf(at))
      return pick(near, within, lexicon).map((at) => places[at]!)
    }
  return { readFirst: among(readFirst, CITED_MINUTES), likely: among(likelyOf, COUNTED_MINUTES) }
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new UsageError(`There is no ${path}.`)
  if (found.isFile()) return [path]
  const names = (await readdir(path)).filter((name) => name.endsWith('.ndjson')).sort()
  if (names.length === 0) throw new UsageError(`${path} has no .ndjson file.`)
  return names.map((name) => join(path, name))
}

/** `rows` in order of time. */
export function reportOf(
  shift: string,
  rows: readonly Pick<Row, 'minute' | 'fault'>[],
  cards: readonly ShiftCard[],
): ShiftReport {
  const onset = rows.find(({ fault }) => fault === FAST)?.minute ?? null
  const isFast = (at: number): boolean => rows[at]!.fault === FAST
  const card = cards.find(({ cites }) => cites.some(isFast))
  const first = card?.cites.slice(0, FIRST) ?? []
  const cited = first.filter(isFast).length
  return {
    shift,
    minutes: card === undefined || onset === null ? null : card.minute - onset,
    cited,
    of: first.length,
    named: first.length > 0 && cited >= first.length - MOST_OTHERS && cited > MOST_OTHERS,
    cards: cards.length,
    falseCards: cards.filter(({ cites }) => cites.every((at) => rows[at]!.fault === null)).length,
  }
}

/** A shift without a card counts as never. */
function medianOf(minutes: readonly (number | null)[]): number | null {
  const sorted = minutes.map((one) => one ?? Infinity).sort((a, b) => a - b)
  const half = sorted.length / 2
  const median = (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
  return Number.isFinite(median) ? rounded(median) : null
}
