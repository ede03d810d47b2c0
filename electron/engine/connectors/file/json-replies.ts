import { namesOf, normalName } from './column-names.ts'
import { columnsOf } from './json-cells.ts'

type Fields = Record<string, unknown>

/** Keys under which forums keep the answers to a post inside it. */
export const REPLIES = ['replies', 'children', 'comments', 'answers', 'responses']
/** Answers that are no posts like the one they answer (its pieces, its pictures) stay what they are: a part of it. */
const ALIKE = 0.6

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `{ kind: 't1', data: {…} }`: Reddit says beside each thing what it is. Its fields stand one level deeper. */
const isWrapped = (row: Fields): row is Fields & { data: Fields } =>
  typeof row['kind'] === 'string' && isObject(row['data'])

/** A list, or the list in its envelope: `{ data: { children: […] } }`, `{ data: […] }`. */
function listIn(value: unknown, depth = 0): Fields[] {
  if (Array.isArray(value)) return value.filter(isObject)
  if (!isObject(value) || depth > 2) return []
  for (const key of ['data', 'children', 'items', 'comments'])
    if (value[key] !== undefined) return listIn(value[key], depth + 1)
  return []
}

/**
 * YouTube's thread keeps the comment that began it one level below, and the answers beside it. It becomes that comment with
 * its answers inside, as others have them; anything else stays as it is.
 */
export function threadOpened(row: object): object {
  const { snippet, ...around } = row as Fields
  const top = isObject(snippet) ? snippet['topLevelComment'] : undefined
  if (!isObject(snippet) || !isObject(top) || !isObject(top['snippet'])) return row
  const { topLevelComment: _, ...about } = snippet
  return { ...around, ...top, snippet: { ...about, ...top['snippet'] }, threadId: top['id'] ?? around['id'] }
}

const idIn = (fields: Fields): string | number | null => {
  const id = fields['id'] ?? fields['id_str']
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

const saysParent = (fields: Fields): boolean =>
  Object.entries(fields).some(([key, value]) => value != null && namesOf('inReplyTo').includes(normalName(key)))

/**
 * A row and the answers that it holds, as deep as they go, in the order of the file: each is a row of its own that says what
 * it answers. The row itself comes without them. A post's own words stand where those of its comments do: a file
 * that holds both has one column for them.
 */
export function withReplies(row: object): object[] {
  const found: object[] = []
  const waiting: { row: Fields; parent: string | number | null; thread?: unknown }[] = [
    { row: threadOpened(row) as Fields, parent: null },
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row: one, parent, thread } = next
    const wrapped = isWrapped(one)
    const fields = wrapped ? one.data : one
    const own: Fields = { ...fields }
    const replies: Fields[] = []
    for (const key of REPLIES) {
      const list = listIn(fields[key])
      if (list.length === 0 || !list.some((reply) => isLike(reply, one))) continue
      replies.push(...list)
      delete own[key]
    }
    if (parent !== null && !saysParent(own)) own['parent_id'] = parent
    if (thread !== undefined && own['threadId'] === undefined) own['threadId'] = thread
    if (wrapped && own['body'] === undefined && typeof own['selftext'] === 'string') own['body'] = own['selftext']
    found.push(wrapped ? { ...one, data: own } : own)
    const id = idIn(fields)
    for (const reply of replies.toReversed()) waiting.push({ row: reply, parent: id, thread: own['threadId'] })
  }
  return found
}

/** A comment beside a film's title has other fields than the film: that it says its parent, its time and its words is enough. */
function isLike(reply: Fields, post: Fields): boolean {
  const says = (field: 'text' | 'publishedAt' | 'author'): boolean =>
    Object.entries(reply).some(([key, value]) => value != null && namesOf(field).includes(normalName(key)))
  if (saysParent(reply) && says('text') && says('publishedAt') && says('author')) return true
  const columns = columnsOf(reply)
  const there = new Set(columnsOf(post))
  return columns.filter((column) => there.has(column)).length >= columns.length * ALIKE
}
