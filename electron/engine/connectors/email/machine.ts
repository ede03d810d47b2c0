import { ABSENT, AWAY, AWAY_WORD, BOUNCED, FAILURE, LATE, TICKET, TICKET_HEADER } from './machine-words.ts'
import type { MailMessage } from './message.ts'
import { freshText } from './quoted/fresh-text.ts'

/** Who sent a mail. Persons, newsletters and ticket robots are heard; the others tell of mails that we sent. */
export type MailKind = 'person' | 'newsletter' | 'ticket-robot' | 'absence' | 'receipt' | 'delayed' | 'bounce'

const DAEMON = /^(?:mailer-?daemon|postmaster|mail-?daemon|mail-?delivery|mdaemon|bounces?)(?:[+._-].*)?@/i
const DAEMON_NAME = /\b(?:mail(?:er)?[- ]?daemon|mail delivery (?:sub)?system|postmaster|mail administrator)\b/i
/** An enhanced status (RFC 3463) or an SMTP reply that will not pass. */
const FATAL = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])|(?<!\d)55\d[\s:-]/
/** Nobody of a machine asks, or speaks of what is theirs. */
const PERSONAL =
  /[?？]|\b(?:i|my|me|ich|mein\p{L}*|mir|je|j'ai|mon|ma|mes|mi|mis|mio|mia|meu|minha|ik|mijn|jag|min|jeg)\b/iu
const READ =
  /^(?:read|not read|gelesen|nicht gelesen|lu|non lu|leído|no leído|letto|non letto|lid[oa]|não lid[oa]|gelezen|niet gelezen|läst|ej läst|læst|ikke læst|lest|przeczytano|nie przeczytano|開封済み|未開封|luettu|přečteno|прочитано|okundu)\s*[:：]|\(?return receipt\)?|lesebestätigung|accusé de lecture|confirmación de lectura|conferma di lettura|confirmação de leitura|leesbevestiging|läskvitto|kvittering for læsning|potwierdzenie (?:przeczytania|odczytu)/iu
const WAS_READ =
  /\b(?:was (?:read|displayed|opened|received by|deleted without)|has been (?:read|displayed|opened)|return receipt|wurde (?:am .{5,40} )?(?:gelesen|geöffnet|angezeigt)|ungelesen gelöscht|a été (?:lu|ouvert|affiché)|se ha leído|fue leído|ha sido leído|è stato letto|foi lid[oa]|is gelezen|har lästs|er læst|został\p{L}* (?:przeczytan|odczytan))|開封されました/iu

const first = (text: string, most: number): string => text.slice(0, most)

/** Marks of a note that a program wrote because somebody is not there. */
function isAbsence(mail: MailMessage, words: string, subject: string): boolean {
  const header = (name: string): string => mail.header(name)?.toLowerCase() ?? ''
  const submitted = header('auto-submitted')
  const strong =
    /^auto-(?:replied|notified)\b/.test(submitted) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply', 'x-auto-reply-from', 'x-vacation'].some(
      (name) => !/^(?:|no|false)$/.test(header(name)),
    ) ||
    /^auto[_-]?reply/.test(header('precedence')) ||
    /^auto[_-]?reply/.test(header('x-precedence'))
  if (strong) return true
  const suppresses = /\b(?:all|oof|autoreply)\b/.test(header('x-auto-response-suppress'))
  const generated = /^auto-generated\b/.test(submitted)
  const isBulk = /^(?:bulk|junk|list)\b/.test(header('precedence'))
  // As Exchange writes them, in whatever language.
  if (generated && suppresses && mail.inReplyTo !== null && !isBulk) return true
  const titled = AWAY.test(subject) ? 2 : AWAY_WORD.test(subject) ? 1 : 0
  const said = ABSENT.test(first(words, 800)) ? 1 : 0
  const marks = [generated, suppresses, isBulk, header('return-path') === '<>', header('x-loop') !== ''].filter(Boolean)
  return titled + said > 0 && marks.length > 0 && titled + said + marks.length >= 3
}

const isNewsletter = (mail: MailMessage): boolean =>
  ['list-unsubscribe', 'list-id', 'feedback-id', 'x-campaign', 'x-campaignid', 'x-mailchimp-id'].some(
    (name) => mail.header(name) !== undefined,
  )

/** A mail server's word that a mail did not arrive, without the form of RFC 3464. */
function isBounce(mail: MailMessage, words: string, subject: string): 'bounce' | 'delayed' | null {
  const told =
    mail.header('x-failed-recipients') !== undefined || mail.header('x-ms-exchange-message-is-ndr') !== undefined
  const daemon = DAEMON.test(mail.from?.address ?? '') || DAEMON_NAME.test(mail.from?.name ?? '')
  const beginning = first(words, 1_500)
  const failure = FAILURE.test(subject)
  const bounced = BOUNCED.test(beginning)
  const late = LATE.test(beginning) || LATE.test(subject) || /\(delay(?:ed)?\)/i.test(subject)
  if (!told && !daemon) {
    // Written as a person would: only what says of our mail, with the code of a server, that it was refused.
    const own = first(words, 600)
    return bounced && FATAL.test(own) && words.length < 1_200 && !PERSONAL.test(own.replace(/\bmy postmaster\b/gi, ''))
      ? 'bounce'
      : null
  }
  // A server that gives up says so beside the tries that it made.
  if (late && !FATAL.test(beginning) && !(failure && bounced)) return 'delayed'
  return told || failure || bounced || FATAL.test(beginning) ? 'bounce' : null
}

/** By all marks together: no word and no header decides alone where a person may have written. */
export function kindOf(mail: MailMessage): MailKind {
  const subject = (mail.subject ?? '').replace(/^(?:(?:re|aw|sv|antw|tr|rif|odp)\s*:\s*)+/i, '')
  const words = freshText(mail.marked) || mail.text
  const type = mail.header('content-type') ?? ''
  if (/^multipart\/report\b/i.test(type) && /disposition-notification/i.test(type)) return 'receipt'
  const bounce = isBounce(mail, mail.text, subject)
  if (bounce !== null) return bounce
  if (READ.test(subject) && WAS_READ.test(first(words, 600)) && !/[?？]/.test(words)) return 'receipt'
  const robot =
    mail.headerNames.some((name) => TICKET_HEADER.test(name)) || /^RT\b/.test(mail.header('managed-by') ?? '')
  const isAway = ABSENT.test(first(words, 800)) || AWAY.test(subject)
  if (!isAway && (robot || (TICKET.test(`${subject}\n${first(words, 800)}`) && !PERSONAL.test(subject)))) {
    return robot || mail.header('auto-submitted') !== undefined ? 'ticket-robot' : 'person'
  }
  if (isAbsence(mail, words, subject)) return 'absence'
  return isNewsletter(mail) ? 'newsletter' : 'person'
}
