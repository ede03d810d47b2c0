/**
 * What machines say, by language: how absence notes call themselves and what they say, and what is said of a mail that did not arrive. No
 * word decides alone: machine.ts weighs it with the headers.
 */
interface Words {
  /** At the beginning of a subject. */
  away: string
  /** In the text of an absence note. */
  absent: string
  /** In the text of a bounce, of the mail that was sent. */
  bounced: string
  /** In the subject of one. */
  failure: string
  /** In the text of a warning that it is late. */
  late: string
}

const LANGUAGES: Readonly<Record<string, Words>> = {
  en: {
    away: "auto(?:matic)?[- ]?(?:reply|response|answer)|auto|out[- ]of[- ](?:the[- ])?office|ooo|vacation|away|on (?:leave|holiday)|i(?:'| a)m (?:away|out)",
    absent:
      "out of (?:the |my )?office|(?:on|annual|maternity|parental|paternity|sick) leave|(?:am|be|'m|i'll be) (?:away|on (?:vacation|holidays?)|travelling|traveling)|no longer (?:work|with the company|employed)|limited access to (?:my )?e-?mail|(?:return|back) (?:to (?:the|my) office )?(?:on|by|until)|until i (?:return|am back)|reply (?:on|upon|after) my return",
    bounced:
      "(?:your|the) (?:e-?mail |original )?(?:message|mail|e-?mail)(?: you sent| to .{3,80})? (?:has been|was|is|could|couldn't|can)\\b.{0,40}(?:reject|deliver|return|block|refus|bounc)|unable to deliver (?:your|the) (?:message|mail)|(?:wasn't|was not|were unable|not able) (?:able )?to (?:be )?deliver(?:ed)? (?:your|the)? ?(?:message|mail)|message that you sent could not|recipient.{0,40}(?:does not exist|unknown|not found)|user unknown|no mailbox here|mailbox (?:is )?(?:unavailable|full)|delivery (?:to the following|has failed)",
    failure:
      'undeliver(?:able|ed)|delivery (?:status notification ?\\(failure\\)|failure|failed|has failed)|mail delivery (?:failed|failure)|failure notice|returned (?:mail|to sender)|non[- ]?delivery|message not delivered|your message to',
    late: '(?:will|be|still being) retr(?:y|ied)|delivery (?:is |has been |incomplete|delayed)|temporary problem|has not yet been delivered|keep trying|warning only',
  },
  de: {
    away: 'automatische (?:antwort|abwesenheitsnotiz)|abwesenheit(?:s(?:notiz|meldung|nachricht|assistent|benachrichtigung|info(?:rmation)?))?|abwesend|autoantwort|(?:bin |ich bin )?im urlaub|außer haus|nicht im (?:büro|haus)',
    absent:
      'im urlaub|verreist|nicht (?:im (?:büro|haus)|am platz|erreichbar)|außer haus|abwesend|abwesenheit|in (?:kur|elternzeit|mutterschutz)|ab (?:dem )?\\d.{0,20} wieder|(?:wieder|zurück) (?:ab|am|im büro|erreichbar)|meiner r(?:ü|ue)ckkehr|nicht mehr (?:für|bei|in) .{3,40}(?:tätig|beschäftigt)|arbeite nicht mehr',
    bounced:
      '(?:ihre|die(?: von ihnen (?:verfasste|gesendete))?) (?:e-?mail|mail|nachricht).{0,80}(?:nicht (?:zugestellt|übermittelt|ausgeliefert)|abgelehnt|zurückgewiesen)|konnte nicht zugestellt werden|empfänger.{0,30}(?:unbekannt|existiert nicht)',
    failure: 'unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|zustellfehler|unzustellbarkeit',
    late: 'verzögert|zustellversuch|versucht es weiter|wird weiter versucht',
  },
  fr: {
    away: "(?:réponse|message|courriel) (?:automatique|d[’']absence)|absence(?: du bureau)?|absente?|en congés?",
    absent:
      'en (?:congés?|vacances|déplacement)|absente? (?:du|jusqu|et|pour|de)|(?:de retour|reviens|je serai de retour)|ne (?:fais|travaille) plus|congé (?:maternité|maladie)',
    bounced:
      "votre (?:message|courriel|mail).{0,80}(?:n['’]a pas (?:pu|été)|rejet|refus)|destinataire.{0,30}(?:inconnu|n['’]existe pas)|n['’]a pas pu être (?:remis|distribu)",
    failure:
      "échec de (?:la )?(?:remise|distribution|livraison)|non (?:remis|distribu)|message non distribuable|échec d[’'](?:envoi|acheminement)",
    late: 'retard|sera retent|tentatives? de remise',
  },
  es: {
    away: 'respuesta automática|fuera de (?:la )?oficina|(?:de )?vacaciones|ausen(?:te|cia)|auto ?respuesta',
    absent:
      'de vacaciones|fuera de (?:la )?oficina|ausente|de baja|(?:contestaré|responderé) (?:a|en|cuando)|(?:vuelvo|regreso|volveré|regresaré) (?:el|a)|ya no trabajo',
    bounced:
      '(?:su|tu) (?:mensaje|correo).{0,80}no (?:se )?(?:ha )?(?:podido|pudo|fue)|(?:destinatario|usuario).{0,30}(?:desconocido|no existe)|no se (?:ha podido|pudo) entregar',
    failure: 'no se (?:pudo|puede) entregar|no entregado|error de entrega|correo devuelto|mensaje no entregado',
    late: 'retras|demorad|se reintentará',
  },
  it: {
    away: 'risposta automatica|fuori (?:sede|ufficio)|assen(?:te|za)|in ferie',
    absent:
      'in ferie|fuori (?:sede|ufficio)|assente|(?:torno|rientro|tornerò|rientrerò) (?:il|a|in)|al mio (?:rientro|ritorno)|non lavoro più',
    bounced:
      '(?:il (?:suo|tuo) )?messaggio.{0,80}(?:non (?:è stato|può essere|è stato possibile)|respint)|destinatario.{0,30}(?:sconosciuto|inesistente|non esiste)',
    failure: 'mancat[oa] (?:recapito|consegna)|non recapitabile|consegna non riuscita|impossibile recapitare',
    late: 'ritard|verrà ritentat',
  },
  pt: {
    away: 'resposta automática|fora d[oe] escritório|(?:de |em )?férias|aus(?:ente|ência)',
    absent:
      'de férias|em férias|fora do escritório|ausente|(?:volto|regresso|retorno|voltarei) (?:dia|a|em|no)|já não trabalho|não trabalho mais|licença',
    bounced:
      '(?:a )?sua mensagem.{0,80}não (?:pôde|foi|pode)|destinatário.{0,30}(?:desconhecido|não existe)|não foi possível entregar',
    failure: 'não (?:entregue|foi entregue)|falha (?:na|de) entrega|mensagem devolvida|impossível entregar',
    late: 'atras|nova tentativa|tentaremos',
  },
  nl: {
    away: 'automatisch(?:e)? (?:antwoord|beantwoording|afwezigheid)|afwezig(?:heid)?|niet aanwezig|buiten kantoor|vakantie',
    absent:
      'op vakantie|afwezig|niet (?:op kantoor|aanwezig|bereikbaar)|buiten kantoor|(?:weer|terug) (?:op|vanaf|bereikbaar|aanwezig)|niet meer werkzaam|met (?:zwangerschaps)?verlof',
    bounced:
      '(?:uw|je) (?:e-?mail|bericht).{0,80}(?:niet (?:worden )?(?:bezorgd|afgeleverd)|geweigerd)|ontvanger.{0,30}(?:onbekend|bestaat niet)',
    failure: 'onbestelbaar|niet (?:bezorgd|afgeleverd)|bezorging mislukt|kan niet worden bezorgd',
    late: 'vertraag|opnieuw geprobeerd',
  },
  sv: {
    away: 'auto(?:matiskt )?svar|frånvaro(?:meddelande)?|ej på plats|semester',
    absent:
      'på semester|inte på (?:kontoret|plats)|föräldraledig|tjänstledig|(?:åter|tillbaka) (?:den|på|i)|slutat (?:på|hos)',
    bounced: 'ditt (?:meddelande|mejl).{0,80}(?:inte (?:kunde )?lever|avvisa)|mottagar.{0,30}(?:okänd|finns inte)',
    failure: 'olevererbart|kunde inte levereras|leveransfel|ej levererat',
    late: 'försen|försöker igen',
  },
  da: {
    away: 'auto(?:matisk )?svar|fraværs?(?:besked|meddelelse)?|ikke til stede|ferie|fravær|automatisk svar',
    absent:
      'på ferie|ikke (?:på kontoret|til stede|til å treffe)|på (?:barsel|orlov)|(?:tilbage|tilbake) (?:den|på|igen|igjen)|ikke længere ansat',
    bounced:
      '(?:din|deres) (?:meddelelse|besked|e-?mail|melding|e-post).{0,80}(?:ikke (?:kunne |blev )?lever|afvist|avvist)|modtager.{0,30}(?:ukendt|findes ikke)',
    failure: 'kan ikke leveres|ikke leveret|leveringsfejl|kunne ikke leveres|uleverbar',
    late: 'forsink|prøver igen|prøver igjen',
  },
  pl: {
    away: 'odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|poza biurem|nieobecno(?:ść|ści)|urlop',
    absent: 'na urlopie|poza biurem|nieobecn|nie pracuj[ęe] już|(?:wracam|wrócę|powrocie)|zwolnieniu',
    bounced:
      '(?:twoja|państwa|pana|pani) wiadomość.{0,80}nie (?:została|mogła)|nie (?:można|udało się) dostarczyć|(?:adresat|odbiorca|użytkownik).{0,30}nie(?:znany| istnieje)',
    failure: 'niedostarczon|nie można dostarczyć|niepowodzenie dostarczania|zwrot wiadomości',
    late: 'opóźni|ponowi',
  },
  ja: {
    away: '自動(?:応答|返信|回答)|不在(?:通知|のお知らせ|連絡)?|休暇',
    absent: '不在|休暇|休み(?:を|で|です)|外出|出張|退職',
    bounced:
      '(?:配信|配達|送信|届け|お届け)(?:に失敗|できません|することができません|不能)|宛先.{0,20}(?:不明|存在しません)',
    failure: '配信(?:不能|エラー|失敗)|配達不能|送信エラー|未配信',
    late: '遅延|再試行|再送',
  },
  fi: {
    away: 'automaattinen (?:vastaus|poissaoloviesti)|poissa(?:oloilmoitus)?|lomalla',
    absent: 'lomalla|poissa|en ole toimistolla|palaan',
    bounced: 'viesti(?:äsi|ä).{0,60}ei voi(?:tu|da) toimittaa|vastaanottaja.{0,30}(?:tuntematon|ei ole)',
    failure: 'ei voi(?:tu|da)? toimittaa|toimitus epäonnistui',
    late: 'viivästy',
  },
  cs: {
    away: 'automatická odpověď|mimo kancelář|nepřítomnost|dovolená',
    absent: 'na dovolené|mimo kancelář|nepřítom|vrátím se|již nepracuji',
    bounced: '(?:vaše|vaši) zpráv.{0,80}(?:nelze|nebyla|nemohla)|příjemce.{0,30}(?:neznám|neexistuje)',
    failure: 'nedoruč|nelze doručit',
    late: 'zpoždě',
  },
  ru: {
    away: 'автоответ|автоматический ответ|нет на месте|отпуск',
    absent: 'в отпуске|отсутству|нет на месте|больше не работаю|вернусь',
    bounced:
      '(?:ваше )?(?:сообщение|письмо).{0,80}(?:не (?:было |может быть )?доставлен|отклонен)|(?:получатель|пользователь).{0,30}(?:не найден|не существует)',
    failure: 'не доставлен|ошибка доставки|недоставленн',
    late: 'задерж',
  },
  tr: {
    away: 'otomatik (?:yanıt|cevap)|ofis dışında|izindeyim',
    absent: 'izindeyim|ofis dışında|izinde|döneceğim',
    bounced: 'iletiniz.{0,80}(?:teslim edilemedi|reddedildi)|alıcı.{0,30}(?:bulunamadı|bilinmiyor)',
    failure: 'teslim edilemedi|iletilemedi',
    late: 'gecik',
  },
  zh: {
    away: '自动(?:回复|答复|回覆)|自動(?:回覆|回復|答覆)|(?:休假|外出|不在办公室|不在辦公室)(?:自动回复|通知)?',
    absent: '休假|不在(?:办公室|辦公室|公司)|外出|出差|年假|放假|离职|離職',
    bounced:
      '(?:邮件|郵件|信件).{0,40}(?:被退回|无法(?:送达|投递|发送)|無法(?:送達|投遞|傳送)|被拒收|未能送达)|收件人.{0,40}(?:不存在|无效|無效)|退信',
    failure: '系统退信|退信|(?:邮件|郵件)?(?:无法送达|無法送達|投递失败|傳遞失敗|发送失败)|未(?:送达|傳遞)',
    late: '延迟|延遲|稍后(?:重试|再试)|仍在尝试',
  },
  ko: {
    away: '자동 ?(?:회신|응답|답장)|부재 ?중(?: ?(?:자동 ?)?(?:회신|응답|알림))?|휴가',
    absent: '휴가|부재 ?중|출장|자리를 비|퇴사',
    bounced:
      '(?:메일|메시지).{0,60}(?:전달|배달|전송)(?:할 수 없|되지 (?:않|못)|에 실패|이 거부)|존재하지 않는 (?:사용자|주소)|수신자.{0,30}(?:없|알 수)|반송',
    failure: '(?:메일이 )?반송|배달(?:되지 않음| 실패| 불가)|전송 ?실패|전달 실패',
    late: '지연|다시 시도',
  },
  hu: {
    away: 'automatikus válasz|házon kívül|szabadság(?:on)?|irodán kívül',
    absent: 'szabadságon|házon kívül|távol (?:vagyok|leszek)|nem tartózkod|nem dolgozom',
    bounced:
      '(?:üzenet|levél).{0,60}(?:nem (?:kézbesíthető|sikerült kézbesíteni)|visszautasít)|címzett.{0,30}(?:ismeretlen|nem létezik)',
    failure: 'kézbesíthetetlen|nem kézbesíthető|kézbesítési hiba|sikertelen kézbesítés',
    late: 'késik|késleltet|újrapróbál',
  },
  ro: {
    away: 'răspuns automat|în afara biroului|absent|concediu',
    absent: 'în concediu|în afara biroului|sunt absent|(?:revin|mă întorc|voi reveni)|nu mai lucrez',
    bounced: 'mesajul.{0,80}(?:nu a (?:putut|fost)|a fost respins)|destinatar.{0,30}(?:necunoscut|nu există)',
    failure: 'nelivrat|nu (?:a fost|poate fi) livrat|eroare (?:de|la) livrare|livrare eșuată',
    late: 'întârzi|se va reîncerca',
  },
  el: {
    away: 'αυτόματη απάντηση|εκτός γραφείου|άδεια|απουσία',
    absent: 'σε άδεια|εκτός γραφείου|απουσιάζω|λείπω|επιστρέφω|δεν εργάζομαι',
    bounced:
      '(?:μήνυμα|μηνύματος).{0,80}(?:δεν (?:παραδόθηκε|ήταν δυνατή|μπόρεσε)|απορρίφθηκε)|παραλήπτη.{0,30}(?:άγνωστ|δεν υπάρχει)',
    failure: 'μη παραδοτέο|αδυναμία παράδοσης|αποτυχία παράδοσης|δεν παραδόθηκε',
    late: 'καθυστέρ|νέα προσπάθεια',
  },
  uk: {
    away: 'автоматична відповідь|автовідповідь|немає на місці|відпустк',
    absent: 'у відпустці|відсутн|немає на місці|більше не працюю|повернусь',
    bounced:
      '(?:повідомлення|лист).{0,80}не (?:було |може бути )?доставлен|(?:одержувач|користувач).{0,30}(?:не знайдено|не існує)',
    failure: 'не доставлено|помилка доставки|недоставлен',
    late: 'затрим',
  },
  ar: {
    away: 'رد تلقائي|الرد التلقائي|خارج المكتب|إجازة',
    absent: 'في إجازة|خارج المكتب|لست في المكتب|لم أعد أعمل|عند عودتي',
    bounced:
      '(?:رسالتك|الرسالة|البريد).{0,80}(?:تعذر|لم (?:يتم|تصل)|رفض)|(?:المستلم|العنوان).{0,30}غير (?:موجود|معروف)',
    failure: 'تعذر التسليم|لم يتم تسليم|فشل (?:التسليم|تسليم)|غير قابل للتسليم',
    late: 'تأخر|تأخير|سنحاول',
  },
  he: {
    away: 'תשובה אוטומטית|מענה אוטומטי|מחוץ למשרד|חופשה',
    absent: 'בחופש(?:ה)?|מחוץ למשרד|לא במשרד|כבר לא עובדת?|עם שובי',
    bounced: 'ההודעה.{0,80}(?:לא (?:נמסרה|ניתן|הועברה)|נדחתה)|הנמען.{0,30}(?:לא קיים|לא ידוע)',
    failure: 'לא ניתן למסירה|ההודעה לא נמסרה|כשל במסירה|המסירה נכשלה',
    late: 'מתעכב|עיכוב',
  },
  sk: {
    away: 'automatická odpoveď|mimo kancelárie|neprítomnosť|dovolenka',
    absent: 'na dovolenke|mimo kancelárie|neprítomn|vrátim sa|už nepracujem',
    bounced: '(?:vaša|vašu) správ.{0,80}(?:nebol|nie je možné|nemohl)|príjemca.{0,30}(?:neznámy|neexistuje)',
    failure: 'nedoruč|nie je možné doručiť',
    late: 'oneskor|mešk',
  },
  hr: {
    away: 'automatski odgovor|izvan ureda|odsutnost|godišnji odmor|nisam u uredu',
    absent:
      'na (?:\\p{L}+ (?:sam )?)?(?:godišnj\\p{L}+(?: sam)? )?odmoru|izvan ureda|odsut(?:an|na)|nisam u uredu|vraćam se',
    bounced:
      '(?:vaša )?poruka.{0,80}(?:nije (?:isporučena|dostavljena|moguće)|odbijena)|primatelj.{0,30}(?:nepoznat|ne postoji)',
    failure: 'neisporučen|nije isporučen|isporuka nije uspjela|nedostavljen',
    late: 'kasni|odgođen',
  },
  ca: {
    away: "resposta automàtica|fora de l[’']oficina|vacances|absència",
    absent: "de vacances|fora de l[’']oficina|(?:estic|seré) absent|(?:torno|tornaré) (?:el|a)|ja no treballo",
    bounced:
      "(?:el )?(?:seu |vostre )?missatge.{0,80}no (?:s[’']ha pogut|ha pogut|es pot)|destinatari.{0,30}(?:desconegut|no existeix)",
    failure: "no lliurat|no s[’']ha pogut lliurar|error de lliurament",
    late: 'retard|es tornarà a intentar',
  },
  id: {
    away: 'balasan otomatis|jawaban otomatis|balas automatik|di luar kantor|cuti',
    absent: 'sedang cuti|cuti|di luar kantor|tidak (?:di|berada di) kantor|sudah tidak bekerja',
    bounced:
      'pesan(?: anda)?.{0,80}(?:tidak (?:dapat|bisa) (?:dikirim|terkirim)|gagal|ditolak)|penerima.{0,30}tidak (?:ada|dikenal|ditemukan)',
    failure: 'tidak terkirim|gagal (?:terkirim|dikirim|mengirim)|pengiriman gagal',
    late: 'tertunda|akan dicoba',
  },
  vi: {
    away: 'trả lời tự động|tự động trả lời|vắng mặt|nghỉ phép',
    absent: 'nghỉ phép|vắng mặt|không có (?:mặt )?(?:tại|ở) văn phòng|không còn làm việc',
    bounced:
      '(?:thư|tin nhắn|email).{0,80}(?:không (?:thể gửi|gửi được|được gửi)|bị từ chối)|người nhận.{0,30}không tồn tại',
    failure: 'không thể gửi|không gửi được|gửi (?:thư )?thất bại|thư bị trả lại',
    late: 'bị trễ|trì hoãn|thử lại',
  },
  th: {
    away: 'ตอบกลับอัตโนมัติ|การตอบกลับอัตโนมัติ|ไม่อยู่ที่สำนักงาน|ลาพักร้อน',
    absent: 'ลาพักร้อน|ลาหยุด|ไม่อยู่(?:ที่)?(?:สำนักงาน|ออฟฟิศ)|ลากิจ',
    bounced: '(?:ข้อความ|อีเมล).{0,60}(?:ไม่สามารถ(?:ส่ง|จัดส่ง)|ถูกปฏิเสธ|ส่งไม่ถึง)|ไม่พบผู้รับ',
    failure: 'ส่งไม่(?:สำเร็จ|ถึง)|ไม่สามารถส่ง|การส่งล้มเหลว',
    late: 'ล่าช้า|จะลองอีกครั้ง',
  },
}

/** Their words stand without blanks between them, or grow together with what stands before them. */
const UNSPACED: readonly string[] = ['ja', 'zh', 'ko', 'th']

const all = (name: keyof Words, which: (language: string) => boolean = () => true): string =>
  Object.entries(LANGUAGES)
    .flatMap(([language, words]) => (which(language) ? [words[name]] : []))
    .join('|')
/** At the beginning of a word, where there are words. */
const atWord = (name: keyof Words): string =>
  `(?<![\\p{L}\\p{N}])(?:${all(name, (one) => !UNSPACED.includes(one))})|(?:${all(name, (one) => UNSPACED.includes(one))})`
const anywhere = (name: keyof Words): RegExp => new RegExp(atWord(name), 'iu')

/** The whole of a subject, or up to a mark: "Out of office: Re: lamp" and not "Out of office chairs". */
export const AWAY = new RegExp(
  `^["'“„(\\[]?(?:${all('away')})(?:[)\\]"'”“]|\\s*(?:$|[:：!–—|/]|-\\s|(?:bis|until|till|jusqu|hasta|fino|até|tot|do|t\\.o\\.m)\\b|re:))`,
  'iu',
)
/** It begins so, and goes on as a sentence. */
export const AWAY_WORD = new RegExp(`^["'“„(\\[]?(?:${all('away')})(?![\\p{L}\\p{N}])`, 'iu')
export const ABSENT = anywhere('absent')
export const BOUNCED = anywhere('bounced')
export const FAILURE = new RegExp(`^(?:re:\\s*)?.{0,30}?(?:${atWord('failure')})`, 'iu')
export const LATE = anywhere('late')

/** Programs that keep tickets, by the headers that they add. */
export const TICKET_HEADER =
  /^(?:rt-(?:ticket|originator)|x-rt-|x-(?:otrs|znuny|zammad|jira|sfdc|zendesk|freshdesk|freshservice|helpscout|osticket|glpi|redmine|github|gitlab|freescout|intercom|hubspot-ticket|kayako|servicenow|topdesk|jitbit|desk-|gorgias|front-|ticket|case-))/
/** What a robot says of a request that it has taken. */
export const TICKET =
  /\[?\b(?:ticket|case|incident|vorgang(?:snummer)?|ticketnummer|zgłoszenie|ärende|sag|caso|dossier|request|anfrage|demande|solicitud|richiesta|pedido)\b\s?(?:id|number|nr\.?|nummer|no\.?|n°|número|numero)?\s?[#:]?\s?\d{3,}|\bref:!?[\w.!]+:ref\b|(?:received|got) your (?:request|inquiry|enquiry|ticket)|ticket (?:has been |was )?(?:created|opened|received)|creation of a (?:trouble )?ticket|nummer \d{4,} erfasst|eingangsbest(?:ä|ae)tigung|empfangsbest(?:ä|ae)tigung|accusé de réception de votre demande/iu
