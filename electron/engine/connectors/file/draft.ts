import { cut } from '#shared/util/text-length.ts'
import { said } from '#shared/words/said.ts'
import { hash } from 'node:crypto'
import type { Draft, MentionKind, Told } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped } from '../draft.ts'
import { absoluteLink, linksInText, looseText, tidy } from '../text/html-to-text.ts'
import { rawOf } from '../text/raw.ts'
import { idOf } from './ids.ts'
import { piecesText } from './json-cells.ts'
import { kindNamed } from './kinds.ts'
import { countryOf, langOf } from './language-names.ts'
import type { FileField, Mapping } from './mapping.ts'
import { mended } from './mojibake.ts'
import { isNothing, readCount } from './numbers.ts'
import type { Decimal } from './numbers.ts'
import type { Row } from './table.ts'
import { instantOf } from './when.ts'
import { moodNamed, networkNamed } from './told.ts'
import type { When } from './when.ts'

export interface DraftOptions {
  mapping: Mapping
  when: When
  /** The mark before decimals, of the columns that hold counts. */
  decimals: Partial<Record<FileField, Decimal>>
  /** The ids are what a spreadsheet made of them: they tell rows apart only together with what the row says. */
  roundedIds: boolean
  /** The text of each row is written in pieces of JSON. */
  pieces: boolean
  /** UTF-8 was read as Latin-1 once, and is put right. */
  mojibake: boolean
  /** When the file has no dates and the officer says when its posts are from. */
  date: number | null
}

/** A row's mention, or why there is none. */
export function rowToDraft(row: Row, options: DraftOptions): Draft | Dropped {
  const { mapping, date } = options
  const cell = (field: FileField): string => {
    const column = mapping[field]
    if (column === undefined) return ''
    const text = row.cell(column).trim()
    if (isNothing(text)) return ''
    return options.mojibake ? mended(text) : text
  }
  const where = `line ${row.line}`
  const text = looseText(options.pieces ? piecesText(cell('text')) : cell('text'))
  const title = tidy(cell('title'))
  if (text === '' && title === '') {
    const column = mapping.text ?? mapping.title
    return dropped('empty', where, column === undefined ? null : said('file.noTextInColumn', { column }))
  }
  const written = cell('publishedAt')
  const publishedAt = written === '' ? date : instantOf(written, cell('time'), cell('zone'), options.when)
  if (publishedAt === null) {
    const column = mapping.publishedAt ?? ''
    const detail =
      written === '' ? said('file.columnEmpty', { column }) : said('file.cellIs', { column, cell: cut(written, 40) })
    return dropped('no date', where, detail)
  }
  const own = idOf(cell('externalId'))
  const inReplyTo = asOwn(idOf(NO_PARENT.test(cell('inReplyTo')) ? '' : cell('inReplyTo')), own)
  const lang = langOf(cell('lang'))
  const told = toldOf(cell, lang)
  const url = linkIn(row, mapping.url)
  return draftOf({
    externalId: options.roundedIds ? sameness(cell) : (own ?? fingerprint(row)),
    kind: kindOf(cell('kind'), inReplyTo),
    text: text === '' ? title : text,
    title: title === '' || text === '' ? null : title,
    url,
    author: writerOf(row, cell, options),
    publishedAt,
    lang,
    country: countryOf(cell('country')),
    threadId: asOwn(idOf(cell('threadId')), own),
    inReplyTo,
    engagement: engagementOf(cell, options),
    links: linksInText(text),
    raw: rawOf(row.raw()),
    ...(told && { told }),
  })
}

/** What blogs and downloads write where nothing is answered. */
const NO_PARENT = /^(?:root|0|-1|false)$/i

/** Reddit names what is answered with its kind before the id (`t1_k3x9`), and the answer itself without. */
const asOwn = (id: string | null, own: string | null): string | null =>
  id !== null && own !== null && !/^t\d_/.test(own) ? id.replace(/^t[1-6]_(?=[0-9a-z]+$)/, '') : id

/**
 * A file without ids: the row itself is what tells it from others, so the same row twice is one mention, and importing
 * the file again finds what is there already.
 */
const fingerprint = (row: Row): string => `row-${hash('sha256', row.raw()).slice(0, 24)}`

/** Who said what when: with it a rounded id is as good as a whole one. */
function sameness(cell: Cell): string {
  const parts = (['externalId', 'publishedAt', 'time', 'author', 'text', 'title'] as const).map(cell)
  return `row-${hash('sha256', JSON.stringify(parts)).slice(0, 24)}`
}

type Cell = (field: FileField) => string
const countIn = (cell: Cell, { decimals }: DraftOptions, field: FileField): number | null =>
  readCount(cell(field), decimals[field] ?? null)

/** The address that a cell holds, or that its words lead to. */
const linkIn = (row: Row, column: string | undefined): string | null =>
  column === undefined ? null : (absoluteLink(row.cell(column)) ?? absoluteLink(row.target?.(column) ?? ''))

function writerOf(row: Row, cell: Cell, options: DraftOptions): Draft['author'] {
  const handle = idOf(cell('author'))
  const id = idOf(cell('authorId'))
  const name = tidy(cell('authorName'))
  const known = id ?? handle ?? (name || null)
  if (known === null) return null
  return authorOf({
    id: known,
    handle: tidy(handle ?? (name || known)),
    name,
    url: linkIn(row, options.mapping.authorUrl),
    followers: countIn(cell, options, 'followers'),
  })
}

function engagementOf(cell: Cell, options: DraftOptions): Draft['engagement'] {
  const [likes, reposts, replies] = (['likes', 'reposts', 'replies'] as const).map((field) =>
    countIn(cell, options, field),
  ) as [number | null, number | null, number | null]
  return likes === null && reposts === null && replies === null ? null : { likes, reposts, replies }
}

/** Tags that say that nobody knows the language. */
const NO_LANGUAGE = /^(und|zxx|mul|mis|qaa|qam|qct|qht|qme|qst|xx|art)\b/i

/** What the columns say and is believed; undefined: nothing. */
function toldOf(cell: Cell, lang: string | null): Told | undefined {
  const mood = moodNamed(cell('mood'))
  const network = networkNamed(cell('network'))
  const knowsLang = lang !== null && !NO_LANGUAGE.test(lang)
  if (mood === null && network === null && !knowsLang) return undefined
  return { ...(mood && { mood }), ...(network !== null && { network }), ...(knowsLang && { lang: true as const }) }
}

function kindOf(written: string, inReplyTo: string | null): MentionKind {
  const kind = kindNamed(written)
  // "message" and "post" are what exports call everything: an answer is one all the same.
  return inReplyTo !== null && (kind === null || kind === 'post') ? 'reply' : (kind ?? 'post')
}
