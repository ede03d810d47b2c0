import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { wrongLine } from '#laboratory/evaluate-file.ts'

/** A counted series as it stands in a file. */
export interface SeriesFile {
  /** Base name without its ending. */
  name: string
  /** As written. */
  stamps: string[]
  /** Milliseconds since 1970; times without a zone are taken as UTC. */
  times: number[]
  /** null: the file has none there. */
  values: (number | null)[]
  /** Minutes between two rows, as most of them are apart. */
  width: number
}

/**
 * Reads `timestamp,value` with a header. Throws a Failure that names file and line for a time that is none, or a value that is no count; an empty value, NaN and null are gaps.
 */
export async function readSeries(file: string, name: string): Promise<SeriesFile> {
  const stamps: string[] = []
  const times: number[] = []
  const values: (number | null)[] = []
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
  const rows = createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  let columns: { timestamp: number; value: number } | null = null
  let line = 0
  try {
    for await (const each of rows) {
      const row = each as string[]
      if (columns === null) columns = columnsOf(file, row)
      else {
        const time = instantOf(row[columns.timestamp] ?? '')
        if (time === null) throw wrongLine(file, line, `"${row[columns.timestamp] ?? ''}" is no time.`)
        stamps.push(row[columns.timestamp]!)
        times.push(time)
        values.push(
          valueOf(row[columns.value] ?? '', () => wrongLine(file, line, `"${row[columns!.value]}" is no count.`)),
        )
      }
      line++
    }
  } catch (cause) {
    if (cause instanceof Failure || cause instanceof UsageError) throw cause
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`There is no file ${file}.`)
    throw new Failure('user', asWritten(`${file} cannot be read: ${(cause as Error).message}`), { cause })
  }
  if (times.length === 0) throw new UsageError(`${file} has no rows.`)
  return { name, stamps, times, values, width: widthOf(times) }
}

function columnsOf(file: string, header: readonly string[]): { timestamp: number; value: number } {
  const names = header.map((name) => name.toLowerCase())
  const found = { timestamp: names.indexOf('timestamp'), value: names.indexOf('value') }
  if (found.timestamp < 0 || found.value < 0)
    throw new UsageError(`${file} needs the columns timestamp and value. It has: ${header.join(', ')}.`)
  return found
}

/** ISO 8601 with a blank or a T; UTC unless it says otherwise. */
export function instantOf(text: string): number | null {
  const iso = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim())
  if (iso === null) return null
  const time = Date.parse(`${iso[1]}T${iso[2] ?? '00:00'}${iso[3] ?? 'Z'}`)
  return Number.isNaN(time) ? null : time
}

function valueOf(text: string, wrong: () => Failure): number | null {
  if (text === '' || /^(nan|null|none|na)$/i.test(text)) return null
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw wrong()
  return value
}

const MINUTE = 60_000
const DAY_MINUTES = 1440

/** The distance that is met most often, in whole minutes from one to a day. */
export function widthOf(times: readonly number[]): number {
  const met = new Map<number, number>()
  for (let at = 1; at < times.length; at++) {
    const minutes = Math.round((times[at]! - times[at - 1]!) / MINUTE)
    if (minutes >= 1 && minutes <= DAY_MINUTES) met.set(minutes, (met.get(minutes) ?? 0) + 1)
  }
  const [most] = [...met].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return most?.[0] ?? 1
}
