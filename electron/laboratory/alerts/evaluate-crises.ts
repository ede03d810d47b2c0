import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Terminal } from '#hosts/cli/command.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { readLines, rounded } from '#laboratory/evaluate-file.ts'
import { cardsOf } from './raised.ts'

/** Events that broke out in one moment, by the names of their folders; the others of the collection came over days. */
const sudden = /costa.?rica|bohol|brazil|glasgow|la_airport|russia|spain|west_texas/i

const MINUTE = 60_000
const QUARTER = 15
const QUARTER_LEAST = 10
/** A card that was raised so long before the onset is none of it. */
const BEFORE_MINUTES = 60

export interface CrisisReport {
  crisis: string
  sudden: boolean
  mentions: number
  onset: string | null
  /** When the first card for it was raised; less than 0 minutes: before the onset. */
  alert: string | null
  minutes: number | null
  strength: number | null
  /** Cards earlier than an hour before. */
  earlier: number
}

/** `earshot evaluate alerts --crises DIR`: minutes from the onset of each crisis in the folder to its card, mentions counted by the minute. */
export async function evaluateCrises(dir: string, terminal: Terminal): Promise<void> {
  const reports: CrisisReport[] = []
  for (const { name, file } of await crisesOf(dir)) {
    const times = await timesOf(file)
    if (times.length > 0) reports.push(crisisReport(name, times))
    terminal.progress(() => `${reports.length} crises`)
  }
  if (reports.length === 0) throw new UsageError(`${dir} has no folder with a file of mentions and their times.`)
  const chosen = reports.filter((one) => one.sudden)
  const result = { medianMinutes: medianOf(chosen.length > 0 ? chosen : reports), crises: reports }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  for (const one of reports)
    await terminal.print(
      `${one.crisis}${one.sudden ? '' : ' (not sudden)'}: ${one.minutes === null ? 'no card' : `${one.minutes} minutes, strength ${one.strength}`}  onset ${one.onset ?? '–'}`,
    )
  await terminal.print(`median of the sudden ones: ${result.medianMinutes ?? '–'} minutes`)
}

async function crisesOf(dir: string): Promise<{ name: string; file: string }[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => {
    throw new UsageError(`${dir} is no folder that can be read.`)
  })
  const found: { name: string; file: string }[] = []
  for (const entry of entries.filter((one) => one.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = await readdir(join(dir, entry.name))
    const file = files.find((name) => /tweetids.*\.csv$/i.test(name))
    if (file !== undefined) found.push({ name: entry.name, file: join(dir, entry.name, file) })
  }
  const own = (await readdir(dir)).find((name) => /tweetids.*\.csv$/i.test(name))
  if (own !== undefined) found.push({ name: own.replace(/-?tweetids.*$/i, ''), file: join(dir, own) })
  return found
}

/** The first column of each row, sorted; rows of which the time cannot be read are left out. */
async function timesOf(file: string): Promise<number[]> {
  const lines = await readLines(file, 'a CSV file with a time in its first column')
  return lines
    .map((line) => Date.parse(/^\s*(?:"([^"]*)"|([^,]*))/.exec(line)?.slice(1).join('') ?? ''))
    .filter((time) => !Number.isNaN(time))
    .sort((a, b) => a - b)
}

/** `times` sorted. A card stands from the end of the minute that raised it. */
export function crisisReport(crisis: string, times: readonly number[]): CrisisReport {
  const onset = onsetOf(times)
  const first = Math.floor(times[0]! / MINUTE)
  const counts = Array.from({ length: Math.floor(times.at(-1)! / MINUTE) - first + 1 }, () => 0)
  for (const time of times) counts[Math.floor(time / MINUTE) - first]!++
  const cards = cardsOf(
    counts.map((count, at) => ({ no: first + at, count })),
    1,
  ).map(({ at, verdict }) => ({ at: (first + at + 1) * MINUTE, verdict }))
  const about = onset === null ? undefined : cards.find(({ at }) => at >= onset - BEFORE_MINUTES * MINUTE)
  return {
    crisis,
    sudden: sudden.test(crisis),
    mentions: times.length,
    onset: onset === null ? null : new Date(onset).toISOString(),
    alert: about === undefined ? null : new Date(about.at).toISOString(),
    minutes: about === undefined ? null : rounded((about.at - onset!) / MINUTE),
    strength: about?.verdict.strength ?? null,
    earlier: onset === null ? 0 : cards.filter(({ at }) => at < onset - BEFORE_MINUTES * MINUTE).length,
  }
}

/** The first mention of the first quarter hour, as clocks have them, with ten or more. */
export function onsetOf(times: readonly number[]): number | null {
  for (let from = 0; from < times.length;) {
    const quarter = Math.floor(times[from]! / MINUTE / QUARTER)
    let to = from
    while (to < times.length && Math.floor(times[to]! / MINUTE / QUARTER) === quarter) to++
    if (to - from >= QUARTER_LEAST) return times[from]!
    from = to
  }
  return null
}

/** One without a card counts as never. */
function medianOf(reports: readonly CrisisReport[]): number | null {
  const minutes = reports.map((one) => one.minutes ?? Infinity).sort((a, b) => a - b)
  const half = minutes.length / 2
  const median = (minutes[Math.ceil(half) - 1]! + minutes[Math.floor(half)]!) / 2
  return Number.isFinite(median) ? rounded(median) : null
}
