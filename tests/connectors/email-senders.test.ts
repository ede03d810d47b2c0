import { describe, expect, it } from 'vitest'
import { readMail } from '#engine/connectors/email/draft.ts'

const received = Date.parse('2026-03-02T09:00:00Z')
const OWN = 'care@kaffora.example'
const ours = 'ans_0123456789ab@kaffora.example'

async function reading(headers: Record<string, string>, body: string) {
  const all = {
    From: 'Lea Orth <lea@mill.example>',
    To: OWN,
    Date: 'Mon, 02 Mar 2026 08:15:00 +0000',
    'Message-ID': '<a1@mill.example>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return readMail(Buffer.from([...head, '', body].join('\r\n')), received, OWN, 'INBOX 1')
}

type Fate = 'heard' | 'automatic reply' | 'delivery report' | 'sent by this mailbox' | 'late'
async function fateOf(headers: Record<string, string>, body: string): Promise<Fate | string> {
  const got = await reading(headers, body)
  if ('draft' in got) return 'heard'
  if ('dropped' in got) return got.dropped.reason
  const { draft, dropped, report } = got.letter
  if (report && !report.failed) return 'late'
  return draft === null ? (dropped ?? '') : 'heard'
}

describe('absence notes', () => {
  /** Subject, words: as servers and people in these languages write them; the headers are those of three programs in turn. */
  const notes: [string, string, string][] = [
    [
      'English',
      'Automatic reply: Your grinder',
      'Thank you for your mail. I am out of the office until 9 March with limited access to email.',
    ],
    [
      'English, of a leaver',
      'Automatic reply: Your grinder',
      'I no longer work for Mill Ltd. Please write to office@mill.example.',
    ],
    [
      'German',
      'Automatische Antwort: Ihre Mühle',
      'Ich bin bis zum 9. März nicht im Büro. Ihre Mail wird nicht weitergeleitet.',
    ],
    [
      'German, of a parent',
      'Abwesenheitsassistent: Ihre Mühle',
      'Ich befinde mich in Elternzeit. In dringenden Fällen wenden Sie sich an meine Vertretung.',
    ],
    [
      'French',
      'Réponse automatique : Votre moulin',
      'Je suis absente jusqu’au 9 mars. Je prendrai connaissance de vos messages à mon retour.',
    ],
    [
      'Spanish',
      'Respuesta automática: Su molinillo',
      'Estaré fuera de la oficina hasta el 9 de marzo. Responderé a mi regreso.',
    ],
    ['Italian', 'Risposta automatica: Macina', 'Sono assente dall’ufficio fino al 9 marzo. Risponderò al mio rientro.'],
    [
      'Portuguese',
      'Resposta automática: Moedor',
      'Estou ausente do escritório até 9 de março. Responderei assim que possível.',
    ],
    ['Dutch', 'Automatisch antwoord: Uw molen', 'Ik ben afwezig tot 9 maart. Bij spoed kunt u bellen.'],
    ['Swedish', 'Autosvar: Din kvarn', 'Jag är på semester och tillbaka den 9 mars.'],
    ['Danish', 'Automatisk svar: Din kværn', 'Jeg er på ferie og er tilbage den 9. marts.'],
    ['Norwegian', 'Automatisk svar: Din kvern', 'Jeg har fri og er ikke på kontoret før 9. mars.'],
    ['Finnish', 'Automaattinen vastaus: Myllysi', 'Olen lomalla 9.3. asti enkä lue sähköpostia.'],
    [
      'Polish',
      'Odpowiedź automatyczna: Młynek',
      'Jestem na urlopie do 9 marca. W pilnych sprawach proszę o kontakt z biurem.',
    ],
    ['Czech', 'Automatická odpověď: Mlýnek', 'Do 9. března jsem na dovolené. Vrátím se v pondělí.'],
    ['Russian', 'Автоответ: Мельница', 'Я в отпуске до 9 марта. Отвечу после возвращения.'],
    ['Turkish', 'Otomatik Yanıt: Değirmen', '9 Mart’a kadar izindeyim. Dönüşte yanıtlayacağım.'],
    ['Japanese', '自動応答: ミルについて', '3月9日まで休暇をいただいております。戻り次第ご連絡いたします。'],
    ['Chinese', '自动答复: 磨豆机', '我正在休假，3月9日返回办公室。如有急事请联系同事。'],
    ['Korean', '자동 회신: 그라인더', '3월 9일까지 휴가 중입니다. 복귀 후 답변드리겠습니다.'],
    ['Hungarian', 'Automatikus válasz: Daráló', 'Március 9-ig szabadságon vagyok. Visszatérésem után válaszolok.'],
    ['Romanian', 'Răspuns automat: Râșniță', 'Sunt în concediu până pe 9 martie. Voi răspunde la întoarcere.'],
    ['Greek', 'Αυτόματη απάντηση: Μύλος', 'Βρίσκομαι σε άδεια έως τις 9 Μαρτίου. Θα απαντήσω με την επιστροφή μου.'],
    ['Ukrainian', 'Автоматична відповідь: Млин', 'Я у відпустці до 9 березня. Відповім після повернення.'],
    ['Arabic', 'رد تلقائي: المطحنة', 'أنا في إجازة حتى 9 مارس وسأرد عند عودتي.'],
    ['Hebrew', 'תשובה אוטומטית: המטחנה', 'אני בחופשה עד 9 במרץ ואשיב עם שובי.'],
    ['Slovak', 'Automatická odpoveď: Mlynček', 'Do 9. marca som na dovolenke. Vrátim sa v pondelok.'],
    ['Croatian', 'Automatski odgovor: Mlinac', 'Na godišnjem sam odmoru do 9. ožujka.'],
    ['Catalan', 'Resposta automàtica: Molinet', 'Soc de vacances fins al 9 de març.'],
    [
      'Indonesian',
      'Balasan otomatis: Penggiling',
      'Saya sedang cuti sampai 9 Maret dan akan membalas setelah kembali.',
    ],
    ['Vietnamese', 'Trả lời tự động: Máy xay', 'Tôi đang nghỉ phép đến ngày 9 tháng 3.'],
    ['Thai', 'ตอบกลับอัตโนมัติ: เครื่องบด', 'ฉันลาพักร้อนจนถึงวันที่ 9 มีนาคม'],
  ]
  const marks: [string, Record<string, string>][] = [
    [
      'of Exchange',
      { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'In-Reply-To': `<${ours}>` },
    ],
    ['of a list', { Precedence: 'bulk' }],
    ['of a program', { 'Auto-Submitted': 'auto-generated' }],
  ]
  it.each(notes)('in %s', async (_, subject, body) => {
    for (const [by, headers] of marks)
      expect(await fateOf({ Subject: subject, ...headers }, body), by).toBe('automatic reply')
  })

  it.each<[string, Record<string, string>, string]>([
    ['sieve', { Subject: 'Auto: Grinder', 'Auto-Submitted': 'auto-replied' }, 'Danke.'],
    [
      'Lotus Notes',
      { Subject: 'AUTO: Lea Orth is out of the office (returning 09/03/2026)', 'Auto-Submitted': 'auto-generated' },
      'I am out of the office until 09/03/2026.',
    ],
    [
      'GMX',
      { Subject: 'Abwesenheitsbenachrichtigung', 'X-UI-Out-Filterresults': 'x', Precedence: 'junk' },
      'Ich bin bis 9. März verreist.',
    ],
    ['cPanel', { Subject: 'Re: Grinder', 'X-Autorespond': 'Grinder', Precedence: 'auto_reply' }, 'We are closed.'],
    [
      'Google',
      {
        Subject: 'Out of office Re: Grinder',
        Precedence: 'bulk',
        'X-Autoreply': 'yes',
        'Auto-Submitted': 'auto-replied',
      },
      'Back on Monday.',
    ],
    [
      'procmail',
      { Subject: 'away from my mail', Precedence: 'junk', 'X-Loop': 'lea@mill.example' },
      'I will be away until 9 March.',
    ],
  ])('by %s', async (_, headers, body) => {
    expect(await fateOf(headers, body)).toBe('automatic reply')
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'a person who tells when she is away',
      { Subject: 'Lieferung' },
      'Ich bin bis zum 9. März im Urlaub, bitte danach liefern.',
    ],
    [
      'one who complains of an absence note',
      { Subject: 'Automatische Antwort' },
      'Ich bekomme von Ihnen nur automatische Antworten. Wann meldet sich jemand?',
    ],
    [
      'one who writes back to one',
      { Subject: 'Re: Automatic reply: Grinder', 'In-Reply-To': `<${ours}>` },
      'Then please ask a colleague of yours, my grinder is needed before 9 March.',
    ],
    [
      'one whose parcel is in absence',
      { Subject: 'Absence du livreur', Precedence: 'bulk' },
      'Le livreur dit que j’étais absente. C’est faux, où est mon colis ?',
    ],
    [
      'one who is on holiday and asks',
      { Subject: 'Holiday' },
      'We are on holiday in your town. When is the shop open?',
    ],
    [
      'a leave of somebody of yours',
      { Subject: 'Your colleague' },
      'Your colleague is out of office, says the automatic reply. Who helps me now?',
    ],
  ])('are not %s', async (_, headers, body) => {
    expect(await fateOf(headers, body)).toBe('heard')
  })
})

describe('mails that came back, whatever their form', () => {
  const bounces: [string, Record<string, string>, string][] = [
    [
      'Postfix without a report',
      { From: 'MAILER-DAEMON@mx.example (Mail Delivery System)', Subject: 'Undelivered Mail Returned to Sender' },
      `I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<lea@mill.example>: host mx.mill.example[192.0.2.1] said: 550 5.1.1 <lea@mill.example>: Recipient address rejected\n\nMessage-ID: <${ours}>`,
    ],
    [
      'Gmail',
      {
        From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
        Subject: 'Delivery Status Notification (Failure)',
        'X-Failed-Recipients': 'lea@mill.example',
        'In-Reply-To': `<${ours}>`,
      },
      "** Address not found **\n\nYour message wasn't delivered to lea@mill.example because the address couldn't be found, or is unable to receive mail.",
    ],
    [
      'Yahoo',
      { From: 'MAILER-DAEMON@yahoo.example', Subject: 'Failure Notice', 'In-Reply-To': `<${ours}>` },
      "Sorry, we were unable to deliver your message to the following address.\n\n<lea@mill.example>:\n554: delivery error: dd This user doesn't have an account",
    ],
    [
      'GMX',
      {
        From: 'GMX Mailer Daemon <mailer-daemon@gmx.example>',
        Subject: 'Mail delivery failed: returning message to sender',
        References: `<${ours}>`,
      },
      'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients.\n\nlea@mill.example:\nSMTP error from remote server: 552 mailbox full',
    ],
    [
      'T-Online',
      {
        From: 'Mail Delivery System <postmaster@t-online.example>',
        Subject: 'Unzustellbare Nachricht',
        'In-Reply-To': `<${ours}>`,
      },
      'Ihre Nachricht konnte nicht zugestellt werden:\n<lea@mill.example>: unbekannter Empfänger',
    ],
    [
      'Orange',
      { From: 'postmaster@orange.example', Subject: 'Message non remis', 'In-Reply-To': `<${ours}>` },
      'Votre message n’a pas pu être remis à : lea@mill.example\nCette adresse n’existe pas.',
    ],
    [
      'Outlook.com in Italian',
      { From: 'postmaster@outlook.example', Subject: 'Non recapitabile: Re: Macina', 'In-Reply-To': `<${ours}>` },
      'Recapito non riuscito per i seguenti destinatari: lea@mill.example',
    ],
    [
      'Exchange in Polish',
      {
        From: 'Microsoft Outlook <MicrosoftExchange@mill.example>',
        Subject: 'Niedostarczone: Re: Młynek',
        'X-MS-Exchange-Message-Is-Ndr': '',
        'In-Reply-To': `<${ours}>`,
      },
      'Nie można dostarczyć wiadomości do następujących adresatów: lea@mill.example',
    ],
    [
      'Exchange in Dutch',
      { From: 'postmaster@mill.example', Subject: 'Onbestelbaar: Re: Molen', 'In-Reply-To': `<${ours}>` },
      'Uw bericht is niet bezorgd bij lea@mill.example.',
    ],
    [
      'Mail.ru',
      { From: 'mailer-daemon@corp.mail.example', Subject: 'Письмо не доставлено', 'In-Reply-To': `<${ours}>` },
      'Ваше сообщение не может быть доставлено следующим получателям: lea@mill.example. Пользователь не найден.',
    ],
    [
      'QQ',
      { From: 'PostMaster@qq.example', Subject: '系统退信', 'In-Reply-To': `<${ours}>` },
      '抱歉，您的邮件被退回来了……\n收件人邮件地址（lea@mill.example）不存在，邮件无法送达。',
    ],
    [
      'a Japanese carrier',
      {
        From: 'Mail Delivery Subsystem <MAILER-DAEMON@docomo.example>',
        Subject: 'Returned mail: User unknown',
        'In-Reply-To': `<${ours}>`,
      },
      '宛先不明のため配信できませんでした。\n550 Unknown user lea@mill.example',
    ],
    [
      'Sendmail',
      {
        From: 'Mail Delivery Subsystem <MAILER-DAEMON>',
        Subject: 'Returned mail: see transcript for details',
        'In-Reply-To': `<${ours}>`,
      },
      '   ----- The following addresses had permanent fatal errors -----\n<lea@mill.example>\n    (reason: 550 5.1.1 <lea@mill.example>... User unknown)',
    ],
    [
      'a filter',
      {
        From: 'Mail Security <postmaster@filter.example>',
        Subject: 'Your message was rejected',
        'In-Reply-To': `<${ours}>`,
      },
      'The message you sent to lea@mill.example was rejected as spam. 554 5.7.1',
    ],
    [
      'hMailServer',
      { From: 'mailer-daemon@mill.example', Subject: 'Message undeliverable: Re: Grinder', 'In-Reply-To': `<${ours}>` },
      "Your message did not reach some or all of the intended recipients.\n\n   lea@mill.example\n   Error Type: SMTP\n   Error Description: No mail servers appear to exists for the recipient's address.",
    ],
    [
      'Korean',
      { From: 'postmaster@naver.example', Subject: '메일이 반송되었습니다', 'In-Reply-To': `<${ours}>` },
      '보내신 메일을 lea@mill.example 님에게 전달할 수 없습니다. 존재하지 않는 사용자입니다.',
    ],
  ]
  it.each(bounces)('of %s', async (_, headers, body) => {
    const got = await reading(headers, body)
    expect(got).toMatchObject({ letter: { draft: null, report: { failed: true, recipient: 'lea@mill.example' } } })
    expect('letter' in got && got.letter.answers).toContain(ours)
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'Exim',
      { From: 'Mail Delivery System <Mailer-Daemon@mx.example>', Subject: 'Warning: message 1abc delayed 24 hours' },
      'A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours. No action is required on your part. Delivery attempts will continue for some time.',
    ],
    [
      'Postfix',
      { From: 'MAILER-DAEMON@mx.example', Subject: 'Delayed Mail (still being retried)' },
      'THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE. It will be retried until it is 5 days old. 451 4.7.1 Greylisted',
    ],
    [
      'Outlook',
      { From: 'postmaster@mill.example', Subject: 'Delivery delayed: Re: Grinder' },
      'Delivery to these recipients is delayed: lea@mill.example. This server will keep trying.',
    ],
    [
      'French',
      { From: 'mailer-daemon@mx.example', Subject: 'Message retardé' },
      'La remise de votre message est retardée. De nouvelles tentatives de remise auront lieu.',
    ],
  ])('is only late: %s', async (_, headers, body) => {
    expect(await fateOf({ ...headers, 'In-Reply-To': `<${ours}>` }, body)).toBe('late')
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'a customer whose parcel came back',
      { Subject: 'Returned to sender' },
      'My parcel was returned to sender. Could you send it again?',
    ],
    [
      'a customer who was told of a failed delivery',
      { Subject: 'Delivery failed' },
      'The courier says delivery failed because the address does not exist. It does.',
    ],
    [
      'a customer whose mail to us came back',
      { Subject: 'Fwd: Undelivered Mail Returned to Sender' },
      'Why does this come back when I write to service@kaffora.example?\n\n<service@kaffora.example>: 550 5.1.1 User unknown',
    ],
    [
      'a shop of that name',
      { From: 'Bounce Trampolines <hello@bounce.example>', Subject: 'Coffee corner' },
      'We would like two of your machines for our halls. What do they cost?',
    ],
  ])('is not one: %s', async (_, headers, body) => {
    expect(await fateOf(headers, body)).toBe('heard')
  })
})

describe('ticket robots and receipts', () => {
  it.each<[string, Record<string, string>, string, Fate]>([
    [
      'Zendesk of a partner',
      {
        From: 'Mill Support <support@mill.example>',
        Subject: '[Request received] Spare parts',
        'X-Mailer': 'Zendesk Mailer',
        'Auto-Submitted': 'auto-generated',
      },
      'Your request (4711) has been received and is being reviewed by our support staff.',
      'heard',
    ],
    [
      'OTRS',
      {
        Subject: 'RE: [Ticket#202603021] Ersatzteile',
        'X-OTRS-Loop': 'yes',
        'Auto-Submitted': 'auto-replied',
        Precedence: 'bulk',
      },
      'Ihre Anfrage ist eingegangen.',
      'heard',
    ],
    [
      'Freshdesk',
      {
        Subject: 'Ticket Received - Spare parts',
        'X-Auto-Response-Suppress': 'All',
        'Auto-Submitted': 'auto-generated',
      },
      'We have received your request and a ticket has been created with the ID 4711.',
      'heard',
    ],
    [
      'a read receipt in French',
      { Subject: 'Lu : Re: Moulin', 'In-Reply-To': `<${ours}>` },
      'Votre message a été lu le 2 mars 2026 à 08:15.',
      'automatic reply',
    ],
    [
      'a read receipt in Spanish',
      { Subject: 'Leído: Re: Molinillo', 'In-Reply-To': `<${ours}>` },
      'El mensaje fue leído el 2 de marzo.',
      'automatic reply',
    ],
    [
      'one that was deleted unread',
      { Subject: 'Not read: Re: Grinder', 'In-Reply-To': `<${ours}>` },
      'Your message was deleted without being read on 2 March 2026.',
      'automatic reply',
    ],
    [
      'a customer who quotes a number',
      { Subject: 'Ticket 4711 - no answer for two weeks' },
      'I opened ticket 4711 two weeks ago. Nobody has answered.',
      'heard',
    ],
  ])('%s', async (_, headers, body, fate) => {
    expect(await fateOf(headers, body)).toBe(fate)
  })
})

describe('who wrote it', () => {
  const authorOf = async (headers: Record<string, string>, body = 'It hums.') => {
    const got = await reading({ Subject: 'Grinder', ...headers }, body)
    const draft = 'draft' in got ? got.draft : 'letter' in got ? got.letter.draft : null
    return draft === null ? null : [draft.author?.id ?? null, draft.author?.name ?? null]
  }
  it.each<[string, Record<string, string>, [string, string | null] | null]>([
    [
      'a Google group',
      {
        From: `"'Lea Orth' via Care" <${OWN}>`,
        'X-Original-From': 'Lea Orth <lea@mill.example>',
        'List-ID': '<care.kaffora.example>',
      },
      ['lea@mill.example', 'Lea Orth'],
    ],
    [
      'a group, answers wanted by the sender',
      { From: `Lea Orth via Care <${OWN}>`, 'Reply-To': 'Lea Orth <lea@mill.example>' },
      ['lea@mill.example', 'Lea Orth'],
    ],
    [
      'Mailman',
      {
        From: 'Lea Orth via Users <users@lists.example>',
        'Reply-To': 'Lea Orth <lea@mill.example>',
        'List-Id': '<users.lists.example>',
      },
      ['lea@mill.example', 'Lea Orth'],
    ],
    [
      'Mailman in German',
      {
        From: 'Lea Orth über Users <users@lists.example>',
        'Reply-To': 'lea@mill.example',
        'List-Id': '<users.lists.example>',
      },
      ['lea@mill.example', 'Lea Orth'],
    ],
    [
      'a form of WordPress',
      { From: 'Kaffora Shop <wordpress@kaffora.example>', 'Reply-To': 'Lea Orth <lea@mill.example>' },
      ['lea@mill.example', 'Lea Orth'],
    ],
    [
      'a form of the house',
      { From: `Kontaktformular <${OWN}>`, 'Reply-To': 'lea@mill.example' },
      ['lea@mill.example', null],
    ],
    [
      'Shopify',
      { From: 'Kaffora (Shopify) <mailer@shopify.example>', 'Reply-To': 'lea@mill.example' },
      ['lea@mill.example', null],
    ],
    [
      'Formspree',
      { From: 'Formspree <noreply@formspree.example>', 'Reply-To': 'lea@mill.example' },
      ['lea@mill.example', null],
    ],
    [
      'an assistant',
      { From: 'Lea Orth <lea@mill.example>', Sender: 'Office <office@mill.example>' },
      ['lea@mill.example', 'Lea Orth'],
    ],
    [
      'a person with another address for answers',
      { From: 'Lea Orth <lea@work.example>', 'Reply-To': 'lea@home.example' },
      ['lea@work.example', 'Lea Orth'],
    ],
    [
      'a newsletter with another address for answers',
      {
        From: 'Mill News <news@mill.example>',
        'Reply-To': 'editor@mill.example',
        'List-Unsubscribe': '<mailto:x@mill.example>',
      },
      ['news@mill.example', 'Mill News'],
    ],
    ['the mailbox itself', { From: `Care <${OWN}>` }, null],
    ['the mailbox itself, answers to itself', { From: `Care <${OWN}>`, 'Reply-To': OWN }, null],
    [
      'SRS',
      { From: 'Lea Orth <lea@mill.example>', 'Return-Path': '<SRS0=ab=cd=mill.example=lea@fwd.example>' },
      ['lea@mill.example', 'Lea Orth'],
    ],
    ['a name in quotes with a comma', { From: '"Orth, Lea" <lea@mill.example>' }, ['lea@mill.example', 'Orth, Lea']],
    ['an address with capitals', { From: 'Lea <LEA@Mill.Example>' }, ['lea@mill.example', 'Lea']],
    [
      'a name of encoded words',
      { From: '=?utf-8?B?TWlyYSDDlGrDqQ==?= <mira@mill.example>' },
      ['mira@mill.example', 'Mira Ôjé'],
    ],
    [
      'a name with a folded encoded word',
      { From: '=?iso-8859-2?Q?Luk=E1=B9?=\r\n =?iso-8859-2?Q?_Nov=E1k?= <l@mill.example>' },
      ['l@mill.example', 'Lukáš Novák'],
    ],
  ])('%s', async (_, headers, author) => {
    expect(await authorOf(headers)).toEqual(author)
  })
})

describe('mails whose letters are written in another way', () => {
  const textOf = async (head: string[], body: Buffer | string): Promise<string> => {
    const all = [
      'From: lea@mill.example',
      'Subject: Grinder',
      'Date: Mon, 02 Mar 2026 08:15:00 +0000',
      'MIME-Version: 1.0',
      ...head,
    ]
    const got = await readMail(
      Buffer.concat([Buffer.from(`${all.join('\r\n')}\r\n\r\n`), Buffer.from(body)]),
      received,
      OWN,
      'x',
    )
    return 'draft' in got ? got.draft.text : JSON.stringify(got)
  }
  it.each<[string, string[], Buffer | string, string]>([
    [
      'KOI8-R',
      ['Content-Type: text/plain; charset=koi8-r'],
      Buffer.from('edc5ccd8cec9c3c120dbd5cdc9d4', 'hex'),
      'Мельница шумит',
    ],
    [
      'Windows-1251 that is named wrongly',
      ['Content-Type: text/plain; charset="cp1251"'],
      Buffer.from('cce5ebfcede8f6e020f8f3ece8f2', 'hex'),
      'Мельница шумит',
    ],
    ['GBK', ['Content-Type: text/plain; charset=gbk'], Buffer.from('c4a5b6b9bbfad3d0d4ebd2f4', 'hex'), '磨豆机有噪音'],
    [
      'ISO-2022-JP',
      ['Content-Type: text/plain; charset=iso-2022-jp'],
      Buffer.from('1b2442255f256b1b2842204b462d31', 'hex'),
      'ミル KF-1',
    ],
    [
      'EUC-KR',
      ['Content-Type: text/plain; charset=ks_c_5601-1987'],
      Buffer.from('b1d7b6f3c0ced4f5', 'hex').subarray(0, 6),
      '그라인',
    ],
    [
      'quoted-printable with soft breaks',
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      'Die M=C3=BChle br=\r\nummt =E2=80=93 laut.',
      'Die Mühle brummt – laut.',
    ],
    [
      'base64',
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: BASE64'],
      Buffer.from('Die Mühle brummt.').toString('base64'),
      'Die Mühle brummt.',
    ],
    [
      'format=flowed',
      ['Content-Type: text/plain; charset=utf-8; format=flowed'],
      'The grinder \r\nhums all day \r\nlong.\r\n\r\nLea',
      'The grinder hums all day long.\n\nLea',
    ],
    [
      'markup alone',
      ['Content-Type: text/html; charset=utf-8'],
      '<style>p{color:red}</style><p>The grinder<br>hums.</p><p>&nbsp;</p><p>Lea</p>',
      'The grinder\nhums.\n\nLea',
    ],
    [
      'markup that names its letters itself',
      ['Content-Type: text/html'],
      Buffer.concat([
        Buffer.from('<html><head><meta charset="windows-1250"></head><body>'),
        Buffer.from('4d6cfdnek'.slice(0, 6), 'hex'),
        Buffer.from(' hu</body></html>'),
      ]),
      'Mlý hu',
    ],
    [
      'two parts that say the same',
      ['Content-Type: multipart/alternative; boundary=b'],
      '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIt hums.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>It hums.</p>\r\n--b--',
      'It hums.',
    ],
    [
      'a part within a part within a part',
      ['Content-Type: multipart/mixed; boundary=a'],
      '--a\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nIt hums.\r\n--c--\r\n--b--\r\n--a\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--a--',
      'It hums.',
    ],
  ])('%s', async (_, head, body, text) => {
    expect(await textOf(head, body)).toBe(text)
  })
})
