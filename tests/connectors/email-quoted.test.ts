import { describe, expect, it } from 'vitest'
import { freshText } from '#engine/connectors/email/quoted/fresh-text.ts'
import { markedHtml } from '#engine/connectors/email/quoted/marked-html.ts'

const fresh = (text: string): string => freshText(text, { signature: false })
const freshOf = (html: string): string => fresh(markedHtml(html).marked)

describe('a history below a header block', () => {
  it.each([
    ['en', 'From: Ana Ruiz <ana@kaffora.example>\nSent: Monday, 2 March 2026 08:15\nTo: Lea\nSubject: RE: Grinder'],
    [
      'de',
      'Von: Ana Ruiz <ana@kaffora.example>\nGesendet: Montag, 2. März 2026 08:15\nAn: Lea\nCc: Max\nBetreff: AW: Mühle',
    ],
    ['fr', 'De : Ana Ruiz <ana@kaffora.example>\nDate : lundi 2 mars 2026 à 08:15\nÀ : Lea\nObjet : RE: Moulin'],
    [
      'es',
      'De: Ana Ruiz <ana@kaffora.example>\nEnviado el: lunes, 2 de marzo de 2026 8:15\nPara: Lea\nAsunto: RE: Molinillo',
    ],
    ['it', 'Da: Ana Ruiz <ana@kaffora.example>\nData: lunedì 2 marzo 2026\nA: Lea\nOggetto: RE: Macina'],
    [
      'pt',
      'De: Ana Ruiz <ana@kaffora.example>\nEnviada em: segunda-feira, 2 de março de 2026 08:15\nPara: Lea\nAssunto: RES: Moedor',
    ],
    ['nl', 'Van: Ana Ruiz <ana@kaffora.example>\nDatum: maandag 2 maart 2026\nAan: Lea\nOnderwerp: RE: Molen'],
    ['sv', 'Från: Ana Ruiz <ana@kaffora.example>\nDatum: måndag, 2 mars 2026\nTill: Lea\nÄmne: SV: Kvarn'],
    ['da', 'Fra: Ana Ruiz <ana@kaffora.example>\nDato: mandag den 2. marts 2026\nTil: Lea\nEmne: SV: Kværn'],
    [
      'no',
      'Fra: Ana Ruiz <ana@kaffora.example>\nSendt: mandag 2. mars 2026 08:15\nTil: Lea\nKopi: Max\nEmne: SV: Kvern',
    ],
    [
      'fi',
      'Lähettäjä: Ana Ruiz <ana@kaffora.example>\nLähetetty: maanantai 2. maaliskuuta 2026\nVastaanottaja: Lea\nAihe: VS: Mylly',
    ],
    [
      'pl',
      'Od: Ana Ruiz <ana@kaffora.example>\nWysłano: poniedziałek, 2 marca 2026 08:15\nDo: Lea\nTemat: ODP: Młynek',
    ],
    ['cs', 'Od: Ana Ruiz <ana@kaffora.example>\nOdesláno: pondělí 2. března 2026\nKomu: Lea\nPředmět: RE: Mlýnek'],
    ['ja', '差出人: 安奈 <ana@kaffora.example>\n送信日時: 2026年3月2日 8:15\n宛先: Lea\n件名: RE: ミル'],
    ['zh', '发件人: 安娜 <ana@kaffora.example>\n发送时间: 2026年3月2日 8:15\n收件人: Lea\n主题: 回复: 磨豆机'],
    ['ru', 'От: Ана <ana@kaffora.example>\nОтправлено: 2 марта 2026 г. 8:15\nКому: Lea\nТема: RE: Мельница'],
    [
      'tr',
      'Kimden: Ana <ana@kaffora.example>\nGönderildi: 2 Mart 2026 Pazartesi 08:15\nKime: Lea\nKonu: YNT: Değirmen',
    ],
    ['bold', '*From:* Ana Ruiz <ana@kaffora.example>\n*Sent:* Monday, 2 March 2026\n*To:* Lea\n*Subject:* RE: Grinder'],
    [
      'folded',
      'From: Ana Ruiz <ana@kaffora.example>\nSent: Monday\nTo: Lea <lea@a.example>; Max <max@a.example>;\n Eva <eva@a.example>\nSubject: RE: x',
    ],
  ])('is left out: %s', (_language, block) => {
    for (const rule of ['', '________________________________\n', '-------------------\n']) {
      expect(fresh(`It hums.\n\nLea\n\n${rule}${block}\n\nWhat the house had said.\n\nmore`)).toBe('It hums.\n\nLea')
    }
  })

  it.each([
    'From: Hamburg\nTo: Berlin\nTwo hours late again.',
    'Von: heute an\nAn: niemanden mehr\nich kaufe nichts.',
    'Date: Friday\nI was at home.',
    'To: whom it may concern\nSubject: your lamp\nIt flickers.',
  ])('is not taken for one: %j', (text) => {
    expect(fresh(text)).toBe(text)
  })
})

describe('an attribution', () => {
  it.each([
    'On Mon, Mar 2, 2026 at 8:15 AM Ana Ruiz <ana@kaffora.example> wrote:',
    'Am Mo., 2. März 2026 um 08:15 Uhr schrieb Ana Ruiz <ana@kaffora.example>:',
    'Ana Ruiz <ana@kaffora.example> schrieb am Mo., 2. März 2026, 08:15:',
    'Le lun. 2 mars 2026 à 08:15, Ana Ruiz <ana@kaffora.example> a écrit :',
    'El lun, 2 mar 2026 a las 8:15, Ana Ruiz (<ana@kaffora.example>) escribió:',
    'Il giorno lun 2 mar 2026 alle ore 08:15 Ana Ruiz <ana@kaffora.example> ha scritto:',
    'Em seg., 2 de mar. de 2026 às 08:15, Ana Ruiz <ana@kaffora.example> escreveu:',
    'Op ma 2 mrt 2026 om 08:15 schreef Ana Ruiz <ana@kaffora.example>:',
    'Den mån 2 mars 2026 kl 08:15 skrev Ana Ruiz <ana@kaffora.example>:',
    'man. 2. mar. 2026 kl. 08.15 skrev Ana Ruiz <ana@kaffora.example>:',
    'ma 2. maalisk. 2026 klo 8.15 Ana Ruiz (ana@kaffora.example) kirjoitti:',
    'pon., 2 mar 2026 o 08:15 Ana Ruiz <ana@kaffora.example> napisał(a):',
    'po 2. 3. 2026 v 8:15 odesílatel Ana Ruiz <ana@kaffora.example> napsal:',
    '2026年3月2日(月) 8:15 Ana Ruiz <ana@kaffora.example>:',
    'Ana Ruiz <ana@kaffora.example> 于2026年3月2日周一 08:15写道：',
    '2026년 3월 2일 (월) 오전 8:15, Ana Ruiz <ana@kaffora.example>님이 작성:',
    'пн, 2 мар. 2026 г. в 08:15, Ana Ruiz <ana@kaffora.example>:',
    'Ana Ruiz <ana@kaffora.example>, 2 Mar 2026 Pzt, 08:15 tarihinde şunu yazdı:',
    'Στις Δευ 2 Μαρ 2026 στις 8:15 π.μ., ο χρήστης Ana <ana@kaffora.example> έγραψε:',
  ])('goes with what it stands above, in one line or folded: %s', (line) => {
    const at = line.lastIndexOf(' ', line.length - 12)
    const folded = `${line.slice(0, at)}\n${line.slice(at + 1)}`
    for (const one of [line, folded]) {
      expect(fresh(`It hums.\n\n${one}\n\n> old words\n> more`)).toBe('It hums.')
      expect(fresh(`${one}\n> first?\n\nYes.\n\n> second?\n\nNo.`)).toBe('Yes.\n\nNo.')
      expect(fresh(`It hums.\n\n${one}\n\nold words without marks`)).toBe('It hums.')
    }
  })

  it.each([
    'On 2 March your colleague wrote:\nWe will send a new one.\nNobody did.',
    'Am 2. März schrieb mir Ihre Kollegin etwas anderes.',
    'Le 2 mars 2026 vous avez écrit : non.',
    'I wrote at 10:15 and again at 11:20:\nno answer.',
  ])('is not what a customer says: %j', (text) => {
    expect(fresh(text)).toBe(text)
  })
})

describe('the end of a mail', () => {
  it.each([
    'Sent from my iPad',
    'Sent from Outlook for Android',
    'Get Outlook for iOS',
    'Sent via my mobile',
    'Von meinem iPad gesendet',
    'Gesendet mit der GMX Mail App',
    'Envoyé de mon iPhone',
    'Enviado desde mi Xiaomi',
    'Inviato dal mio Galaxy',
    'Enviado do meu iPhone',
    'Verstuurd vanaf mijn iPhone',
    'Skickat från min iPhone',
    'Sendt fra min iPhone',
    'Wysłane z telefonu Galaxy',
    'iPadから送信',
    '发自我的iPhone',
    'Отправлено с iPhone',
    'Lähetetty iPhonesta',
    'iPhone’umdan gönderildi',
  ])('is no words of theirs: %s', (line) => {
    expect(fresh(`It hums.\n\n${line}`)).toBe('It hums.')
    expect(fresh(`It hums.\n\n${line}\n\nOn 2 Mar 2026, at 08:15, Ana <ana@kaffora.example> wrote:\n> old`)).toBe(
      'It hums.',
    )
    expect(fresh(line)).toBe('')
  })

  it('is theirs where it goes on', () => {
    const text =
      'It was sent from my phone to yours.\n\nSent from my old address, since the new one does not work. What is wrong with it?'
    expect(fresh(text)).toBe(text)
  })

  it('leaves out a signature and what a list adds, not what is answered below', () => {
    expect(fresh('It hums.\n-- \nLea Orth\nMill Street 3')).toBe('It hums.')
    expect(
      fresh('It hums.\n-- \nLea\n\nOn 2 Mar 2026 at 08:15, Ana <ana@kaffora.example> wrote:\n> when?\n\nAlways.'),
    ).toBe('It hums.\n\nAlways.')
  })
})

describe('marked-up mail', () => {
  it.each<[string, string, string]>([
    ['a citation', '<p>It hums.</p><blockquote type="cite"><p>old</p></blockquote>', 'It hums.'],
    ['a bare quotation', '<p>It hums.</p><blockquote><p>old</p></blockquote>', 'It hums.'],
    [
      'a paragraph that is set in',
      '<p>It</p><blockquote style="margin:0 0 0 40px;border:none;padding:0"><p>hums.</p></blockquote>',
      'It\n\nhums.',
    ],
    [
      'answers between',
      '<blockquote type="cite">on?</blockquote><p>Yes.</p><blockquote type="cite"><blockquote>older</blockquote>red?</blockquote><p>No.</p>',
      'Yes.\n\nNo.',
    ],
    ['a citation that is never closed', '<p>It hums.</p><blockquote type="cite"><p>old', 'It hums.'],
    [
      'Proton',
      '<div>It hums.</div><div class="protonmail_signature_block">Sent with Proton Mail</div><div class="protonmail_quote">On Monday, March 2nd, 2026 at 08:15, Ana &lt;a@k.example&gt; wrote:<blockquote class="protonmail_quote" type="cite">old</blockquote></div>',
      'It hums.',
    ],
    [
      'Outlook on the web',
      '<div>It hums.</div><div id="x_Signature"></div><hr><div id="x_divRplyFwdMsg"><b>De:</b> Ana</div><div>old</div>',
      'It hums.',
    ],
    ['only a citation', '<blockquote type="cite">old</blockquote>', ''],
  ])('%s', (_what, html, expected) => {
    expect(freshOf(html)).toBe(expected)
  })

  it('takes no longer for very many tags', () => {
    expect(freshOf('<blockquote>'.repeat(100_000))).toBe('')
    expect(freshOf(`x${'<blockquote>a</blockquote>'.repeat(30_000)}`)).toBe('x')
  })
})
