import { said, type Code } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import type { DeliveryReport, Letter } from '#shared/model/letter.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import type { DeskAnswers } from './desk-answers.ts'
import { readDeskWords } from './desk-words.ts'
import { localPartsAt, readTag, type DeskKey } from './signing.ts'

/** Tags that are looked at: a mail that names more of them is no reply. */
const MOST_TAGS = 20

export interface DeskMailsDeps {
  stationId: string
  key: DeskKey
  answers: Pick<DeskAnswers, 'byMail'>
  /** A mail server could not deliver a reply or a hand-off. false: there is none of this id. */
  cameBack(id: string, messageId: string, advice: Said): boolean
}

/** Ids of replies as the mail connector gives them: the reply's own, at the mailbox's domain. */
const REPLY = /^(ans_[0-9a-z]{12})@/

/** What a report says, for an officer. */
export function adviceOf(report: DeliveryReport, somebody: Code): Said {
  const why = [report.status, report.said].filter((part) => part !== '').join(' ')
  const whom = report.recipient === '' ? said(somebody) : report.recipient
  return why === '' ? said('handoff.cameBack', { whom }) : said('handoff.cameBackSaying', { whom, why })
}

/**
 * Mails by which desks answer hand-offs. Only a tag with this station's signature counts, from the subject, the address
 * that it went to, or the id that it answers; whoever does not have it writes an ordinary mail. Absence notes never decide
 * anything, and a mail server's report says that the desk has not got it.
 */
export function createDeskMails({ stationId, key, answers, cameBack }: DeskMailsDeps) {
  /** The hand-off that this mail is about; undefined: none, or the signature is not ours. */
  async function handoffOf({ tags, answers: ids }: Letter): Promise<string | undefined> {
    const found = [...new Set([...tags, ...localPartsAt(stationId, ids)])].slice(0, MOST_TAGS)
    if (found.length === 0) return undefined
    const secret = await key.get()
    // Read again later: taken for a customer's now, it would be a mention for ever.
    if (secret === null) throw new SecretsUnavailable(said('handoff.cannotCheckReply'))
    for (const tag of found) {
      const handoffId = readTag(secret, stationId, tag)
      if (handoffId !== undefined) return handoffId
    }
    return undefined
  }

  return {
    /** true: it was meant for the house and is dealt with. Reading it twice does nothing twice. */
    async take(letter: Letter): Promise<boolean> {
      const { messageId, from, report, automatic, text } = letter
      if (report?.failed) {
        const keys = letter.answers.flatMap((id) => REPLY.exec(id)?.[1] ?? [])
        if (keys.some((one) => cameBack(one, messageId, adviceOf(report, 'handoff.theCustomer')))) return true
      }
      const handoffId = await handoffOf(letter)
      if (handoffId === undefined) return false
      if (report) return !report.failed || cameBack(handoffId, messageId, adviceOf(report, 'handoff.theDesk'))
      const said = automatic ? { act: 'note' as const, text } : readDeskWords(text)
      const address = from?.address ?? ''
      return answers.byMail({ handoffId, messageId, ...said, name: from?.name || address, from: address, automatic })
    },
  }
}
