import { mayLackRows, readOrSkip } from './broken-rows.ts'
import { connectionOf, statement } from './connections.ts'
import type { Reads, Writes } from './reads.ts'
import type { Said } from '#shared/model/said.ts'
import { saidFromText, saidToText } from '#shared/words/said.ts'

/** How one field of a row is kept: under which name, and its way in and out. Without a way it is kept as it is. */
export interface Column<T> {
  /** Default: the field's name with underscores. */
  name?: string
  /** Written with the row and never again. */
  fixed?: true
  /** Only the file's: rows that are read do not have it. */
  beside?: true
  write?(value: T): unknown
  read?(kept: unknown): T
}

/** A column for every field: what a table of rows of this type has to say. */
export type ColumnsOf<Row> = { [Field in keyof Row]-?: Column<Row[Field]> }

type AnyColumns = Record<string, Column<unknown>>
type ValueOf<C> = C extends { read?: infer Read } ? (Read extends (kept: unknown) => infer T ? T : never) : never
type RowOfColumns<Columns> = { -readonly [Field in keyof Columns]: ValueOf<Columns[Field]> }
type InitialOf<Columns> = {
  [Field in keyof Columns as Columns[Field] extends { initial: unknown } ? Field : never]: Columns[Field] extends {
    initial: infer T
  }
    ? T
    : never
}

/** Rows of a table whose type follows from its columns. */
export type RowOf<T> = T extends { read(kept: unknown): infer Row } ? Row : never

/** Text, a number, bytes or null, as SQLite has them. */
export const plain = <T extends string | number | Uint8Array | null>(): Column<T> => ({})

export const flag = (): Column<boolean> => ({ write: Number, read: (kept) => kept === 1 })

/** JSON text; null stays NULL. */
export const json = <T>(): Column<T> => ({
  write: (value) => (value === null ? null : JSON.stringify(value)),
  read: (kept) => (kept === null ? null : JSON.parse(kept as string)) as T,
})

/** JSON text of any value; null is text as well, for columns that are never NULL. */
export const jsonText = <T>(): Column<T> => ({
  write: (value) => JSON.stringify(value),
  read: (kept) => JSON.parse(kept as string) as T,
})

/** JSON text of a shape of the domain, held to it when it is read. */
export const shape = <T>(schema: { parse(value: unknown): T }): Column<T> => ({
  write: (value) => JSON.stringify(value),
  read: (kept) => schema.parse(JSON.parse(kept as string)),
})

/** What Earshot says. An older one kept an English sentence. */
export const saying = (): Column<Said | null> => ({
  write: saidToText,
  read: (kept) => saidFromText(kept as string | null),
})

/** The place of a word in a list, so that the file can order by it. */
export const placeIn = <Word extends string>(words: readonly Word[], otherwise: Word): Column<Word> => ({
  write: (word) => words.indexOf(word),
  read: (place) => words[place as number] ?? otherwise,
})

export const named = <T>(name: string, column: Column<T>): Column<T> => ({ ...column, name })
export const beside = <T>(): Column<T> => ({ beside: true })
export const fixed = <T>(column: Column<T>): Column<T> => ({ ...column, fixed: true })

/** What the field is in a new row. */
export const initially = <T>(initial: T, column: Column<T> = {}): Column<T> & { initial: T } => ({ ...column, initial })

export interface Table<Row, Initial, Beside = unknown> {
  readonly name: string
  /** Fields that a new row has before anything is said about it. */
  readonly initial: Readonly<Initial>
  /** For a SELECT: every column, or all `but` some, under its field's name. `alias` is the table's. */
  columns(alias?: string, but?: readonly (keyof Row)[]): string
  /** A row as a SELECT of `columns` gives it becomes one with its fields' own types. In place. */
  read(kept: unknown): Row
  /** Values in the order of the columns, for a statement that takes them by place. */
  values(row: Row & Beside): unknown[]
  /** The row of this key. Of this and the next ones: a row that cannot be read is left out, see broken-rows.ts. */
  get(reads: Reads, ...key: (string | number)[]): Row | undefined
  /** Removes the row of this key; says whether there was one. */
  remove(writes: Writes, ...key: (string | number)[]): boolean
  /** One more than the greatest of this field; 1 when there is no row. */
  nextOf(reads: Reads, field: keyof Row & string): number
  /** The first row of `SELECT … FROM table ${rest}`. */
  one(reads: Reads, rest: string, ...values: unknown[]): Row | undefined
  all(reads: Reads, rest: string, ...values: unknown[]): Row[]
  each(reads: Reads, rest: string, ...values: unknown[]): Generator<Row>
  /** INSERT INTO table …, with a place for every column. */
  readonly insertText: string
  /** Says whether there is a new row. `or` is what SQLite does about one of the same key. */
  insert(writes: Writes, row: Row & Beside, or?: 'ABORT' | 'IGNORE' | 'REPLACE'): boolean
  /** Inserts, or replaces what is not fixed. `also` is added to the SET of the latter. */
  put(writes: Writes, row: Row & Beside, also?: string): void
}

const underscored = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A table whose rows have a type already, a shape of the domain: every field of it needs a column. */
export const tableOf =
  <Row extends object, Beside = unknown>() =>
  <const Columns extends ColumnsOf<Row & Beside>>(
    name: string,
    key: readonly (keyof Row & string)[],
    columns: Columns,
  ): Table<Row, InitialOf<Columns>, Beside> =>
    table(name, key, columns as never) as unknown as Table<Row, InitialOf<Columns>, Beside>

/**
 * A table of the file, said once: from its columns follow the type of its rows, the lists of its columns, and the statements
 * that insert, change and read whole rows. `key`: the fields that name a row.
 * Long: all of these are made of the same lists.
 */
export function table<const Columns extends AnyColumns>(
  name: string,
  key: readonly (keyof Columns & string)[],
  columns: Columns,
): Table<RowOfColumns<Columns>, InitialOf<Columns>> {
  type Row = RowOfColumns<Columns>
  const all = Object.entries(columns as unknown as Record<string, Column<unknown> & { initial?: unknown }>).map(
    ([field, column]) => ({ ...column, field, name: column.name ?? underscored(field) }),
  )
  const fields = all.map(({ field }) => field as keyof Row)
  const writing = all.flatMap(({ field, write }) => (write ? [{ field, write }] : []))
  const reading = all.flatMap(({ field, read }) => (read ? [{ field, read }] : []))
  const names = all.map((column) => column.name).join(', ')
  const nameOf = new Map(all.map((column) => [column.field, column.name]))
  const changing = all.filter((column) => !column.fixed && !key.includes(column.field))
  const conflict = `ON CONFLICT (${key.map((field) => nameOf.get(field)).join(', ')}) DO UPDATE SET
    ${changing.map((column) => `${column.name} = excluded.${column.name}`).join(', ')}`
  const texts = new Map<string, string>()

  /** The same text each time, so that its statement is found by a look at a short one. */
  function textOf(rest: string): string {
    let text = texts.get(rest)
    if (text === undefined) texts.set(rest, (text = `SELECT ${made.columns()} FROM ${name} ${rest}`))
    return text
  }
  function kept(row: Row): Record<string, unknown> {
    if (writing.length === 0) return row
    const values: Record<string, unknown> = { ...row }
    for (const { field, write } of writing) values[field] = write(values[field])
    return values
  }
  /** Left out and remembered when a part of it is not what it should be. */
  function readable(reads: Reads, row: unknown): Row | undefined {
    if (!mayLackRows.has(name)) return made.read(row)
    const nameOf = () => key.map((field) => (row as Record<string, unknown>)[field]).join('/')
    return readOrSkip(reads, name, nameOf, () => made.read(row))
  }
  const ofKey = `WHERE ${key.map((field) => `${nameOf.get(field)} = ?`).join(' AND ')}`
  const removeText = `DELETE FROM ${name} ${ofKey}`
  const rest = `INTO ${name} (${names}) VALUES (${all.map(({ field }) => `@${field}`).join(', ')})`
  const insertOr = { ABORT: `INSERT ${rest}`, IGNORE: `INSERT OR IGNORE ${rest}`, REPLACE: `REPLACE ${rest}` }
  const putText = `INSERT ${rest} ${conflict}`

  const made: Table<Row, InitialOf<Columns>> = {
    name,
    initial: Object.fromEntries(
      all.flatMap((column) => ('initial' in column ? [[column.field, column.initial]] : [])),
    ) as InitialOf<Columns>,
    columns: (alias, but = []) =>
      all
        .filter((column) => !column.beside && !but.includes(column.field as keyof Row))
        .map((column) => {
          const from = alias === undefined ? column.name : `${alias}.${column.name}`
          return column.name === column.field ? from : `${from} AS "${column.field}"`
        })
        .join(', '),
    read(row) {
      for (const { field, read } of reading) {
        ;(row as Record<string, unknown>)[field] = read((row as Record<string, unknown>)[field])
      }
      return row as Row
    },
    values: (row) => fields.map((field) => row[field]),
    get: (reads, ...values) => made.one(reads, ofKey, ...values),
    remove: (writes, ...values) => statement(writes, removeText).run(...values).changes > 0,
    nextOf: (reads, field) =>
      statement(reads, `SELECT coalesce(max(${nameOf.get(field)}), 0) + 1 FROM ${name}`)
        .pluck()
        .get() as number,
    one(reads, rest, ...values) {
      const row = statement(reads, textOf(rest)).get(...values)
      return row === undefined ? undefined : readable(reads, row)
    },
    all: (reads, rest, ...values) =>
      statement(reads, textOf(rest))
        .all(...values)
        .map((row) => readable(reads, row))
        .filter((row) => row !== undefined),
    *each(reads, rest, ...values) {
      // A statement of its own: others may ask while this one is still being walked.
      for (const row of connectionOf(reads)
        .prepare(textOf(rest))
        .iterate(...values)) {
        const one = readable(reads, row)
        if (one !== undefined) yield one
      }
    },
    insertText: `INSERT INTO ${name} (${names}) VALUES (${all.map(() => '?').join(', ')})`,
    insert: (writes, row, or = 'ABORT') => statement(writes, insertOr[or]).run(kept(row)).changes > 0,
    put(writes, row, also = '') {
      statement(writes, also === '' ? putText : `${putText}, ${also}`).run(kept(row))
    },
  }
  return made
}
