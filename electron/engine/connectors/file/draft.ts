import { said } from '#shared/words/said.ts'
import { createHash } from 'node:crypto'
import { mentionKinds } from '#shared/model/mention.ts'
import type { Draft, MentionKind } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import type { DateOrder } from '../text/dates.ts'
import { absoluteLink, linksInText, looseText, tidy } from '../text/html-to-text.ts'
import { countOf, langTag, rawOf } from '../text/raw.ts'
import type { FileField, Mapping } from './mapping.ts'
import type { Row } from './table.ts'

export interface DraftOptions {
  mapping: Mapping
  dateOrder: DateOrder | undefined
  /** When the file has no dates and the officer says when its posts are from. */
  date: number | null
}

/** A row's mention, or why there is none. */
export function rowToDraft(row: Row, { mapping, dateOrder, date }: DraftOptions): Draft | Dropped {
  const cell = (field: FileField): string => {
    const column = mapping[field]
    return column === undefined ? '' : row.cell(column).trim()
  }
  const where = `line ${row.line}`
  const text = looseText(cell('text'))
  const title = tidy(cell('title'))
  if (text === '' && title === '')
    return dropped('empty', where, said('file.noTextInColumn', { column: mapping.text ?? '' }))
  const written = cell('publishedAt')
  const publishedAt = written === '' ? date : parseDate(written, dateOrder)
  if (publishedAt === null) {
    const column = mapping.publishedAt ?? ''
    const detail =
      written === ''
        ? said('file.columnEmpty', { column })
        : said('file.cellIs', { column, cell: written.slice(0, 40) })
    return dropped('no date', where, detail)
  }
  const inReplyTo = idOf(cell('inReplyTo'))
  const url = absoluteLink(cell('url'))
  return draftOf({
    externalId: idOf(cell('externalId')) ?? fingerprint(row),
    kind: kindOf(cell('kind'), inReplyTo),
    text: text === '' ? title : text,
    title: title === '' || text === '' ? null : title,
    url,
    author: writerOf(cell),
    publishedAt,
    lang: langTag(cell('lang')),
    country: /^[a-z]{2}$/i.test(cell('country')) ? cell('country').toUpperCase() : null,
    threadId: idOf(cell('threadId')),
    inReplyTo,
    engagement: engagementOf(cell),
    links: linksInText(text),
    raw: rawOf(row.raw()),
  })
}

/**
 * A file without ids: the row itself is what tells it from others, so the same row twice is one mention, and importing
 * the file again finds what is there already.
 */
const fingerprint = (row: Row): string => `row-${createHash('sha256').update(row.raw()).digest('hex').slice(0, 24)}`

/** Spreadsheets turn ids into decimals: `3.0` is 3. */
const idOf = (text: string): string | null => {
  if (text === '' || /^(nan|null|none|undefined)$/i.test(text)) return null
  return text.replace(/^(\d+)\.0+$/, '$1')
}

function writerOf(cell: (field: FileField) => string): Draft['author'] {
  const handle = idOf(cell('author'))
  const id = idOf(cell('authorId'))
  const name = tidy(cell('authorName'))
  const known = id ?? handle ?? (name || null)
  if (known === null) return null
  return authorOf({
    id: known,
    handle: tidy(handle ?? (name || known)),
    name,
    url: absoluteLink(cell('authorUrl')),
    followers: countOf(cell('followers')),
  })
}

function engagementOf(cell: (field: FileField) => string): Draft['engagement'] {
  const [likes, reposts, replies] = [countOf(cell('likes')), countOf(cell('reposts')), countOf(cell('replies'))]
  return likes === null && reposts === null && replies === null ? null : { likes, reposts, replies }
}

function kindOf(written: string, inReplyTo: string | null): MentionKind {
  const kind = mentionKinds.find((known) => known === written.toLowerCase())
  return kind ?? (inReplyTo === null ? 'post' : 'reply')
}
