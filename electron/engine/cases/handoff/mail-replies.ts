import type { Letter } from '#shared/model/letter.ts'
import type { DeskAnswers } from './desk-answers.ts'
import { readReply } from './reply-words.ts'
import { readTag, type DeskKey } from './signing.ts'

/** Tags that are looked at: a mail that names more of them is no reply. */
const MOST_TAGS = 20

export interface MailRepliesDeps {
  stationId: string
  key: DeskKey
  answers: Pick<DeskAnswers, 'byMail' | 'undelivered'>
}

/**
 * Mails by which desks answer hand-offs. Only a tag with this station's signature counts, from the subject, the address
 * that it went to, or the id that it answers; whoever does not have it writes an ordinary mail. Absence notes never decide
 * anything, and a mail server's report says that the desk has not got it.
 */
export function createMailReplies({ stationId, key, answers }: MailRepliesDeps) {
  const tagOfId = (id: string): string[] => {
    const [local = '', domain = ''] = id.split('@')
    return domain.toLowerCase() === `${stationId}.earshot.invalid`.toLowerCase() ? [local] : []
  }

  /** The hand-off that this mail is about; undefined: none, or the signature is not ours. */
  async function handoffOf({ tags, answers: ids }: Letter): Promise<string | undefined> {
    const found = [...new Set([...tags, ...ids.flatMap(tagOfId)])].slice(0, MOST_TAGS)
    const secret = found.length === 0 ? null : await key.get()
    if (secret === null) return undefined
    for (const tag of found) {
      const handoffId = readTag(secret, stationId, tag)
      if (handoffId !== undefined) return handoffId
    }
    return undefined
  }

  return {
    /** true: it was meant for the house and is dealt with. Reading it twice does nothing twice. */
    async take(letter: Letter): Promise<boolean> {
      const handoffId = await handoffOf(letter)
      if (handoffId === undefined) return false
      const { messageId, from, report, automatic, text } = letter
      if (report) {
        if (!report.failed) return true
        const why = [report.status, report.said].filter((part) => part !== '').join(' ')
        const whom = report.recipient === '' ? 'the desk' : report.recipient
        const advice = `The mail to ${whom} came back${why === '' ? '' : `: ${why}`}. Check the address, then send again.`
        return answers.undelivered(handoffId, messageId, advice)
      }
      const said = automatic ? { act: 'note' as const, text } : readReply(text)
      const address = from?.address ?? ''
      return answers.byMail({ handoffId, messageId, ...said, name: from?.name || address, from: address, automatic })
    },
  }
}
