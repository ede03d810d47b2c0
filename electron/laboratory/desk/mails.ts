import { z } from 'zod'
import { readMail } from '#engine/connectors/email/draft.ts'
import { rowsOf } from './rows.ts'

const Row = z.object({
  raw: z.string(),
  is: z.enum(['absence', 'bounce', 'delayed', 'receipt', 'ticket-robot', 'newsletter', 'person']),
})

const HEARD: ReadonlySet<string> = new Set(['person', 'newsletter', 'ticket-robot'])

export interface Mails {
  right: number
  of: number
  /** Mails of persons that are not heard. */
  personsLost: number
}

/** Whole mails: persons, newsletters and ticket robots are heard, bounces are failures, the others are neither. */
export async function mailsOf(file: string): Promise<Mails> {
  const rows = await rowsOf(file, Row)
  const result: Mails = { right: 0, of: rows.length, personsLost: 0 }
  for (const [at, { raw, is }] of rows.entries()) {
    const read = await readMail(Buffer.from(raw), Date.UTC(2026, 11, 31), '', String(at))
    const isHeard = 'draft' in read || ('letter' in read && read.letter.draft !== null)
    const isFailure = 'letter' in read && read.letter.report?.failed === true
    if (isHeard === HEARD.has(is) && isFailure === (is === 'bounce')) result.right++
    if (is === 'person' && !isHeard) result.personsLost++
  }
  return result
}
