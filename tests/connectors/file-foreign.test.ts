import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readContent, times } from './reading-files.ts'

type Row = [id: string, handle: string | null, at: string, text: string]
const rows = async (content: string | Uint8Array, options = {}): Promise<Row[]> => {
  const read = await readContent(content, options)
  expect(read.bad).toEqual([])
  return read.drafts.map(({ externalId, author, publishedAt, text }) => [
    externalId.startsWith('row-') ? '' : externalId,
    author?.handle ?? null,
    new Date(publishedAt).toISOString().slice(0, 16),
    text,
  ])
}

describe('exports of tools in shapes of their own', () => {
  it.each<[string, string, Row[]]>([
    [
      'Sprinklr: underscores, an instant in milliseconds, a sender of its own',
      'universal_message_id,message_type,sender_screen_name,sender_follower_count,created_time,message,permalink\nTW_1,Twitter Reply,mira_k,1200,1795169045000,The new grinder hums all day,https://x.example/1\nTW_2,Twitter Update,teo,7,1795169105000,Mine is fine so far,https://x.example/2\n',
      [
        ['TW_1', 'mira_k', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['TW_2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'Mention: semicolons, a day and a clock in one cell, a favourite that is none',
      'Favorite;Important;Date;Source;Title;Description;Link;Influence;Sentiment\nno;no;20.11.2026 10:04;twitter;mira_k;The new grinder hums all day;https://x.example/1;31;-1\nno;yes;20.11.2026 10:05;web;Roasters meet;Mine is fine so far;https://n.example/2;54;0\n',
      [
        ['', null, '2026-11-20T10:04', 'The new grinder hums all day'],
        ['', null, '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'Awario: a quoted head, a date as Americans write it',
      '"Author","Author username","Date","Post snippet","Post URL","Reach","Sentiment"\n"Mira K","@mira_k","Nov 20, 2026 10:04 AM","The new grinder hums all day","https://x.example/1","1,200","negative"\n"Teo","@teo","Nov 20, 2026 10:05 AM","Mine is fine so far","https://x.example/2","7","positive"\n',
      [
        ['', '@mira_k', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['', '@teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'Trustpilot: a review with a title, stars and a name',
      'Review Id,Created Date,Consumer Name,Review Title,Review Content,Review Stars\nr1,2026-11-20T10:04:00.000Z,Mira K,Too loud,The new grinder hums all day,1\nr2,2026-11-20T10:05:00.000Z,Teo,Good,Mine is fine so far,5\n',
      [
        ['r1', 'Mira K', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['r2', 'Teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'Google Play: a review and what the house answered',
      'Package Name,App Version Code,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Text,Review Link\ncom.kaffa,12,en,px,2026-11-20T10:04:05Z,1795169045000,1,,The new grinder hums all day,2026-11-22T09:00:00Z,We are sorry to hear that,https://play.example/1\ncom.kaffa,12,de,px,2026-11-20T10:05:05Z,1795169105000,5,,Mine is fine so far,,,https://play.example/2\n',
      [
        ['', null, '2026-11-20T10:04', 'The new grinder hums all day'],
        ['', null, '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'Intercom: a conversation a row',
      'Conversation ID,Created at (UTC),User name,User email,First message,State\n9001,2026-11-20 10:04:05 UTC,Mira K,mira@mill.example,The new grinder hums all day,open\n9002,2026-11-20 10:05:05 UTC,Teo,teo@mill.example,Mine is fine so far,closed\n',
      [
        ['9001', 'Mira K', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['9002', 'Teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'a survey: a time stamp, a question as the name of a column',
      'Timestamp,Email Address,"What went wrong, in your own words?",How likely are you to recommend us?\n11/20/2026 10:04:05,mira@mill.example,The new grinder hums all day,2\n11/21/2026 10:05:05,teo@mill.example,Mine is fine so far,9\n',
      [
        ['', 'mira@mill.example', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['', 'teo@mill.example', '2026-11-21T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'Jira: a key, a summary and a description',
      'Summary,Issue key,Issue id,Status,Reporter,Created,Description\nGrinder,KF-1,10001,Open,mira,20/Nov/26 10:04 AM,The new grinder hums all day\nNothing,KF-2,10002,Done,teo,20/Nov/26 10:05 AM,Mine is fine so far\n',
      [
        ['KF-1', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['KF-2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'WhatsApp’s table of a phone tool',
      'Message ID;Sender;Date/Time;Message\n3A1;+49 151 2345;20/11/2026, 10:04;The new grinder hums all day\n3A2;Teo;20/11/2026, 10:05;Mine is fine so far\n',
      [
        ['3A1', '+49 151 2345', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['3A2', 'Teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'a database’s dump with bars as a frame',
      '| id | created_at          | author | text                         |\n| 1  | 2026-11-20 10:04:00 | mira   | The new grinder hums all day |\n| 2  | 2026-11-20 10:05:00 | teo    | Mine is fine so far          |\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'what mysql prints, with lines between',
      '+----+---------------------+--------+------------------------------+\n| id | created_at          | author | text                         |\n+----+---------------------+--------+------------------------------+\n| 1  | 2026-11-20 10:04:00 | mira   | The new grinder hums all day |\n| 2  | 2026-11-20 10:05:00 | teo    | Mine is fine so far          |\n+----+---------------------+--------+------------------------------+\n2 rows in set (0.00 sec)\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'a table of Markdown',
      '| id | date | author | text |\n|----|:----:|-------:|------|\n| 1 | 2026-11-20 10:04 | mira | The new grinder hums all day |\n| 2 | 2026-11-20 10:05 | teo | Mine is fine so far |\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'what psql prints',
      ' id |     created_at      | author |             text\n----+---------------------+--------+------------------------------\n  1 | 2026-11-20 10:04:00 | mira   | The new grinder hums all day\n  2 | 2026-11-20 10:05:00 | teo    | Mine is fine so far\n(2 rows)\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'PostgreSQL’s own: tabs, \\N for nothing',
      'id\tcreated_at\tauthor\ttext\n1\t2026-11-20 10:04:00+00\tmira\tThe new grinder hums all day\n2\t2026-11-20 10:05:00+00\t\\N\tMine is fine so far\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['2', null, '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'carets and tildes',
      'id^created_at^author^text\n1^2026-11-20 10:04^mira^The new grinder hums; all day, really\n2^2026-11-20 10:05^teo^Mine is fine so far\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'The new grinder hums; all day, really'],
        ['2', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'an index of pandas without a name',
      ',date,user,tweet\n0,2026-11-20 10:04:00,mira,The new grinder hums all day\n1,2026-11-20 10:05:00,teo,Mine is fine so far\n',
      [
        ['', 'mira', '2026-11-20T10:04', 'The new grinder hums all day'],
        ['', 'teo', '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
    [
      'French columns',
      'Identifiant;Auteur;Publié le;Contenu;Abonnés\n1;mira;20/11/2026 10h04;Le moulin ronfle toute la journée;1 200\n2;teo;20/11/2026 10h05;Le mien va bien pour le moment;7\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'Le moulin ronfle toute la journée'],
        ['2', 'teo', '2026-11-20T10:05', 'Le mien va bien pour le moment'],
      ],
    ],
    [
      'Polish columns',
      'Identyfikator;Autor;Data publikacji;Treść;Obserwujący\n1;mira;20.11.2026 10:04;Młynek buczy przez cały dzień;1200\n2;teo;20.11.2026 10:05;Mój na razie działa;7\n',
      [
        ['1', 'mira', '2026-11-20T10:04', 'Młynek buczy przez cały dzień'],
        ['2', 'teo', '2026-11-20T10:05', 'Mój na razie działa'],
      ],
    ],
    [
      'Turkish columns',
      'No;Yazar;Tarih;Metin\n1;mira;20.11.2026 10:04;Değirmen bütün gün uğulduyor\n2;teo;20.11.2026 10:05;Benimki şimdilik iyi\n',
      [
        ['', 'mira', '2026-11-20T10:04', 'Değirmen bütün gün uğulduyor'],
        ['', 'teo', '2026-11-20T10:05', 'Benimki şimdilik iyi'],
      ],
    ],
    [
      'Russian columns',
      'Номер;Автор;Дата;Текст\n1;mira;20.11.2026 10:04;Мельница шумит весь день\n2;teo;20.11.2026 10:05;Моя пока работает\n',
      [
        ['', 'mira', '2026-11-20T10:04', 'Мельница шумит весь день'],
        ['', 'teo', '2026-11-20T10:05', 'Моя пока работает'],
      ],
    ],
    [
      'Chinese columns',
      '序号,作者,发布时间,内容\n1,mira,2026/11/20 10:04,磨豆机整天都在响\n2,teo,2026/11/20 10:05,我的目前还好\n',
      [
        ['', 'mira', '2026-11-20T10:04', '磨豆机整天都在响'],
        ['', 'teo', '2026-11-20T10:05', '我的目前还好'],
      ],
    ],
    [
      'Korean columns',
      '번호,작성자,작성일,내용\n1,mira,2026-11-20 10:04,그라인더가 하루 종일 시끄러워요\n2,teo,2026-11-20 10:05,제 것은 아직 괜찮아요\n',
      [
        ['', 'mira', '2026-11-20T10:04', '그라인더가 하루 종일 시끄러워요'],
        ['', 'teo', '2026-11-20T10:05', '제 것은 아직 괜찮아요'],
      ],
    ],
    [
      'Arabic columns, digits of theirs',
      'الرقم,الكاتب,التاريخ,النص\n١,mira,٢٠٢٦-١١-٢٠ ١٠:٠٤,المطحنة تصدر صوتا طوال اليوم\n٢,teo,٢٠٢٦-١١-٢٠ ١٠:٠٥,مطحنتي بخير حتى الآن\n',
      [
        ['', 'mira', '2026-11-20T10:04', 'المطحنة تصدر صوتا طوال اليوم'],
        ['', 'teo', '2026-11-20T10:05', 'مطحنتي بخير حتى الآن'],
      ],
    ],
    [
      'Dutch columns and a clock of its own',
      'Datum;Tijd;Naam;Bericht\n20-11-2026;10.04;mira;De molen bromt de hele dag\n20-11-2026;10.05;teo;De mijne is tot nu toe goed\n',
      [
        ['', 'mira', '2026-11-20T10:04', 'De molen bromt de hele dag'],
        ['', 'teo', '2026-11-20T10:05', 'De mijne is tot nu toe goed'],
      ],
    ],
    [
      'a head that is repeated where pages were put together',
      'id,date,text\n1,2026-11-20 10:04,The new grinder hums all day\nid,date,text\n2,2026-11-20 10:05,Mine is fine so far\n',
      [
        ['1', null, '2026-11-20T10:04', 'The new grinder hums all day'],
        ['2', null, '2026-11-20T10:05', 'Mine is fine so far'],
      ],
    ],
  ])('%s', async (_, content, right) => {
    expect(await rows(content)).toEqual(right)
  })
})

describe('letters of other spreadsheets', () => {
  const table = (date: string, ...texts: string[]): string =>
    `id;date;text\n${texts.map((text, i) => `${i};${date};${text}`).join('\n')}\n`
  it.each<[string, string, string[]]>([
    ['windows-1250', 'cs', ['Mlýnek hučí celý den a nikdo neodpovídá', 'Můj zatím funguje, děkuji pěkně']],
    ['windows-1251', 'bg', ['Мелничката бучи цял ден и никой не отговаря', 'Моята засега е добре, благодаря']],
    ['windows-1253', 'el', ['Ο μύλος βουίζει όλη μέρα και κανείς δεν απαντά', 'Ο δικός μου είναι καλά']],
    ['windows-1254', 'tr', ['Değirmen bütün gün uğulduyor, kimse yanıt vermiyor', 'Benimki şimdilik iyi çalışıyor']],
    ['windows-1255', 'he', ['המטחנה מזמזמת כל היום ואף אחד לא עונה', 'שלי בסדר בינתיים']],
    ['windows-1256', 'ar', ['المطحنة تصدر صوتا طوال اليوم ولا أحد يجيب', 'مطحنتي بخير حتى الآن']],
    ['koi8-r', 'ru', ['Мельница шумит весь день, и никто не отвечает', 'Моя пока работает хорошо']],
    ['shift_jis', 'ja', ['ミルが一日中うるさいのに誰も答えてくれません', '私のは今のところ大丈夫です']],
    ['gb18030', 'zh', ['磨豆机整天都在响，没有人回答我的问题', '我的目前还好，谢谢你们的帮助']],
    ['big5', 'zh', ['磨豆機整天都在響，沒有人回答我的問題', '我的目前還好，謝謝你們的幫助']],
    ['euc-kr', 'ko', ['그라인더가 하루 종일 시끄러운데 아무도 답하지 않아요', '제 것은 아직 괜찮아요 감사합니다']],
    ['utf-16be', 'de', ['Die Mühle brummt den ganzen Tag', 'Meine läuft bisher gut']],
    [
      'macintosh',
      'de',
      ['Die Mühle brummt den ganzen Tag, größer wäre schöner', 'Meine läuft bisher gut, danke für die Mühe'],
    ],
  ])('%s', async (encoding, _language, texts) => {
    const many = [...texts, ...texts.map((text) => `${text}!`), ...texts.map((text) => `${text} (2)`)]
    const bytes = iconv.encode(table('2026-11-20 10:04', ...many), encoding, { addBOM: encoding === 'utf-16be' })
    expect((await rows(bytes)).map((row) => row[3])).toEqual(many)
  })
})

describe('objects as programs print them', () => {
  it.each<[string, string]>([
    [
      'PHP’s print of JSON',
      '[{"id":1,"created_at":"2026-11-20T10:04:00+00:00","text":"The new grinder hums all day","url":"https:\\/\\/x.example\\/1"},{"id":2,"created_at":"2026-11-20T10:05:00+00:00","text":"Mine is fine so far"}]',
    ],
    [
      'Go’s log lines',
      '{"level":"info","ts":1795169040.5,"msg":"got post","post":{"id":"1","created_at":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"}}\n{"level":"info","ts":1795169040.9,"msg":"got post","post":{"id":"2","created_at":"2026-11-20T10:05:00Z","text":"Mine is fine so far"}}\n',
    ],
    [
      'GraphQL',
      JSON.stringify({
        data: {
          posts: {
            edges: [
              { node: { id: '1', createdAt: '2026-11-20T10:04:00Z', body: 'The new grinder hums all day' } },
              { node: { id: '2', createdAt: '2026-11-20T10:05:00Z', body: 'Mine is fine so far' } },
            ],
          },
        },
      }),
    ],
    [
      'Elasticsearch, lines of a bulk load',
      '{"index":{"_index":"posts","_id":"1"}}\n{"created_at":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"}\n{"index":{"_index":"posts","_id":"2"}}\n{"created_at":"2026-11-20T10:05:00Z","text":"Mine is fine so far"}\n',
    ],
    [
      'MongoDB’s extended JSON',
      '{"_id":{"$oid":"65f0a1"},"createdAt":{"$date":"2026-11-20T10:04:00Z"},"text":"The new grinder hums all day"}\n{"_id":{"$oid":"65f0a2"},"createdAt":{"$date":{"$numberLong":"1795169100000"}},"text":"Mine is fine so far"}\n',
    ],
    [
      'CouchDB',
      '{"total_rows":2,"offset":0,"rows":[\n{"id":"1","key":"1","value":{"rev":"1-a"},"doc":{"_id":"1","created":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"}},\n{"id":"2","key":"2","value":{"rev":"1-b"},"doc":{"_id":"2","created":"2026-11-20T10:05:00Z","text":"Mine is fine so far"}}\n]}',
    ],
    [
      'Firebase',
      JSON.stringify({
        posts: {
          '-Nx1': { date: 1795169040000, text: 'The new grinder hums all day' },
          '-Nx2': { date: 1795169100000, text: 'Mine is fine so far' },
        },
      }),
    ],
    [
      'phpMyAdmin',
      '[\n{"type":"header","version":"5.2","comment":"Export to JSON plugin for PHPMyAdmin"},\n{"type":"database","name":"shop"},\n{"type":"table","name":"posts","database":"shop","data":\n[\n{"id":"1","created_at":"2026-11-20 10:04:00","text":"The new grinder hums all day"},\n{"id":"2","created_at":"2026-11-20 10:05:00","text":"Mine is fine so far"}\n]\n}\n]\n',
    ],
    [
      'a JSON text sequence',
      '\u001e{"date":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"}\n\u001e{"date":"2026-11-20T10:05:00Z","text":"Mine is fine so far"}\n',
    ],
    [
      'lines with commas behind',
      '{"date":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"},\n{"date":"2026-11-20T10:05:00Z","text":"Mine is fine so far"},\n',
    ],
    [
      'events of a server',
      'event: update\ndata: {"created_at":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"}\n\nevent: update\ndata: {"created_at":"2026-11-20T10:05:00Z","text":"Mine is fine so far"}\n\n',
    ],
    [
      'columns and rows apart (pandas, split)',
      JSON.stringify({
        columns: ['date', 'text'],
        index: [0, 1],
        data: [
          ['2026-11-20T10:04:00Z', 'The new grinder hums all day'],
          ['2026-11-20T10:05:00Z', 'Mine is fine so far'],
        ],
      }),
    ],
    [
      'a list of lists with a head',
      JSON.stringify([
        ['date', 'text'],
        ['2026-11-20T10:04:00Z', 'The new grinder hums all day'],
        ['2026-11-20T10:05:00Z', 'Mine is fine so far'],
      ]),
    ],
    [
      'columns as objects (pandas)',
      JSON.stringify({
        date: { 0: '2026-11-20T10:04:00Z', 1: '2026-11-20T10:05:00Z' },
        text: { 0: 'The new grinder hums all day', 1: 'Mine is fine so far' },
      }),
    ],
    [
      'comments of a person',
      '// our export\n[\n  /* first */ {"date": "2026-11-20T10:04:00Z", "text": "The new grinder hums all day"}, // one\n  {"date": "2026-11-20T10:05:00Z", "text": "Mine is fine so far"},\n]\n',
    ],
    [
      'a fence of a chat',
      '```json\n[{"date":"2026-11-20T10:04:00Z","text":"The new grinder hums all day"},{"date":"2026-11-20T10:05:00Z","text":"Mine is fine so far"}]\n```\n',
    ],
    [
      'JSON that was put into a string',
      JSON.stringify(
        JSON.stringify([
          { date: '2026-11-20T10:04:00Z', text: 'The new grinder hums all day' },
          { date: '2026-11-20T10:05:00Z', text: 'Mine is fine so far' },
        ]),
      ),
    ],
  ])('%s', async (_, content) => {
    const read = await rows(content)
    expect(read.map(([, , at, text]) => [at, text])).toEqual([
      ['2026-11-20T10:04', 'The new grinder hums all day'],
      ['2026-11-20T10:05', 'Mine is fine so far'],
    ])
  })
})

describe('numbers and dates of other habits', () => {
  const at = async (...dates: string[]): Promise<string[]> =>
    times(
      await readContent(
        `id\tdate\ttext\n${dates.map((date, i) => `${i}\t${date}\tsome words of number ${i}`).join('\n')}`,
      ),
    )
  it.each<[string, string[], string[]]>([
    ['Persian calendar', ['۱۴۰۵/۰۸/۲۹ ۱۰:۰۴', '۱۴۰۵/۰۹/۰۱ ۱۰:۰۵'], ['2026-11-20T10:04:00Z', '2026-11-22T10:05:00Z']],
    ['Buddhist years', ['20/11/2569 10:04', '21/11/2569 10:05'], ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z']],
    [
      'Minguo years',
      ['民國115年11月20日 10:04', '民國115年11月21日 10:05'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    ['Reiwa', ['令和8年11月20日 10:04', 'R8.11.21 10:05'], ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z']],
    ['ISO weeks', ['2026-W47-5T10:04Z', '2026-W47-6T10:05Z'], ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z']],
    [
      'days of the year',
      ['2026-324T10:04:00Z', '2026-325T10:05:00Z'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    ['no marks', ['20261120T100400Z', '20261121T100500Z'], ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z']],
    ['no marks at all', ['20261120100400', '20261121100500'], ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z']],
    [
      'Microsoft’s JSON',
      ['/Date(1795169040000)/', '/Date(1795255500000+0100)/'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    [
      'a log of a web server',
      ['20/Nov/2026:10:04:00 +0000', '21/Nov/2026:10:05:00 +0000'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    [
      'ordinals',
      ['20th November 2026 10:04', 'November 21st, 2026 at 10:05'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    [
      'a clock before',
      ['10:04 AM · Nov 20, 2026', '10:05 AM · Nov 21, 2026'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    [
      'a weekday behind',
      ['2026-11-20 (Fri) 10:04', '2026-11-21 (Sat) 10:05'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    ['Roman months', ['20 XI 2026 10:04', '21 XI 2026 10:05'], ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z']],
    [
      'commas as decimals of a second',
      ['2026-11-20 10:04:00,123', '2026-11-21 10:05:00,456'],
      ['2026-11-20T10:04:00.123Z', '2026-11-21T10:05:00.456Z'],
    ],
    [
      'nanoseconds',
      ['2026-11-20T10:04:00.123456789Z', '2026-11-21T10:05:00.000000001Z'],
      ['2026-11-20T10:04:00.123Z', '2026-11-21T10:05:00Z'],
    ],
    [
      'an apostrophe that keeps it text',
      ["'2026-11-20 10:04", "'2026-11-21 10:05"],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
    [
      'snowflakes in place of dates are none',
      ['Fri Nov 20 10:04:00 +0000 2026', 'Sat Nov 21 10:05:00 +0000 2026'],
      ['2026-11-20T10:04:00Z', '2026-11-21T10:05:00Z'],
    ],
  ])('%s', async (_, dates, right) => {
    expect(await at(...dates)).toEqual(right)
  })

  const followers = async (...cells: string[]): Promise<(number | null)[]> =>
    (
      await readContent(
        `id\tcreated_at\ttext\tuser\tfollowers\n${cells.map((cell, i) => `${i}\t2026-11-20\tone two three ${i}\tu\t${cell}`).join('\n')}`,
      )
    ).drafts.map(({ author }) => author!.followers)
  it.each<[string, string[], (number | null)[]]>([
    ['Persian digits', ['۱۲۳۴۵', '۷'], [12345, 7]],
    ['Arabic marks', ['١٢٬٣٤٥', '٧'], [12345, 7]],
    ['Devanagari', ['१२,३४५', '७'], [12345, 7]],
    ['full width', ['１２，３４５', '７'], [12345, 7]],
    ['words of thousands', ['12 тыс.', '1,2 млн'], [12000, 1200000]],
    ['Spanish', ['12 mil', '1,2 M'], [12000, 1200000]],
    ['Chinese', ['1.2万', '3亿'], [12000, 300000000]],
    ['Korean', ['1.2만', '7천'], [12000, 7000]],
    ['a sign and a plus', ['+12', '1,234+'], [12, 1234]],
    ['a unit behind', ['12 followers', '7 followers'], [12, 7]],
    ['nothing', ['-', 'n/a'], [null, null]],
  ])('%s', async (_, cells, right) => {
    expect(await followers(...cells)).toEqual(right)
  })
})
