import type { Mention } from '#shared/model/mention.ts'
import { casesOfAuthor, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'

/** How mail programs begin the subject of an answer, in the languages that they are set to. */
const ANSWER =
  /^(?:re|aw|sv|vs|antw|odp|ynt|rif|res|ref|atb|απ|תגובה|رد|回复|答复|回覆|返信)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*/iu
const MOST_CASES = 20
const RECENT_MS = 60 * 86_400_000

function subjectOf(title: string): string {
  let rest = title.normalize('NFC').trim()
  for (let shorter = rest.replace(ANSWER, ''); shorter !== rest; shorter = rest.replace(ANSWER, '')) rest = shorter
  return rest.replace(/\s+/g, ' ').toLowerCase()
}

/**
 * The case that an answer by mail belongs to where no id says so (some mail servers give what we send an id of their own): the same
 * sender, the same subject behind "Re:", and no second case that it fits.
 */
export function caseBySubject(store: Store, mention: Mention, authorKey: number): StoredCase | undefined {
  const { kind, title, publishedAt } = mention
  if (kind !== 'mail' || title === null || !ANSWER.test(title)) return undefined
  const subject = subjectOf(title)
  if (subject === '') return undefined
  const fitting = casesOfAuthor(store, authorKey, MOST_CASES).filter((known) => {
    if (publishedAt - known.publishedAt > RECENT_MS) return false
    const about = mentionById(store, known.mentionId)
    return about?.kind === 'mail' && about.title !== null && subjectOf(about.title) === subject
  })
  return fitting.length === 1 ? fitting[0] : undefined
}
