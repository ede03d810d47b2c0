import { cut } from '#shared/util/text-length.ts'
import type { Said } from '#shared/model/said.ts'
import { commas, said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { ImportPlan } from '#shared/model/person.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Person } from '#shared/model/person.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { newId } from '#shared/util/ids.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { defaultServiceLevel } from '#engine/routing/clocks.ts'
import { personByEmail, personById, personByName } from '#engine/store/queries/people.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from './desk-book.ts'
import type { PeopleBook } from './people-book.ts'
import { knownColumn, readRow, type PersonRow, type RowProblem } from './people-rows.ts'

/** Rows that are read before they are written; how long that or a transaction goes on until others have their turn. */
const BATCH = 250
const SLICE_MS = 15
/** People in one entry of the journal: written in some milliseconds. */
const AT_ONCE = 50
/** Characters of the file that are taken apart in one go. */
const PIECE = 65_536
const MOST_TOLD = 50
const MOST_PROBLEMS = 200

/** A person to be written, as they were stored when the row was read, and how many edits of people there had been by then. */
interface Write {
  person: Person
  before: Person | null
  edits: number
  /** The same row on top of what somebody changed meanwhile. */
  onto(before: Person): Person
}

export interface ImportDeps {
  store: Store
  clock: Clock
  book: DeskBook
  people: PeopleBook
  timeZone: string
}

/**
 * Reads an organisation from CSV. People are found again by their address, those without one by name; only what a row says
 * is changed. Desks that do not exist are made. With `apply: false` nothing is written and the plan says what would be.
 * Written in batches, each whole; a second import of the same file changes nothing.
 * Long: every row adds to one plan and knows the desks and people that the rows before it made.
 */
export async function importPeople(deps: ImportDeps, csv: string, apply: boolean, actor: Actor): Promise<ImportPlan> {
  const { store, clock, book } = deps
  const startedAt = clock.monotonic()
  const problems: RowProblem[] = []
  const plan: ImportPlan = {
    rows: 0,
    people: { added: 0, changed: 0, same: 0 },
    desks: { added: 0 },
    changes: [],
    problems: [],
    seconds: 0,
  }
  const deskIds = new Map(book.desks().filter((desk) => !desk.archived).map((desk) => [desk.name.toLowerCase(), desk.id])) // prettier-ignore
  const newDesks: Desk[] = []
  const seen = new Map<string, number>()
  let edits = 0
  const stopListening = deps.people.onChanged(() => edits++)
  const tell = (line: number, name: string, what: Said): void => {
    if (plan.changes.length < MOST_TOLD) plan.changes.push({ line, name, what })
  }

  function deskId(name: string, row: PersonRow, line: number): string {
    const known = deskIds.get(name.toLowerCase()) ?? (book.desk(name) ? name : undefined)
    if (known !== undefined) return known
    const desk = freshDesk(name, row, deps.timeZone)
    deskIds.set(name.toLowerCase(), desk.id)
    newDesks.push(desk)
    plan.desks.added++
    tell(line, name, said('people.newDesk'))
    return desk.id
  }

  function take(cells: Record<string, string>, line: number, writes: Write[]): void {
    plan.rows++
    const row = readRow(cells, line, problems)
    if (row === null) return
    const key = row.email ?? row.name.toLowerCase()
    const twice = seen.get(key)
    if (twice !== undefined) {
      problems.push({
        line,
        column: null,
        message: said('people.sameInLine', { line: twice }),
      })
      return
    }
    seen.set(key, line)
    const before =
      (row.email ? personByEmail(store, row.email) : undefined) ??
      (row.email ? undefined : personByName(store, row.name))
    const desks = row.desks?.map((name) => deskId(name, row, line))
    const onto = (stored: Person | undefined): Person => merged(stored, row, desks, deps.timeZone)
    const after = onto(before)
    if (before === undefined) {
      plan.people.added++
      tell(line, row.name, said('people.new'))
    } else {
      const different = differences(before, after)
      if (different.length === 0) {
        plan.people.same++
        return
      }
      plan.people.changed++
      const names = different.map((field) => said(`people.field_${field}`))
      tell(line, row.name, said('asWritten', { text: commas(names) }))
    }
    writes.push({ person: after, before: before ?? null, edits, onto })
  }

  async function write(people: readonly Write[]): Promise<void> {
    const desks = newDesks.splice(0)
    if (apply && desks.length > 0) book.add(desks, actor)
    for (let next = 0; apply && next < people.length;) {
      store.transaction(() => {
        const from = clock.monotonic()
        do {
          const after = people.slice(next, next + AT_ONCE).map((one) => {
            const now = one.edits === edits ? one.before : (personById(store, one.person.id) ?? null)
            return now === null || now === one.before ? one.person : one.onto(now)
          })
          next += after.length
          appendEntry(store, { at: clock.now(), kind: 'people.imported', actor, data: { after } })
        } while (next < people.length && clock.monotonic() - from < SLICE_MS)
      })
      if (store.resting) await store.resting
      await clock.sleep(0)
    }
    if (people.length === 0) await clock.sleep(0)
  }

  async function readAndWrite(): Promise<void> {
    let writes: Write[] = []
    let since = clock.monotonic()
    for await (const { record, line } of records(csv)) {
      take(record, line, writes)
      const much = apply && writes.length + newDesks.length >= BATCH
      if (!much && clock.monotonic() - since < SLICE_MS) continue
      await write(writes)
      writes = []
      since = clock.monotonic()
    }
    await write(writes)
  }
  await readAndWrite().finally(stopListening)
  if (apply && plan.people.added + plan.people.changed > 0) {
    store.transaction(() =>
      appendEntry(store, {
        at: clock.now(),
        kind: 'people.imported',
        actor,
        data: { people: plan.people, desks: plan.desks, rows: plan.rows },
      }),
    )
    deps.people.forget()
  }
  plan.problems = problems.slice(0, MOST_PROBLEMS)
  plan.seconds = Math.round(clock.monotonic() - startedAt) / 1000
  return plan
}

/** Rows by known columns, with their line in the file. A header without a name column is the user's to correct. */
async function* records(csv: string): AsyncGenerator<{ record: Record<string, string>; line: number }> {
  const header = csv.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? ''
  const delimiter = [';', '\t', ','].reduce(
    (best, one) => (header.split(one).length > header.split(best).length ? one : best),
    ',',
  )
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    columns(names: string[]) {
      const found = names.map((name) => knownColumn(name) ?? false)
      if (!found.includes('name')) {
        throw new Failure('user', said('people.noNameColumn', { columns: cut(names.join(', '), 300) }))
      }
      return found
    },
  })
  // Piece by piece, as fast as the rows are taken: a large file in one go would stop everything else for a second.
  pipeline(Readable.from(pieces(csv)), parser, () => {})
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>
      info: { lines: number }
    }>) {
      yield { record, line: info.lines }
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure('user', said('people.noCsv', { why: (error as Error).message }))
  }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + PIECE)
    // Never between the two halves of one character.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++
    yield text.slice(at, end)
    at = end
  }
}

function merged(before: Person | undefined, row: PersonRow, deskIds: string[] | undefined, timeZone: string): Person {
  const { desks: _desks, timeZone: zone, spans, holidays, unit: _unit, ...about } = row
  const base: Person = before ?? {
    id: newId('per'),
    name: row.name,
    email: '',
    deskIds: [],
    skills: [],
    languages: [],
    countries: [],
    hours: { timeZone, spans: [], holidays: [] },
    capacity: 5,
    presence: 'off',
    archived: false,
  }
  return {
    ...base,
    ...about,
    archived: false,
    ...(deskIds && { deskIds: [...new Set(deskIds)] }),
    hours: {
      timeZone: zone ?? base.hours.timeZone,
      spans: spans ?? base.hours.spans,
      holidays: holidays ?? base.hours.holidays,
    },
  }
}

const freshDesk = (name: string, row: PersonRow, timeZone: string): Desk => ({
  id: newId('desk'),
  name: cut(name, 120),
  key: 0,
  colour: 8,
  purpose: '',
  hours: { timeZone: row.timeZone ?? timeZone, spans: [], holidays: [] },
  serviceLevel: { ...defaultServiceLevel },
  capacity: null,
  warnMinutes: 10,
  escalateTo: null,
  unit: row.unit ?? '',
  waiting: [],
  archived: false,
})

/** The fields that are not the same. */
function differences(before: Person, after: Person): Exclude<keyof Person, 'id'>[] {
  const fields = Object.keys(after) as (keyof Person)[]
  return fields
    .filter((field) => field !== 'id')
    .filter((field) => {
      const [was, is] = [before[field], after[field]]
      if (was === is) return false
      if (typeof is !== 'object') return true
      return JSON.stringify(was) !== JSON.stringify(is) && canonicalJson(was ?? null) !== canonicalJson(is)
    })
}
