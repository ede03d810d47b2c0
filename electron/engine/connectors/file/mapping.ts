import type { DateOrder } from '../text/dates.ts'
import { dateOrderOf, parseDate } from '../text/dates.ts'
import type { Row } from './table.ts'

/**
 * What a column can be (`author` is the handle), with its names as exports of networks, tools and spreadsheets write them:
 * lower case without anything but letters and digits, best first.
 */
const spellings = {
  text: `
    text tweettext fulltext body content message tweet posttext commenttext reviewtext comment review post status
    caption selftext nachricht inhalt kommentar beitrag description summary feedback verbatim reviewcontent
    document`,
  publishedAt: `
    publishedat createdat tweetcreated tweetdate tweetcreatedat created datetime timestamp date pubdate published
    publishdate publicationdate createdtime createdutc createddate createdati creationdate postedat posted
    postdate sentat reviewdate reviewcreated submittedat time at datum erstellt erstelltam zeitpunkt zeit day`,
  externalId: `
    externalid tweetid statusid postid commentid messageid reviewid mentionid idstr guid uuid id objectid uri
    ticketid recordid`,
  author: `
    authorhandle authorusername authoracct userscreenname screenname handle username userhandle author user
    account accountacct from sender reviewer autor benutzer nutzer kunde customer nickname by name`,
  authorId: 'authorid userid useridstr accountid authoridstr fromid senderid customerid',
  authorName: `
    authorname userdisplayname displayname profilename fullname realname reviewername accountdisplayname username
    name`,
  authorUrl: 'authorurl userurl profileurl accounturl',
  followers: `
    followers followerscount followercount authorfollowers authorfollowerscount userfollowerscount userfollowers
    accountfollowerscount authorpublicmetricsfollowerscount`,
  title: 'title subject headline reviewtitle posttitle titel betreff uberschrift ueberschrift',
  url: 'url permalink link posturl tweeturl href sourceurl weburl adresse',
  lang: 'lang language languagecode langcode sprache locale',
  country: 'country countrycode usercountry land',
  threadId: 'threadid conversationid thread conversation storyid',
  inReplyTo: `
    inreplyto inreplytoid inresponsetotweetid inreplytostatusid inreplytostatusidstr inreplytotweetid replytoid
    replyto parentid parent inreplytostatus replyparenturi`,
  likes: `
    likes likecount likescount favoritecount favouritescount favoritescount favorites engagementlikes
    publicmetricslikecount upvotes ups points thumbsupcount favs`,
  reposts: `
    reposts retweetcount retweets repostcount reblogscount shares sharecount engagementreposts
    publicmetricsretweetcount`,
  replies: `
    replies replycount repliescount commentcount numcomments descendants comments engagementreplies
    publicmetricsreplycount`,
  kind: 'kind type posttype',
}
export type FileField = keyof typeof spellings
export const fileFields = Object.keys(spellings) as FileField[]
/** Field → column. */
export type Mapping = Partial<Record<FileField, string>>

const namesOf = (field: FileField): string[] => spellings[field].trim().split(/\s+/)

const normal = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')

const allNames = new Set(fileFields.flatMap(namesOf))

/** Whether a header cell is a name we know. */
export const knownColumn = (name: string): boolean => allNames.has(normal(name))

export interface Guess {
  mapping: Mapping
  dateOrder: DateOrder | undefined
}

/**
 * What each column means: by name first, held against its content (a "date" that holds no dates is none), then, for text,
 * date and id, by content alone. `given` wins over every guess.
 */
export function guessMapping(columns: string[], sample: Row[], given: Mapping = {}, order?: DateOrder): Guess {
  const mapping: Mapping = { ...given }
  const taken = new Set(Object.values(given))
  const cells = new Map(
    columns.map((column) => [column, sample.map((row) => row.cell(column)).filter((cell) => cell.trim() !== '')]),
  )
  const dateOrder = order ?? orderOf(given.publishedAt === undefined ? columns : [given.publishedAt], cells)
  const fits: Partial<Record<FileField, (column: string) => boolean>> = {
    publishedAt: (column) => share(cells.get(column)!, (cell) => parseDate(cell, dateOrder ?? 'mdy') !== null) >= 0.5,
    text: (column) =>
      share(cells.get(column)!, (cell) => !isNumber(cell)) >= 0.5 &&
      (surelyText.has(normal(column)) || runs(cells.get(column)!)),
    followers: (column) => share(cells.get(column)!, isNumber) >= 0.8,
    likes: (column) => share(cells.get(column)!, isNumber) >= 0.8,
    reposts: (column) => share(cells.get(column)!, isNumber) >= 0.8,
    replies: (column) => share(cells.get(column)!, isNumber) >= 0.8,
    lang: (column) => share(cells.get(column)!, (cell) => /^[a-z]{2,3}([-_]\w+)*$/i.test(cell.trim())) >= 0.8,
    country: (column) => share(cells.get(column)!, (cell) => /^[a-z]{2}$/i.test(cell.trim())) >= 0.8,
    url: (column) => share(cells.get(column)!, (cell) => /^https?:\/\//i.test(cell.trim())) >= 0.5,
    authorUrl: (column) => share(cells.get(column)!, (cell) => /^https?:\/\//i.test(cell.trim())) >= 0.5,
    externalId: (column) => mostlyUnique(cells.get(column)!),
  }
  const byName = new Map<string, string[]>()
  const named = (name: string, column: string): void => void byName.set(name, [...(byName.get(name) ?? []), column])
  for (const column of columns) named(normal(column), column)
  // `post.record.text` of a nested object is a text too, after everything that is called so by its whole name.
  for (const column of columns) for (const name of endings(column)) named(name, column)
  for (const field of fileFields) {
    if (mapping[field] !== undefined) continue
    const found = namesOf(field)
      .flatMap((name) => byName.get(name) ?? [])
      .find((column) => !taken.has(column) && (fits[field]?.(column) ?? true))
    if (found === undefined) continue
    mapping[field] = found
    taken.add(found)
  }
  const free = (): string[] => columns.filter((column) => !taken.has(column) && cells.get(column)!.length > 0)
  const claim = (field: FileField, column: string | undefined): void => {
    if (column === undefined || mapping[field] !== undefined) return
    mapping[field] = column
    taken.add(column)
  }
  claim(
    'publishedAt',
    free().find((column) => share(cells.get(column)!, (cell) => looksLikeDate(cell, dateOrder)) >= 0.8),
  )
  claim('text', longest(free(), cells))
  claim(
    'externalId',
    free().find(
      (column) =>
        (/id$/i.test(column.trim()) || allLongNumbers(cells.get(column)!)) && mostlyUnique(cells.get(column)!),
    ),
  )
  return { mapping, dateOrder }
}

/** Columns of these names hold text even where it is a single word. */
const surelyText = new Set(namesOf('text').slice(0, 11))

/** Running text rather than labels: a third of it has spaces, or is not of the Latin script. */
const runs = (cells: string[]): boolean =>
  share(cells, (cell) => /\s\S/.test(cell.trim()) || /[^\u0000-\u024f]/.test(cell)) > 0.3 // eslint-disable-line no-control-regex

/** `a.b.c` → `bc`, `c`; an id or name inside a person is the person's and nobody else's. */
function endings(column: string): string[] {
  const parts = column.split('.')
  if (parts.length < 2) return []
  const person = /^(author|user|account|profile|from|sender)$/i.test(parts.at(-2)!)
  const last = parts.slice(-2).join('')
  return [normal(last), ...(person ? [] : [normal(parts.at(-1)!)])]
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

const isNumber = (cell: string): boolean => /^\s*[+-]?\d+([.,]\d+)?\s*$/.test(cell)

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
