import type { DropReason } from '#shared/words/dropped.ts'

/** What a mailbox knows of a mail beside the mail: that it was thrown away, never sent, or taken for spam. */
export type Unheard = Extract<DropReason, 'deleted in the mailbox' | 'never sent' | 'spam in the mailbox'>

/** Names that Gmail gives to its own labels, and mail programs to their folders, in the languages of their users; folded. */
const CALLED: Record<Unheard, string> = {
  'deleted in the mailbox':
    'trash|bin|deleted|deleted items|deleted messages|papierkorb|gelöschte elemente|gelöschte objekte|corbeille|éléments supprimés|papelera|elementos eliminados|cestino|posta eliminata|lixeira|lixo|itens excluídos|prullenbak|verwijderde items|papperskorg|borttaget|papirkurv|slettet post|kosz|elementy usunięte|koš|odstraněná pošta|корзина|удаленные|çöp kutusu|çöp|ゴミ箱|削除済みアイテム|已删除邮件|垃圾箱|휴지통',
  'never sent':
    'drafts?|entwürfe|entwurf|brouillons|borradores|bozze|rascunhos|concepten|utkast|kladder|wersje robocze|szkice|koncepty|черновики|taslaklar|下書き|草稿|임시보관함',
  'spam in the mailbox':
    'spam|junk|junk e-?mail|bulk mail|spamverdacht|unerwünscht|junk-e-mail|courrier indésirable|correo no deseado|posta indesiderata|lixo eletrônico|ongewenste e-mail|skräppost|uønsket post|wiadomości-śmieci|нежелательная почта|спам|istenmeyen posta|迷惑メール|垃圾邮件|스팸함',
}

const named = Object.entries(CALLED).map(
  ([unheard, names]) => [unheard as Unheard, new RegExp(`^(?:${names})$`, 'iu')] as const,
)

/** What a label or the name of a folder says; null: nothing of the kind. */
export const unheardIn = (name: string): Unheard | null =>
  named.find(([, pattern]) => pattern.test(name.normalize('NFC').trim()))?.[0] ?? null

/** Flags behind `:2,` in the name of a mail in a Maildir; other marks where a disk takes no colon. D draft, T trashed. */
export function unheardByFlags(file: string): Unheard | null {
  const flags = /[:;!\uF022\uF03A_-]2,([A-Za-z]*)$/.exec(file)?.[1] ?? ''
  return flags.includes('T') ? 'deleted in the mailbox' : flags.includes('D') ? 'never sent' : null
}

/** Folders above a file that say it, of a Maildir (`.Trash`), of Thunderbird (`Trash`, `Local.sbd/Trash`), of an export. */
export function unheardByPlace(path: string): Unheard | null {
  const parts = path.split('/').flatMap((part) => part.replace(/\.(?:mbox|mbx|sbd|eml|emlx|gz)$/i, '').split('.'))
  for (const part of parts.reverse()) {
    const found = unheardIn(part)
    if (found !== null) return found
  }
  return null
}

/** Thunderbird's: expunged, the room is not given back yet. */
const EXPUNGED = 0x0008

/** What the head says that a mailbox wrote into it. `labels` are decoded. */
export function unheardByHead(header: (name: string) => string | undefined): Unheard | null {
  const status = header('x-mozilla-status')
  if (status !== undefined && (Number.parseInt(status, 16) & EXPUNGED) !== 0) return 'deleted in the mailbox'
  if (header('x-mozilla-draft-info') !== undefined && header('received') === undefined) return 'never sent'
  for (const label of (header('x-gmail-labels') ?? '').split(',')) {
    const found = unheardIn(label.replace(/^"|"$/g, ''))
    if (found !== null) return found
  }
  return null
}

/** When a Maildir's file was delivered, by its name (`1709367300.M20…`); null: it does not say. */
export function deliveredIn(file: string): number | null {
  const seconds = /^(\d{9,10})\./.exec(file)?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

const SENT =
  /^(?:sent(?: (?:mail|items|messages))?|gesendet(?:e (?:elemente|objekte|nachrichten))?|envoyés|messages envoyés|éléments envoyés|enviad[oa]s|elementos enviados|inviat[ia]|posta inviata|itens enviados|verzonden(?: items)?|skickat?|skickade objekt|sendt(?: post)?|sendte elementer|wysłane|odeslan[áé](?: pošta)?|отправленные|gönderilmiş(?: öğeler)?|送信済み(?:アイテム|メール)?|已发送(?:邮件)?|寄件備份|보낸편지함)$/iu

/** Whether the mailbox itself wrote what lies here, by the folder's name or by Gmail's labels. */
export const isSentPlace = (path: string, labels: string): boolean =>
  [
    ...path.split('/').flatMap((part) => part.replace(/\.(?:mbox|mbx|sbd)$/i, '').split('.')),
    ...labels.split(','),
  ].some((name) => SENT.test(name.normalize('NFC').replace(/^"|"$/g, '').trim()))
