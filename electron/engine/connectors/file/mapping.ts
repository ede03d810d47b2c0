import { langOf } from './language-names.ts'
import { namesOf, normalName as normal, fileFields } from './column-names.ts'
import type { FileField } from './column-names.ts'
import type { DateOrder } from '../text/dates.ts'
import { dateOrderOf, parseDate } from '../text/dates.ts'
import { isNothing, looksLikeCount } from './numbers.ts'
import type { Row } from './table.ts'
import { absoluteTwin, looksLikeClock, looksSerial, saysZone, zoneIn, zoneOfHeader } from './when.ts'
import type { When } from './when.ts'

import { areRounded } from './ids.ts'
import { exportNamed } from './known-exports.ts'
import { moodNamed, networkNamed } from './told.ts'
export { fileFields } from './column-names.ts'
export type { FileField } from './column-names.ts'

/** Field → column. */
export type Mapping = Partial<Record<FileField, string>>

export interface Guess {
  mapping: Mapping
  when: When
}

type Cells = Map<string, string[]>
const isSomething = (cell: string): boolean => cell !== '' && !isNothing(cell)

/**
 * What each column means: by name first, held against its content (a "date" that holds no dates is none), then, for text,
 * date and id, by content alone. `given` wins over every guess. A local time gives way to a column that says the same
 * moments absolutely.
 */
export function guessMapping(columns: string[], sample: Row[], given: Mapping = {}, order?: DateOrder): Guess {
  const mapping: Mapping = { ...given }
  const taken = new Set(Object.values(given).filter((column) => column !== ''))
  const cells: Cells = new Map(
    columns.map((column) => [column, sample.map((row) => row.cell(column)).filter((cell) => isSomething(cell.trim()))]),
  )
  const dateOrder = order ?? orderOf(given.publishedAt ? [given.publishedAt] : columns, cells)
  const fits = fitting(cells, dateOrder)
  const byName = columnsByName(columns)
  // What somebody labelled for another purpose is nobody's word about a mention until a person says so.
  const isListening = exportNamed(columns) !== null
  /** Filled in most rows: a date that only some rows have is not when they were written. */
  const filled = (column: string): number => cells.get(column)!.length / Math.max(1, sample.length)
  for (const field of fileFields) {
    if (mapping[field] !== undefined || field === 'time' || field === 'zone' || (field === 'mood' && !isListening))
      continue
    const found = namesOf(field)
      .flatMap((name) => byName.get(name) ?? [])
      .filter((column) => !taken.has(column) && (fits[field]?.(column) ?? true))
    const best = needed.has(field)
      ? (found.find((column) => filled(column) >= 0.8) ?? found.toSorted((a, b) => filled(b) - filled(a))[0])
      : found[0]
    if (best === undefined) continue
    mapping[field] = best
    taken.add(best)
  }
  const free = (): string[] => columns.filter((column) => !taken.has(column) && cells.get(column)!.length > 0)
  const claim = (field: FileField, find: () => string | undefined): void => {
    const column = mapping[field] === undefined ? find() : undefined
    if (column === undefined) return
    mapping[field] = column
    taken.add(column)
  }
  // Google Takeout has only what its owner wrote, under the owner's channel; elsewhere a channel is a room.
  claim('authorId', () => {
    const isOwn = columns.some((column) => /^(comment|livechat)createtimestamp$/.test(normal(column)))
    return isOwn ? columns.find((column) => normal(column) === 'channelid') : undefined
  })
  // Brandwatch's `Page Type` says both: whose page it is, and what stands there.
  claim('network', () => columns.find((column) => normal(column) === 'pagetype' && fits.network!(column)))
  claim('publishedAt', () =>
    free().find((column) => {
      const isDate = (cell: string): boolean => looksLikeDate(cell, dateOrder)
      // Of a hundred columns of words none is read to its end.
      return share(cells.get(column)!.slice(0, 20), isDate) >= 0.5 && share(cells.get(column)!, isDate) >= 0.8
    }),
  )
  claim('text', () => longest(free(), cells))
  /** When a row was indexed or changed tells it from no other: a number that is a time not far from the row's own. */
  const isMoment = (column: string): boolean =>
    sample.every((row) => {
      const [own, other] = [mapping.publishedAt ?? '', column].map((name) => parseDate(row.cell(name), dateOrder))
      return typeof own === 'number' && typeof other === 'number' && Math.abs(own - other) < YEAR_MS
    })
  claim('externalId', () =>
    free().find(
      (column) =>
        (/id$/i.test(column.trim()) || (allLongNumbers(cells.get(column)!) && !isMoment(column))) &&
        mostlyUnique(cells.get(column)!),
    ),
  )
  // A conversation a row: its id is the row's.
  const thread = given.threadId === undefined ? mapping.threadId : undefined
  if (mapping.externalId === undefined && thread !== undefined && filled(thread) === 1)
    if (new Set(cells.get(thread)).size === sample.length && sample.length > 1) {
      mapping.externalId = thread
      delete mapping.threadId
    }
  // Fields that somebody said have no column were not guessed, and have none.
  for (const field of fileFields) if (mapping[field] === '') delete mapping[field]
  return { mapping, when: whenOf({ mapping, given, columns, sample, cells, byName, dateOrder }) }
}

const YEAR_MS = 366 * 86_400_000
/** Networks that the first rows of a file are from, at most. */
const MOST_NETWORKS = 25

/** Rows without words or a date are none, and ids are every row's: a column that most rows have filled is looked for. */
const needed = new Set<FileField>(['text', 'publishedAt', 'externalId'])

function fitting(
  cells: Cells,
  dateOrder: DateOrder | undefined,
): Partial<Record<FileField, (column: string) => boolean>> {
  const all =
    (test: (cell: string) => boolean, least: number) =>
    (column: string): boolean =>
      share(cells.get(column)!, test) >= least
  const counts = all(looksLikeCount, 0.8)
  const oddNetworks = (column: string): number =>
    share(cells.get(column)!, (cell) => looksLikeCount(cell) || cell.length > 40)
  const addresses = all((cell) => /^https?:\/\//i.test(cell.trim()), 0.5)
  return {
    publishedAt: (column) =>
      share(cells.get(column)!, (cell) => parseDate(cell, dateOrder ?? 'mdy') !== null) >= 0.5 ||
      isSerial(cells.get(column)!),
    text: (column) =>
      share(cells.get(column)!, (cell) => !isNumber(cell)) >= 0.5 &&
      (surelyText.has(normal(column)) || runs(cells.get(column)!)),
    followers: counts,
    likes: counts,
    reposts: counts,
    replies: counts,
    lang: all((cell) => langOf(cell) !== null, 0.8),
    country: all((cell) => /^[\p{L}\s.,'’()-]{2,60}$/u.test(cell.trim()), 0.8),
    url: addresses,
    authorUrl: addresses,
    network: (column) =>
      new Set(cells.get(column)!.map(networkNamed)).size <= MOST_NETWORKS && oddNetworks(column) < 0.5,
    mood: all((cell) => moodNamed(cell) !== null, 0.8),
    externalId: (column) => mostlyUnique(cells.get(column)!) || areRounded(cells.get(column)!),
  }
}

function columnsByName(columns: string[]): Map<string, string[]> {
  const byName = new Map<string, string[]>()
  const named = (name: string, column: string): void => void byName.set(name, [...(byName.get(name) ?? []), column])
  for (const column of columns) named(normal(column), column)
  // `post.record.text` of a nested object is a text too, after everything that is called so by its whole name.
  for (const column of columns) for (const name of endings(column)) named(name, column)
  // `Post Message`, `Sender Followers`: what several words name is what the last of them does.
  for (const column of columns) {
    const last = /[\p{L}\p{N}][\s_-]+(message|text|content|body|followers)$/iu.exec(column.trim())?.[1]
    if (last !== undefined && !/\b(bio|profile|subject|source)\b/i.test(column)) named(normal(last), column)
  }
  return byName
}

interface WhenFacts {
  mapping: Mapping
  given: Mapping
  columns: string[]
  sample: Row[]
  cells: Cells
  byName: Map<string, string[]>
  dateOrder: DateOrder | undefined
}

/** How the dates are read, and which columns beside the date belong to them. Changes the mapping in place. */
function whenOf({ mapping, given, columns, sample, cells, byName, dateOrder }: WhenFacts): When {
  const when: When = { order: dateOrder, serial: false, zone: null }
  const of = mapping.publishedAt
  if (of === undefined) return when
  const dates = cells.get(of) ?? []
  const isAbsolute = (column: string): boolean =>
    zoneOfHeader(column) !== null || share(cells.get(column) ?? [], saysZone) >= 0.9
  if (!given.publishedAt && !isAbsolute(of)) {
    const others = columns.filter((column) => (cells.get(column)?.length ?? 0) > 0)
    const twin = absoluteTwin(of, others, sample, dateOrder)
    if (twin !== undefined) {
      for (const [field, column] of Object.entries(mapping))
        if (column === twin && given[field as FileField] === undefined) delete mapping[field as FileField]
      mapping.publishedAt = twin
      return { ...when, zone: zoneOfHeader(twin) }
    }
  }
  when.serial = isSerial(dates)
  when.zone = zoneOfHeader(of)
  const beside = (field: 'time' | 'zone', fits: (cell: string) => boolean): void => {
    if (mapping[field] !== undefined || given[field] === '') return
    const column = namesOf(field)
      .flatMap((name) => byName.get(name) ?? [])
      .find((one) => one !== of && share(cells.get(one)!, fits) >= 0.8)
    if (column !== undefined) mapping[field] = column
  }
  const hasNoClock = (cell: string): boolean =>
    !/\d:\d{2}(?!:?0{2}(?::00)?$)/.test(cell.replace(/[T\s]+0{1,2}:00.*$/, ''))
  if (!when.serial || dates.every((cell) => !/[.,]\d/.test(cell)))
    if (share(dates, hasNoClock) >= 0.9 && !isAbsolute(of)) beside('time', looksLikeClock)
  if (!isAbsolute(of)) beside('zone', (cell) => zoneIn(cell) !== null)
  return when
}

const isSerial = (cells: string[]): boolean => cells.length > 0 && share(cells, looksSerial) >= 0.9

/** Columns of these names hold text even where it is a single word. */
const surelyText = new Set(namesOf('text').slice(0, 11))

/** Running text rather than labels: a third of it has spaces, or is not of the Latin script. */
const runs = (cells: string[]): boolean =>
  share(cells, (cell) => /\s\S/.test(cell.trim()) || /[^\u0000-\u024f]/.test(cell)) > 0.3 // eslint-disable-line no-control-regex

/** `a.b.c` → `bc`, `c`; an id or name inside a person is the person's and nobody else's. */
function endings(column: string): string[] {
  const parts = column.split('.')
  if (parts.length < 2) return []
  const person = /^(?:\w*_)?(author|user|account|profile|from|sender)(?:_(?:attributes|data|info|details))?$/i.exec(
    parts.at(-2)!,
  )?.[1]
  const last = parts.slice(-2).join('')
  const own = normal(parts.at(-1)!)
  // `data.name` names the data, whoever wrote it.
  // `extra_author_attributes.id` is the author's.
  if (person !== undefined) return [...new Set([normal(last), normal(person) + own])]
  return [normal(last), ...(own === 'name' ? [] : [own])]
}

const allLongNumbers = (cells: string[]): boolean =>
  cells.length > 0 && cells.every((cell) => /^\d{8,}$/.test(cell.trim()))

function orderOf(columns: string[], cells: Map<string, string[]>): DateOrder | undefined {
  for (const column of columns) {
    const order = dateOrderOf(cells.get(column) ?? [])
    if (order) return order
  }
  return undefined
}

/** A bare number is a date only where the header says so: too many columns hold numbers. */
const looksLikeDate = (cell: string, order: DateOrder | undefined): boolean =>
  !isNumber(cell) && parseDate(cell, order ?? 'mdy') !== null

const isNumber = (cell: string): boolean => /^\s*[+-]?\d+([.,]\d+)?(e\+?\d+)?\s*$/i.test(cell)

const share = (cells: string[], test: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(test).length / cells.length

const mostlyUnique = (cells: string[]): boolean =>
  cells.length > 0 &&
  new Set(cells).size >= cells.length * 0.9 &&
  share(cells, (cell) => cell.length <= 300 && !/\s\S+\s/.test(cell.trim())) > 0.9

/** The column with the most running text: at least three words on average. */
function longest(columns: string[], cells: Map<string, string[]>): string | undefined {
  let best: string | undefined
  let bestLength = 12
  for (const column of columns) {
    const values = cells.get(column)!
    if (share(values, isNumber) > 0.5) continue
    const words = values.reduce((sum, value) => sum + value.trim().split(/\s+/).length, 0) / values.length
    const length = values.reduce((sum, value) => sum + value.length, 0) / values.length
    if (length > bestLength && (words >= 3 || !/^[\x00-\x7f]*$/.test(values.join(''))))
      [best, bestLength] = [column, length] // eslint-disable-line no-control-regex
  }
  return best
}
