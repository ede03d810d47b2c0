/** The canned replies that fit the language of a mention come first; the order is kept otherwise. */
export function byLanguage<T extends { lang: string }>(replies: readonly T[], lang: string): T[] {
  const base = lang.split('-')[0]
  return [...replies.filter((reply) => reply.lang === base), ...replies.filter((reply) => reply.lang !== base)]
}

/** Puts a canned reply where the officer writes: into an empty draft whole, else at the caret, on a line of its own. */
export function insertReply(draft: string, caret: number, reply: string): { text: string; caret: number } {
  if (draft.trim() === '') return { text: reply, caret: reply.length }
  const place = Math.min(draft.length, Math.max(0, caret))
  const head = draft.slice(0, place).replace(/[ \t]+$/, '')
  const tail = draft.slice(place).replace(/^[ \t]+/, '')
  const before = head === '' || head.endsWith('\n') ? head : `${head}\n`
  const after = tail === '' || tail.startsWith('\n') ? tail : `\n${tail}`
  return { text: before + reply + after, caret: before.length + reply.length }
}
