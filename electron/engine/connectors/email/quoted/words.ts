/**
 * What mail programs write around what they repeat, by language: the names of a header block's fields, the word by which an
 * attribution says "wrote", and the line that a telephone adds. Alternatives are patterns. Twelve languages are
 * tested; the others come from the same programs' translations and cost nothing.
 */
interface MailWords {
  from: string
  sent?: string
  date?: string
  to: string
  subject: string
  cc?: string
  wrote: string
  /** Of a line between dashes before what is repeated. */
  repeated?: string
  /** The whole line of a mobile signature. */
  device?: string
}

const LANGUAGES: Readonly<Record<string, MailWords>> = {
  en: {
    from: 'from',
    sent: 'sent',
    date: 'date',
    to: 'to',
    subject: 'subject',
    cc: 'b?cc|reply-to',
    wrote: 'wrote',
    repeated: 'original (?:message|appointment)|forwarded (?:message|by .{1,80})|reply message',
    device:
      '(?:sent|posted) (?:from|via|with|using) (?:my |the |an? )?.{2,40}|get outlook for .{2,20}|virus-free.{0,40}|yahoo mail: .{2,40}',
  },
  de: {
    from: 'von',
    sent: 'gesendet',
    date: 'datum',
    to: 'an',
    subject: 'betreff',
    cc: 'kopie',
    wrote: 'schrieb|schreibt|geschrieben',
    repeated: 'urspr(?:ü|ue)ngliche nachricht|original ?nachricht|weitergeleitete nachricht',
    device:
      '(?:diese (?:nachricht|e-?mail|mail) wurde )?von (?:meine[mr] |unterwegs|.{2,30} mail).{0,40}(?:gesendet|gesandt|verschickt|geschickt)|gesendet (?:von|mit|über) .{2,40}|von unterwegs gesendet|virenfrei.{0,40}|hol dir outlook für .{2,20}|outlook für .{2,20} (?:herunterladen|beziehen)',
  },
  fr: {
    from: 'de|exp[ée]diteur',
    sent: 'envoy[ée]',
    date: 'date',
    to: '[àa]',
    subject: 'objet|sujet',
    cc: 'copie',
    wrote: "(?:a|avez|ont) écrit|(?<!')écrit",
    repeated: "message (?:d'origine|original|transf[ée]r[ée]|initial)|courriel original",
    device:
      "envoy[ée] (?:de(?:puis)?|à partir d[eu'’]|avec|par) ?.{2,40}|(?:télécharge[rz]|obtenez) outlook pour .{2,20}|sans virus.{0,40}",
  },
  es: {
    from: 'de|remitente',
    sent: 'enviado(?: el)?|enviada',
    date: 'fecha',
    to: 'para|a',
    subject: 'asunto',
    wrote: 'escribi[óo]|escribe',
    repeated: 'mensaje (?:original|reenviado)',
    device: 'enviado (?:desde|con|a través de) .{2,40}|obtén outlook para .{2,20}|obtener outlook para .{2,20}',
  },
  it: {
    from: 'da|mittente',
    sent: 'inviato(?: il)?|inviata',
    date: 'data',
    to: 'a',
    subject: 'oggetto',
    cc: 'copia',
    wrote: 'ha scritto|scrisse|scrive',
    repeated: 'messaggio (?:originale|inoltrato)',
    device: 'inviato (?:da(?:l(?:la)?)?|con|tramite) .{2,40}|(?:ottieni|scarica) outlook per .{2,20}',
  },
  pt: {
    from: 'de|remetente',
    sent: 'enviad[oa](?: em)?',
    date: 'data',
    to: 'para',
    subject: 'assunto',
    wrote: 'escreveu|escreve',
    repeated: 'mensagem (?:original|(?:re)?encaminhada|reenviada)',
    device: 'enviad[oa] (?:d[oae]|a partir d[oae]|com|pelo|via) .{2,40}|(?:obter|obtenha) o? ?outlook para .{2,20}',
  },
  nl: {
    from: 'van|afzender',
    sent: 'verzonden|verstuurd',
    date: 'datum',
    to: 'aan',
    subject: 'onderwerp',
    cc: 'kopie',
    wrote: 'schreef|heeft .{0,120}geschreven|geschreven',
    repeated: '(?:oorspronkelijk|origineel|doorgestuurd) bericht',
    device:
      '(?:verzonden|verstuurd|gestuurd) (?:vanaf|vanuit|via|met|van) .{2,40}|(?:outlook voor .{2,20} downloaden|download outlook voor .{2,20})',
  },
  sv: {
    from: 'från',
    sent: 'skickat',
    date: 'datum',
    to: 'till',
    subject: 'ämne',
    cc: 'kopia',
    wrote: 'skrev|skriver',
    repeated: '(?:ursprungligt|originalmeddelande|vidarebefordrat)(?: meddelande| brev)?',
    device: 'skickat (?:från|med|via) .{2,40}|hämta outlook för .{2,20}',
  },
  da: {
    from: 'fra|afsender',
    sent: 'sendt',
    date: 'dato',
    to: 'til',
    subject: 'emne',
    cc: 'kopi',
    wrote: 'skrev|skriver',
    repeated: '(?:oprindelig|original|videresendt) (?:meddelelse|besked|mail)',
    device: 'sendt (?:fra|med|via) .{2,40}|hent outlook til .{2,20}|få outlook (?:til|for) .{2,20}',
  },
  no: {
    from: 'fra|avsender',
    sent: 'sendt',
    date: 'dato',
    to: 'til',
    subject: 'emne',
    cc: 'kopi',
    wrote: 'skrev|skriver',
    repeated: '(?:opprinnelig|original|videresendt) (?:melding|e-post)',
  },
  pl: {
    from: 'od|nadawca',
    sent: 'wysłan[oey]|wysłano',
    date: 'data',
    to: 'do',
    subject: 'temat',
    cc: 'dw|kopia',
    wrote: 'napisał(?:\\(a\\)|a)?|pisze|napisana przez',
    repeated:
      '(?:wiadomość oryginalna|oryginalna wiadomość|(?:treść )?przekazan(?:ej|a) wiadomoś(?:ć|ci)|wiadomość przekazana)',
    device: 'wysłan[oey] (?:z|za pomocą|przez) .{2,40}|pobierz (?:aplikację )?outlook dla .{2,30}',
  },
  ja: {
    from: '差出人|送信者|送信元',
    sent: '送信日時|送信日',
    date: '日付|日時',
    to: '宛先',
    subject: '件名',
    wrote: 'のメール|のメッセージ|(?:は|が|さんは)?(?:次のように)?書きました|からのメール',
    repeated: '元のメッセージ|転送されたメッセージ|オリジナルメッセージ|転送メッセージ|元のメール',
    device: '(?:私の)?.{2,20}から送信(?:されました|しました)?|.{2,20}を使用して送信',
  },
  fi: {
    from: 'lähettäjä',
    sent: 'lähetetty',
    date: 'päivämäärä|päiväys|pvm',
    to: 'vastaanottaja',
    subject: 'aihe',
    cc: 'kopio',
    wrote: 'kirjoitti',
    repeated: 'alkuperäinen viesti|välitetty viesti',
    device: 'lähetetty .{2,40}',
  },
  cs: {
    from: 'od',
    sent: 'odesláno',
    date: 'datum',
    to: 'komu',
    subject: 'předmět',
    cc: 'kopie',
    wrote: 'napsal(?:\\(a\\)|a)?',
    repeated: 'původní zpráva|přeposlaná zpráva',
    device: 'odesláno (?:z|ze) .{2,40}',
  },
  hu: {
    from: 'feladó',
    sent: 'elküldve|küldve',
    date: 'dátum',
    to: 'címzett',
    subject: 'tárgy',
    cc: 'másolatot kap',
    wrote: 'írta|ezt írta',
    repeated: 'eredeti üzenet|továbbított üzenet',
    device: '.{2,20} küldve',
  },
  ro: {
    from: 'de la',
    sent: 'trimis',
    date: 'data',
    to: 'către|catre',
    subject: 'subiect',
    wrote: 'a scris',
    repeated: 'mesaj(?:ul)? (?:original|redirecționat)',
    device: 'trimis (?:de pe|din) .{2,40}',
  },
  tr: {
    from: 'kimden|gönderen',
    sent: 'gönderildi|gönderme tarihi',
    date: 'tarih',
    to: 'kime|alıcı',
    subject: 'konu',
    cc: 'bilgi',
    wrote: 'yazdı|şunu yazdı|şunları yazdı',
    repeated: '(?:özgün|orijinal) (?:ileti|mesaj)|yönlendirilen ileti',
    device: ".{2,20}(?:'?den|'?dan|'?ten|'?tan|umdan|ümden) gönderildi",
  },
  ru: {
    from: 'от(?: кого)?',
    sent: 'отправлено',
    date: 'дата',
    to: 'кому',
    subject: 'тема',
    cc: 'копия',
    wrote: 'написал(?:\\(а\\)|а|и)?|пишет|писал(?:\\(а\\)|а)?',
    repeated: '(?:исходное|оригинальное|пересылаемое|пересланное) (?:сообщение|письмо)',
    device: 'отправлено (?:с|из) .{2,40}',
  },
  uk: {
    from: 'від(?: кого)?',
    sent: 'надіслано',
    date: 'дата',
    to: 'кому',
    subject: 'тема',
    cc: 'копія',
    wrote: 'написа(?:в|ла)|пише',
    repeated: '(?:оригінальне|переслане) повідомлення',
    device: 'надіслано (?:з|із) .{2,40}',
  },
  el: {
    from: 'από',
    sent: 'στάλθηκε|εστάλη',
    date: 'ημερομηνία',
    to: 'προς',
    subject: 'θέμα',
    cc: 'κοιν\\.?',
    wrote: 'έγραψε',
    device: 'στάλθηκε από .{2,40}',
  },
  zh: {
    from: '发件人|寄件者|寄件人',
    sent: '发送时间|發送時間|寄件日期',
    date: '日期',
    to: '收件人|收件者',
    subject: '主题|主旨|主題',
    cc: '抄送|副本',
    wrote: '写道|寫道|写了|写入',
    repeated: '原始邮件|原始郵件|转发的邮件|轉寄的郵件|轉寄郵件',
    device: '发自我?的?.{2,20}|從我的 ?.{2,20}傳送',
  },
  ko: {
    from: '보낸 ?사람',
    sent: '보낸 ?날짜|보냄',
    date: '날짜',
    to: '받는 ?사람',
    subject: '제목',
    cc: '참조',
    wrote: '작성|썼습니다|님의 말',
    repeated: '원본 ?(?:메시지|메일)|전달된 메시지',
    device: '(?:나의|내) .{2,20}에서 보냄',
  },
}

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
/** The whole line that a telephone or a free mail program adds. */
export const DEVICE = new RegExp(`^(?:${all('device')})[.!]?$`, 'iu')
