/** Which files of a folder or an archive hold mail, by their names alone. */
export type Place =
  /** It is mail. */
  | 'mail'
  /** Its first bytes must tell. */
  | 'maybe'
  /** A mail that was being delivered: nobody may read it yet. */
  | 'unfinished'
  /** What programs keep beside mails for themselves: no mail is in it. */
  | 'beside'

const ENDING = /\.(?:eml|emlx|mbox|mbx)(?:\.gz)?$/i
const BESIDE =
  /\.(?:msf|dat|mork|sqlite|sqlite-journal|plist|json|html|mozmsgs|index|log|cache|lock|ds_store)$|^(?:table_of_contents|dovecot[\w.-]*|maildirfolder|maildirsize|subscriptions|courierimap\w*|\.ds_store|\.[\w-]*\.sw.|desktop\.ini|thumbs\..*|\._.*|\.nfs.*|\.subscriptions|\.customflags|\.uidvalidity|\.dovecot.*|dovecot-.*)$/i

/** `path` with forward slashes, relative to the folder or archive. */
export function placeOf(path: string): Place {
  const parts = path.split('/')
  const file = parts.at(-1) ?? ''
  const folder = parts.at(-2)?.toLowerCase() ?? ''
  if (parts.includes('__MACOSX')) return 'beside'
  // Every mail of a Maildir has a name of at least three parts: time, what makes it the only one, host.
  const isUnique = /^\d{5,}\.[^/]+/.test(file)
  if (folder === 'tmp' && isUnique) return 'unfinished'
  if ((folder === 'cur' || folder === 'new') && (isUnique || /[:;!\uF022\uF03A_-]2,[A-Za-z]*$/.test(file)))
    return 'mail'
  if (BESIDE.test(file)) return 'beside'
  return ENDING.test(file) || /^mbox$/i.test(file) ? 'mail' : 'maybe'
}

/** By order of folders, and within one by the numbers in the names. */
export const inOrder = new Intl.Collator('en', { numeric: true }).compare
