import type { DropReason } from '#shared/words/dropped.ts'
import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import { readMail, type ReadMail } from '#engine/connectors/email/draft.ts'
import { addressesIn, deliveredTo } from './head.ts'
import type { Found, FoundMail, Mails, NoMail } from './mails.ts'
import { isSentPlace } from './state.ts'

/** Mails that are looked at first, to tell whose mailbox it is; and bytes of them that are kept meanwhile. */
const SAMPLE = 200
const SAMPLE_BYTES = 16 * 1024 * 1024
/** Of the mails that say where they were delivered, so many must have been delivered to an address that is the mailbox's own. */
const OWN_SHARE = 0.1

/** Mails whose mailbox is known. */
export interface HeardMails {
  /** Addresses whose mails are the mailbox's own, lower case. */
  own: string[]
  /** The first ones: they come again with `found`. */
  sample: Found[]
  found: AsyncGenerator<Found>
}

/** Looks at the first mails to tell whose mailbox it is. `told`: addresses that are known to be its own, instead of a guess. */
export async function hearMails(
  mails: Mails,
  told: readonly string[],
  known: readonly string[] = [],
): Promise<HeardMails> {
  const sample: Found[] = []
  let bytes = 0
  let failure: { error: unknown } | null = null
  while (sample.length < SAMPLE && bytes < SAMPLE_BYTES && failure === null) {
    try {
      const next = await mails.found.next()
      if (next.done) break
      sample.push(next.value)
      bytes += 'mail' in next.value ? next.value.mail.bytes.length : 0
    } catch (error) {
      failure = { error }
    }
  }
  if (failure !== null && sample.length === 0) throw failure.error
  async function* found(): AsyncGenerator<Found> {
    try {
      yield* sample
      sample.length = 0
      if (failure) throw failure.error
      yield* mails.found
    } finally {
      await mails.close()
    }
  }
  const own = told.length > 0 ? told : [...known, ...ownIn(sample)]
  return { own: [...new Set(own.map((one) => one.toLowerCase()))], sample: [...sample], found: found() }
}

/** Addresses that mails were delivered to, and those that what lies among the sent ones is from. */
function ownIn(sample: Found[]): string[] {
  const heads = sample.flatMap((one) => ('mail' in one ? [one.mail] : []))
  const counts = new Map<string, number>()
  let delivered = 0
  for (const { head } of heads) {
    const to = deliveredTo(head)
    if (to.length > 0) delivered++
    for (const address of to) counts.set(address, (counts.get(address) ?? 0) + 1)
  }
  const boxes = [...counts].filter(([, n]) => n >= Math.max(1, delivered * OWN_SHARE)).map(([address]) => address)
  const sent = heads.filter(({ head, file }) => isSentPlace(file ?? '', head('x-gmail-labels') ?? ''))
  return [...boxes, ...sent.flatMap(({ head }) => addressesIn(head('from')).slice(0, 1))]
}

/** Where a mail lies, for a person. */
const placeSaid = ({ no, at, file }: Pick<FoundMail, 'no' | 'at' | 'file'>): Said =>
  file === null ? said('file.mailAt', { n: no, at }) : said('file.mailIn', { n: no, at, file })

/** The same for the ledger. */
export const placeOfMail = ({ no, at, file }: Pick<FoundMail, 'no' | 'at' | 'file'>): string =>
  `mail ${no}, byte ${at}${file === null ? '' : ` of ${file}`}`

/** What becomes of a mail, by the same judgement as of one that arrives. */
export async function fateOfMail(mail: FoundMail, own: readonly string[]): Promise<ReadMail> {
  const where = placeOfMail(mail)
  if (mail.unheard !== null) return { dropped: { reason: mail.unheard, where, detail: null } }
  const mine = addressesIn(mail.head('from')).find((address) => own.includes(address))
  const box = deliveredTo(mail.head).find((address) => own.includes(address))
  const read = await readMail(mail.bytes, mail.receivedAt, mine ?? box ?? own[0] ?? '', where)
  return 'dropped' in read ? { dropped: { ...read.dropped, where } } : read
}

/** What is left out, in the words of the place where it lies. */
export const leftSaid = (place: Pick<FoundMail, 'no' | 'at' | 'file'>, why: Said): Said =>
  said('file.mailProblem', { place: placeSaid(place), reason: why })

/** What is no mail has no number: its byte, or its file, is the place. */
export const noMailSaid = ({ reason, at, file, detail }: NoMail): { reason: DropReason; detail: Said } => {
  const place = file === null ? said('file.byteAt', { at }) : said('file.byteIn', { file, at })
  return { reason, detail: said('file.mailProblem', { place, reason: detail }) }
}
