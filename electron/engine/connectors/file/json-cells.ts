/** The columns of an object: dotted paths to values that are no objects, four levels deep. */
export function columnsOf(value: object, prefix = '', depth = 0): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth < 4
      ? columnsOf(inner, `${prefix}${key}.`, depth + 1)
      : [`${prefix}${key}`],
  )
}

/** The value at a dotted path as text: '' for absent and null; of a list its texts, in pieces or in lines. */
export function cellOf(value: unknown, path: string): string {
  let inner: unknown = value
  if (typeof inner === 'object' && inner !== null && path in inner) inner = (inner as Record<string, unknown>)[path]
  else {
    for (const key of path.split('.')) {
      if (typeof inner !== 'object' || inner === null) return ''
      inner = (inner as Record<string, unknown>)[key]
    }
  }
  if (inner === undefined || inner === null) return ''
  if (typeof inner === 'string') return inner
  if (Array.isArray(inner)) return listText(inner)
  return typeof inner === 'object' ? '' : String(inner)
}

/** Pieces of one text (some are objects: a link, a name in bold) follow each other; whole texts are lines; the rest is a list. */
function listText(list: unknown[]): string {
  if (list.some((one) => typeof one === 'object' && one !== null)) return pieceOf(list, 0)
  if (list.every((one) => typeof one === 'string') && list.some((one) => /\s/.test(one))) return list.join('\n')
  return list.join(',')
}

/** Whether a cell of a table holds its text in pieces: `{"text":"…"},{"text":"…"}`, as Google Takeout writes comments. */
export const isInPieces = (cell: string): boolean => /^\s*\[?\s*\{\s*"(?:text|insert)"\s*:/.test(cell)

/** The words of such a cell; the cell itself when it cannot be read. */
export function piecesText(cell: string): string {
  try {
    return isInPieces(cell) ? listText(JSON.parse(`[${cell}]`) as unknown[]) : cell
  } catch {
    return cell
  }
}

/** Keys under which editors and chats keep the words of a piece, and the pieces of a piece. */
const WORDS = ['text', 'plain_text', 'insert', 'value', 'content', 'body']
const PIECES = ['elements', 'children', 'content', 'parts', 'ops', 'text', 'rich_text', 'spans', 'runs']
/** Pieces that stand on lines of their own: Slack's sections, paragraphs of editors. */
const BLOCKS = /section|paragraph|block|preformatted|quote|heading|list/i

function pieceOf(piece: unknown, depth: number): string {
  if (typeof piece === 'string') return piece
  if (typeof piece !== 'object' || piece === null || depth > 8) return ''
  if (Array.isArray(piece)) {
    const parts = piece.map((one) => ({ text: pieceOf(one, depth + 1), block: isBlock(one) }))
    return parts.map(({ text, block }, i) => (block && i > 0 && text !== '' ? `\n${text}` : text)).join('')
  }
  const object = piece as Record<string, unknown>
  for (const key of WORDS) if (typeof object[key] === 'string') return object[key]
  for (const key of PIECES)
    if (typeof object[key] === 'object' && object[key] !== null) return pieceOf(object[key], depth + 1)
  const shown = object['url'] ?? object['href']
  if (typeof shown === 'string') return shown
  if (typeof object['user_id'] === 'string') return `@${object['user_id']}`
  return object['type'] === 'emoji' && typeof object['name'] === 'string' ? `:${object['name']}:` : ''
}

const isBlock = (piece: unknown): boolean =>
  typeof piece === 'object' && piece !== null && BLOCKS.test(String((piece as { type?: unknown }).type ?? ''))
