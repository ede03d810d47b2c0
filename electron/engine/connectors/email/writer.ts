import type { Draft } from '#shared/model/mention.ts'
import { authorOf } from '../draft.ts'
import { isUsable, type MailMessage } from './message.ts'

interface Person {
  name: string
  address: string
}

/** Local parts that no person writes from: forms and systems, in the languages that they are set up in. */
const MACHINE =
  /^(?:no-?_?\.?reply|do-?not-?reply|donot-?reply|ne-?pas-?repondre|nicht-?antworten|no-?contest(?:ar|e)|no-?responder|nao-?responda|non-?rispondere|noresponse|.*(?:formular|formulaire|formulario|formmail|webform|contact-?form)|forms?|wordpress|www(?:-data)?|web(?:master|server|site|mail|form)?|apache|nobody|root|php|system|server|mailer|robot|bot|automat|notifications?|kontaktformular)(?:[+._-].*)?$/i
/** Names of such, where the address does not tell. */
const FORM = /\b(?:\p{L}*formular\p{L}*|contact ?form|web ?form|formulaire|formulario|modulo|website|webseite)\b/iu
/** `'Mira Okafor' via Care`, as lists and groups rewrite names that may not be sent by others (DMARC). */
const VIA = /^["'“„«]?(.+?)["'”“»]?\s+\(?(?:via|über|par|vía|tramite)\s.{1,100}$/iu

const domainOf = (address: string): string => address.split('@')[1]?.toLowerCase() ?? ''
const localOf = (address: string): string => address.split('@')[0] ?? ''

/** The one that is usable and is not the mailbox itself. */
const someone = (people: readonly Person[], own: string): Person | null =>
  people.find(({ address }) => isUsable(address) && address.toLowerCase() !== own) ?? null

/** The person whose mail a group, a list or a form carried, as it says itself; null: whoever stands in From wrote it. */
function carriedFor(mail: MailMessage, own: string): Person | null {
  const { from } = mail
  const original =
    someone(mail.addresses('x-original-from'), own) ??
    someone(mail.addresses('x-original-sender'), own) ??
    someone(mail.addresses('x-google-original-from'), own)
  const carrier = from?.address.toLowerCase() ?? ''
  const via = VIA.exec(from?.name ?? '')?.[1]
  const isList = ['list-id', 'list-post', 'mailing-list'].some((name) => mail.header(name) !== undefined)
  if (original && (carrier === own || via !== undefined || isList || carrier === '')) {
    return { name: original.name || via || '', address: original.address }
  }
  const wished = mail.addresses('reply-to')
  const reply = wished.length <= 2 ? someone(wished, own) : null
  // Newsletters and shops ask for answers elsewhere; a house's own other address is the house.
  if (!reply || MACHINE.test(localOf(reply.address))) return null
  const elsewhere = domainOf(reply.address) !== domainOf(carrier)
  const isMachine = MACHINE.test(localOf(carrier)) || FORM.test(from?.name ?? '') || carrier === own || from === null
  if (via !== undefined || (elsewhere && isMachine)) {
    return { name: reply.name || via || '', address: reply.address }
  }
  return null
}

export interface Writer {
  author: NonNullable<Draft['author']> | null
  /** The mailbox itself wrote it. */
  isOwn: boolean
}

/**
 * Who wrote a mail: whom it says it is from, not whose address carried it. Without an address the name tells people apart, and
 * nobody can be answered.
 * @param own the mailbox's own address, lower case; empty: not known.
 */
export function writerOf(mail: MailMessage, own: string): Writer {
  const carried = carriedFor(mail, own)
  if (carried) {
    const id = carried.address.toLowerCase()
    return { author: authorOf({ id, handle: carried.address, name: carried.name }), isOwn: false }
  }
  const { from } = mail
  if (from === null) return { author: null, isOwn: false }
  const via = VIA.exec(from.name)?.[1]
  const address = from.address.toLowerCase()
  // Everybody whom the group carries has this address: the name is all that tells them apart.
  if (via !== undefined && address === own) {
    return { author: authorOf({ id: `${via.toLowerCase()} via ${address}`, handle: via, name: via }), isOwn: false }
  }
  const handle = from.address || from.name
  return {
    author: authorOf({ id: handle.toLowerCase(), handle, name: via ?? from.name }),
    isOwn: own !== '' && address === own,
  }
}
