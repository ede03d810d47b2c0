/**
 * What a wall is not told although it asks for nothing but to read: it hangs in a room with visitors, and its address is
 * known to more people than an officer's. Whole histories, exports and the people of the house stay with officers.
 */
const officersOnly = new Set([
  'review.export',
  'review.journal',
  'review.audit',
  'review.verify',
  'cases.get',
  'cases.canned',
  'cases.handoffs',
  'cases.answers',
  'cases.answerWays',
  'cases.lookers',
  'cases.previewReply',
  'cases.suggest',
  'cases.suggestReplies',
  'desks.explain',
  'desks.lintRules',
  'desks.rehearse',
  'desks.people',
  'desks.channels',
  'desks.scorecard',
  'desks.scorecardCases',
  'desks.proposals',
  'desks.links',
  'learning.ledger',
  'persons.ofMention',
  'charts.authors',
])

export const isForOfficers = (procedure: string): boolean => officersOnly.has(procedure)

export interface WallMask {
  /** Cover authors' names too (a setting), not only what was written to the company alone. */
  names: boolean
  /** For answers that name a mention by its id only. */
  isPrivate(mentionId: string): boolean
}

type Fields = Record<string, unknown>

const isMention = (value: Fields): boolean => 'externalId' in value && 'publishedAt' in value && 'sourceId' in value
const isWaitingLine = (value: Fields): boolean =>
  'caseId' in value && 'mentionId' in value && typeof value.text === 'string'
const isCase = (value: Fields): boolean => 'deskSays' in value && 'pendingReply' in value && 'handoff' in value
const isSource = (value: Fields): boolean => 'connector' in value && 'config' in value

/** First letter and dots: enough to see that two cards are by two people. */
const covered = (name: string): string => `${[...name.replace(/^[@\s]+/, '')][0] ?? ''}•••`

function maskMention(mention: Fields, { names }: WallMask): Fields {
  const author = mention.author as Fields | null
  const isPrivate = mention.private === true
  const hideName = (names || isPrivate) && author !== null
  const masked: Fields = { ...mention }
  if (hideName) masked.author = { ...author, id: '', handle: covered(String(author.handle)), name: null, url: null }
  if (hideName || isPrivate) masked.url = null
  if (isPrivate) Object.assign(masked, { text: '', title: null, links: [], externalId: 'private', sentiment: { ...(mention.sentiment as Fields), words: [] }, ...(mention.intent ? { intent: { ...(mention.intent as Fields), words: [] } } : {}) }) // prettier-ignore
  return masked
}

const textless = (said: unknown, ...others: string[]): unknown =>
  said && { ...(said as Fields), text: '', ...Object.fromEntries(others.map((name) => [name, ''])) }

/** What a desk said and what waits for approval is for officers: it may name people. That it is there may be seen. */
const maskCase = (item: Fields): Fields => ({
  ...item,
  deskSays: textless(item.deskSays, 'by'),
  pendingReply: textless(item.pendingReply, 'by'),
})

/** The reason of a route names words of the text, and officers write about it: of a private one that is not told. */
function withoutWords(item: Fields): Fields {
  const { suggestion, ...explanation } = item.explanation as Fields
  const followed = suggestion ? { suggestion: { ...(suggestion as Fields), words: [] } } : {}
  const written = isCase(item) ? { outcome: '', promise: textless(item.promise) } : {}
  return { ...item, ...written, explanation: { ...explanation, words: [], ...followed } }
}

/**
 * An answer as a wall may have it. Done here and not on the page: what a page does not get, nobody can read there.
 * Untouched parts are shared with the original; only plain JSON values are walked.
 */
export function maskForWall(value: unknown, mask: WallMask): unknown {
  if (Array.isArray(value)) return value.map((item) => maskForWall(item, mask))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  const fields = value as Fields
  if (isMention(fields)) return maskMention(fields, mask)
  if (isCase(fields)) return maskCase(fields)
  if (isSource(fields)) return { ...fields, config: {} }
  if (isWaitingLine(fields)) {
    const isPrivate = mask.isPrivate(String(fields.mentionId))
    const author = mask.names || isPrivate ? covered(String(fields.author)) : fields.author
    return { ...fields, author, text: isPrivate ? '' : fields.text }
  }
  const masked = Object.fromEntries(Object.entries(fields).map(([name, item]) => [name, maskForWall(item, mask)]))
  const mention = fields.mention as Fields | undefined
  if (mention?.private === true) {
    if ('marks' in masked) masked.marks = []
    if (masked.case) masked.case = withoutWords(masked.case as Fields)
  }
  return masked
}
