import { LANGUAGES, type MailWords } from './languages.ts'

export type FieldKind = 'from' | 'sent' | 'date' | 'to' | 'subject' | 'cc'

const all = (name: keyof MailWords): string =>
  Object.values(LANGUAGES)
    .flatMap((words) => words[name] ?? [])
    .join('|')

const KINDS: readonly FieldKind[] = ['from', 'sent', 'date', 'to', 'subject', 'cc']
const FIELDS = KINDS.map((kind) => [kind, new RegExp(`^\\*?(?:${all(kind)})\\s?\\*?[:：]\\*?(?:\\s|$)`, 'iu')] as const)

const LONGEST_NAME = 30

/** Which field of a header block this line is, in whatever language; null: none. */
export function fieldOf(line: string): FieldKind | null {
  const colon = /[:：]/.exec(line.slice(0, LONGEST_NAME))
  if (colon === null) return null
  const head = line.slice(0, colon.index + 3)
  return FIELDS.find(([, pattern]) => pattern.test(head))?.[0] ?? null
}

/** Says that somebody wrote, somewhere in the line. */
export const WROTE = new RegExp(`(?<![\\p{L}])(?:${all('wrote')})|のメール|写道|寫道|작성`, 'iu')
/** A line between dashes before what is repeated. */
export const REPEATED = new RegExp(`^[-_=* ]{2,}\\s*(?:${all('repeated')})\\s*[-_=* ]{2,}$`, 'iu')
/** What telephones and mail programs are called: no sentence of a customer's names one and says that it was sent, and nothing else. */
const PRODUCT =
  'outlook|iphone|ipad|ipod|android|windows|samsung|galaxy|huawei|xiaomi|redmi|oneplus|pixel|oppo|motorola|nokia|blackberry|yahoo!?|proton ?mail|gmx|web\\.de|t-online|telekom|freenet|libero|mail\\.ru|yandex|gmail|aol|icloud|mymail|superhuman|spark|zoho|mailbird|thunderbird|k-9|fairemail|airmail|edison|posteo|tutanota|tuta'
/** The whole line that a telephone or a free mail program adds. */
const DEVICE = new RegExp(`^(?:${all('device')})[.!]?$`, 'iu')
/** "Get Outlook for iOS", and the like, in every language: a program names itself and a system, and hardly anything else. */
const ADVERTISES =
  /^(?:\p{L}+ ){0,3}(?:outlook|yahoo!? ?(?:mail|メール)|proton ?mail|gmx|mail|メール)(?: \p{L}+){0,2} (?:ios|android|windows|iphone|ipad|mac)(?: ?[\p{L}\s]{1,20})?$/iu
const NAMES_PRODUCT = new RegExp(`(?<![\\p{L}])(?:${PRODUCT})`, 'iu')
/** A line without the name of a product that says more than so many words says something else. */
const MOST_WORDS = 8

/** The line as it is shown: without the address that a link leads to. */
const shown = (line: string): string =>
  line
    .replace(/\[([^\]]{1,60})\]\(https?:[^)]*\)/g, '$1')
    .replace(/\s*[<([]https?:[^>)\]]*[>)\]]/g, '')
    .trim()

/** Whether a whole line is what a telephone or a mail program adds below a mail. */
export function isOfDevice(line: string): boolean {
  const text = shown(line)
  if (ADVERTISES.test(text)) return true
  if (!DEVICE.test(text)) return false
  return NAMES_PRODUCT.test(text) || (!/[,;،、]/.test(text) && text.split(/\s+/).length <= MOST_WORDS)
}
