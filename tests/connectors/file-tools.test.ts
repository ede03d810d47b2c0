import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { exportNamed } from '#engine/connectors/file/known-exports.ts'
import { readContent, type Everything } from './reading-files.ts'

/** What a row says: id, handle, followers, time and text. */
type Said = [id: string | null, handle: string | null, followers: number | null, at: string, text: string]
const said = ({ drafts }: Everything): Said[] =>
  drafts.map(({ externalId, author, publishedAt, text }) => [
    externalId.startsWith('row-') ? null : externalId,
    author?.handle ?? null,
    author?.followers ?? null,
    new Date(publishedAt).toISOString().slice(0, 19),
    text,
  ])
const csv = (rows: string[][], delimiter = ',', end = '\r\n'): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + end).join('')
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('exports of listening tools', () => {
  it('Brandwatch: lines about the report, two dates, columns that nobody filled, words over lines', async () => {
    const about = `\uFEFF"Report:","Bulk Mentions Download"\n"Brand:","Kaffa & Sons"\n"From:","Fri Nov 20 00:00:00 UTC 2026"\n"To:","Sat Nov 21 00:00:00 UTC 2026"\n"Label:","Kaffa ""all"", EN"\n\n`
    const head = `Query Id,Query Name,Date,Added,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country Code,Account Type,Author,Avatar,Full Name,Full Text,Gender,Impressions,Thread Id,Resource Id,Twitter Author ID,Twitter Followers,Twitter Following,Twitter Reply to`
    const rows = csv(
      [
        [
          '2003',
          'kaffa',
          '2026-11-20 10:04:05.0',
          '2026-11-20 10:09:11.5',
          'The new grinder',
          'The new grinder hums',
          'https://x.example/a/status/1',
          'x.com',
          'negative',
          'twitter',
          'en',
          'GBR',
          'individual',
          'mira_k',
          '',
          'Mira K',
          'The new grinder hums.\n\nAnd "it" leaks, too;\nhelp',
          'female',
          '0',
          '',
          '1859012345678901234',
          '7788990011223344',
          '12345',
          '77',
          '',
        ],
        [
          '2003',
          'kaffa',
          '2026-11-20 10:04:59.0',
          '2026-11-20 10:09:12.5',
          '',
          'Mine is fine',
          'https://forum.example/t/9',
          'forum.example',
          'neutral',
          'forum',
          'en',
          '',
          '',
          'teo',
          '',
          '',
          'Mine is fine, thanks',
          '',
          '',
          '',
          'a81f',
          '',
          '',
          '',
          '',
        ],
      ],
      ',',
      '\n',
    )
    const read = await readContent(`${about}${head}\n${rows}`)
    expect([exportNamed(read.columns), read.leadIn, read.bad]).toEqual(['Brandwatch', 5, []])
    expect(said(read)).toEqual([
      [
        '1859012345678901234',
        'mira_k',
        12345,
        '2026-11-20T10:04:05',
        'The new grinder hums.\n\nAnd "it" leaks, too;\nhelp',
      ],
      ['a81f', 'teo', null, '2026-11-20T10:04:59', 'Mine is fine, thanks'],
    ])
    expect(read.drafts.map(({ told, url }) => [told?.mood, told?.network, url])).toEqual([
      ['negative', 'twitter', 'https://x.example/a/status/1'],
      ['neutral', 'forums', 'https://forum.example/t/9'],
    ])
  })

  it('Meltwater: UTF-16 with tabs, the day twice and the clock apart, followers with commas', async () => {
    const head = [
      'Date',
      'Headline',
      'URL',
      'Opening Text',
      'Hit Sentence',
      'Source',
      'Influencer',
      'Country',
      'Subregion',
      'Language',
      'Reach',
      'Twitter Social Echo',
      'Sentiment',
      'Key Phrases',
      'Input Name',
      'Tweet Id',
      'Twitter Id',
      'Twitter Screen Name',
      'User Profile Url',
      'Twitter Bio',
      'Twitter Followers',
      'Alternate Date Format',
      'Time',
      'Document Tags',
    ]
    const rows = [
      [
        '20-Nov-2026 11:04PM',
        '',
        'https://x.example/1',
        '',
        'QT @kaffa: the "grinder" hums',
        'X',
        '@mira_k',
        'United Kingdom',
        '',
        'English',
        '12345',
        '',
        'Negative',
        '',
        'Kaffa',
        '"1859012345678901234"',
        '"77889900"',
        '@mira_k',
        'https://x.example/mira_k',
        'I roast',
        '12,345',
        '20-Nov-26',
        '11:04PM',
        '',
      ],
      [
        '20-Nov-2026 12:30AM',
        'Roasters meet in Porto',
        'https://news.example/2',
        'Roasters from all over',
        'The grinders of Kaffa were loud.',
        'Diário',
        'Ana Sá',
        'Portugal',
        '',
        'English',
        '1200345',
        '',
        'Neutral',
        '',
        'Kaffa',
        '',
        '',
        '',
        '',
        '',
        '',
        '20-Nov-26',
        '12:30AM',
        '',
      ],
    ]
    const read = await readContent(utf16(csv([head, ...rows], '\t')))
    expect([exportNamed(read.columns), read.bad]).toEqual(['Meltwater', []])
    expect(said(read)).toEqual([
      ['1859012345678901234', '@mira_k', 12345, '2026-11-20T23:04:00', 'QT @kaffa: the "grinder" hums'],
      [null, 'Ana Sá', null, '2026-11-20T00:30:00', 'The grinders of Kaffa were loud.'],
    ])
  })

  it('Talkwalker: dotted names, an author below other words, an instant in milliseconds', async () => {
    const head =
      'search_indexed,published,url,domain_url,title,content,content_snippet,lang,post_type,sentiment,reach,engagement,article_extended_attributes.num_likes,article_extended_attributes.num_shares,extra_author_attributes.id,extra_author_attributes.name,extra_author_attributes.short_name,extra_author_attributes.url,extra_source_attributes.name,source_extended_attributes.twitter_followers,matched_profile'
    const rows = csv(
      [
        [
          '1795169104000',
          '1795169045000',
          'https://x.example/1',
          'https://x.example',
          '',
          'The grinder hums all day, "really"',
          'The grinder hums',
          'en',
          'TEXT',
          '-5',
          '120.0',
          '3',
          '3',
          '1',
          'ex:x.example-77',
          'Mira K',
          'mira_k',
          'https://x.example/mira_k',
          'x',
          '12345.0',
          'kaffa',
        ],
        [
          '1795169105000',
          '1795169099000',
          'https://b.example/2',
          'https://b.example',
          'On grinders',
          'Mine never\nhums',
          'Mine never',
          'en',
          'TEXT',
          '0',
          '1.0',
          '0',
          '',
          '',
          '',
          'Teo',
          '',
          '',
          'b',
          '',
          'kaffa',
        ],
      ],
      ',',
      '\n',
    )
    const read = await readContent(`${head}\n${rows}`)
    expect(exportNamed(read.columns)).toBe('Talkwalker')
    expect(said(read)).toEqual([
      [null, 'mira_k', 12345, '2026-11-20T10:04:05', 'The grinder hums all day, "really"'],
      [null, 'Teo', null, '2026-11-20T10:04:59', 'Mine never\nhums'],
    ])
    expect(read.drafts.map(({ engagement }) => engagement?.likes)).toEqual([3, undefined])
  })

  it('Sprout Social: the zone of the report in the head, half days, its own messages beside those of customers', async () => {
    const head = [
      'Timestamp (ET)',
      'Message ID',
      'Message Type',
      'Network',
      'Profile',
      'Sender',
      'Sender Followers',
      'Message',
      'Link',
      'Tags',
      'Tags',
    ]
    const rows = [
      [
        '11/20/2026 1:05:07 pm',
        '1859012345678901234',
        'Mention',
        'X',
        'Kaffa',
        '@mira_k',
        '12,345',
        'It hums;\nagain',
        'https://x.example/1',
        '',
        '',
      ],
      [
        '11/20/2026 12:05:08 am',
        '18590_77',
        'Direct Message',
        'Facebook',
        'Kaffa',
        'Teo Ba',
        '',
        'Hello, who is there?',
        '',
        'service',
        'open',
      ],
      ['', '', '', '', '', 'Total', '12,345', '', '', '', ''],
    ]
    const read = await readContent(csv([['Messages Report'], ['Kaffa', 'November 20, 2026'], [], head, ...rows]))
    expect(said(read)).toEqual([
      ['1859012345678901234', '@mira_k', 12345, '2026-11-20T18:05:07', 'It hums;\nagain'],
      ['18590_77', 'Teo Ba', null, '2026-11-20T05:05:08', 'Hello, who is there?'],
    ])
    expect(read.drafts.map(({ kind, told }) => [kind, told?.network])).toEqual([
      ['post', 'x'],
      ['message', 'facebook'],
    ])
    expect(read.dropped.map(({ reason }) => reason)).toEqual(['empty'])
  })

  it('Hootsuite: ids that Excel rounded, one id for many', async () => {
    const head = [
      'Date (GMT)',
      'Social Network',
      'Post ID',
      'Post Permalink',
      'Username',
      'Followers',
      'Post Message',
      'Sentiment',
    ]
    const rows = [
      ['20/11/2026 01:05:07 PM', 'X (Twitter)', '1.85901E+18', '', 'mira_k', '12345', 'It hums', 'Negative'],
      ['20/11/2026 01:05:08 PM', 'X (Twitter)', '1.85901E+18', '', 'teo', '7', 'Mine too', 'Negative'],
      ['05/11/2026 12:00:01 AM', 'X (Twitter)', '1.85901E+18', '', 'ana', '', 'Mine, "never"', 'Neutral'],
    ]
    const read = await readContent(csv([head, ...rows]))
    expect(said(read)).toEqual([
      [null, 'mira_k', 12345, '2026-11-20T13:05:07', 'It hums'],
      [null, 'teo', 7, '2026-11-20T13:05:08', 'Mine too'],
      [null, 'ana', null, '2026-11-05T00:00:01', 'Mine, "never"'],
    ])
    expect(new Set(read.drafts.map(({ externalId }) => externalId)).size).toBe(3)
  })
})

describe('exports of chats and desks', () => {
  it('Telegram: pieces of text, a local and an absolute time, what only happened', async () => {
    const read = await readContent(
      JSON.stringify({
        name: 'Kaffa help',
        type: 'public_supergroup',
        id: 1234567890,
        messages: [
          {
            id: 1,
            type: 'service',
            date: '2026-11-20T11:00:00',
            date_unixtime: '1795168800',
            actor: 'Kaffa',
            actor_id: 'channel1234567890',
            action: 'create_channel',
            text: '',
            text_entities: [],
          },
          {
            id: 2,
            type: 'message',
            date: '2026-11-20T11:04:05',
            date_unixtime: '1795169045',
            from: 'Mira K',
            from_id: 'user77',
            text: ['It ', { type: 'bold', text: 'hums' }, ' see ', { type: 'link', text: 'https://x.example/1' }],
            text_entities: [{ type: 'plain', text: 'It ' }],
          },
          {
            id: 3,
            type: 'message',
            date: '2026-11-20T11:05:05',
            date_unixtime: '1795169105',
            edited: '2026-11-20T11:09:05',
            edited_unixtime: '1795169345',
            from: null,
            from_id: 'user78',
            reply_to_message_id: 2,
            text: 'Mine\ntoo',
            text_entities: [],
          },
          {
            id: 4,
            type: 'message',
            date: '2026-11-20T11:06:05',
            date_unixtime: '1795169165',
            from: 'Ana',
            from_id: 'user79',
            photo: '(File not included)',
            text: '',
            text_entities: [],
          },
        ],
      }),
    )
    expect(exportNamed(read.columns)).toBe('Telegram')
    expect(said(read)).toEqual([
      ['2', 'Mira K', null, '2026-11-20T10:04:05', 'It hums see https://x.example/1'],
      ['3', 'user78', null, '2026-11-20T10:05:05', 'Mine\ntoo'],
    ])
    expect(read.drafts.map(({ inReplyTo }) => inReplyTo)).toEqual([null, '2'])
  })

  it('Slack: seconds with six decimals, names beside the user, links in angle brackets, who joined', async () => {
    const message = (user: string, name: string, ts: string, text: string, more = {}): object => ({
      client_msg_id: `c-${ts}`,
      type: 'message',
      user,
      text,
      ts,
      team: 'T1',
      user_team: 'T1',
      user_profile: { real_name: name, display_name: name.toLowerCase(), name, team: 'T1' },
      ...more,
    })
    const read = await readContent(
      JSON.stringify(
        [
          {
            type: 'message',
            subtype: 'channel_join',
            ts: '1795169000.000100',
            user: 'U1',
            text: '<@U1> has joined the channel',
          },
          message('U1', 'Mira', '1795169045.000200', 'It hums &amp; leaks, see <https://x.example/1|the film>', {
            thread_ts: '1795169045.000200',
            reply_count: 1,
          }),
          message('U2', 'Teo', '1795169105.000300', '<@U1> mine &lt;too&gt;', {
            thread_ts: '1795169045.000200',
            parent_user_id: 'U1',
          }),
        ],
        null,
        4,
      ),
    )
    expect(exportNamed(read.columns)).toBe('Slack')
    expect(
      said(read)
        .slice(-2)
        .map(([, , , at, text]) => [at, text]),
    ).toEqual([
      ['2026-11-20T10:04:05', expect.stringMatching(/^It hums & leaks, see .*the film/)],
      ['2026-11-20T10:05:05', expect.stringMatching(/mine <too>$/)],
    ])
    expect(read.drafts.slice(-2).map(({ author, threadId }) => [author?.id, threadId])).toEqual([
      ['U1', '1795169045.000200'],
      ['U2', '1795169045.000200'],
    ])
  })

  it('Discord: seven decimals and a zone, words over lines, pictures alone', async () => {
    const head = ['AuthorID', 'Author', 'Date', 'Content', 'Attachments', 'Reactions']
    const read = await readContent(
      `\uFEFF${csv([head, ['778899001122334455', 'mira_k', '2026-11-20T11:04:05.1230000+01:00', 'It "hums"\r\n> and leaks', '', '👍 (2)'], ['778899001122334456', 'teo#0042', '2026-11-20T11:05:05.0000000+01:00', '', 'https://cdn.example/a.png', ''], ['778899001122334457', 'ana', '2026-11-20T11:06:05.9990000+01:00', 'Mine too 😢', '', '']], ',', '\n')}`,
    )
    expect(exportNamed(read.columns)).toBe('Discord')
    expect(said(read)).toEqual([
      [null, 'mira_k', null, '2026-11-20T10:04:05', expect.stringContaining('and leaks')],
      [null, 'ana', null, '2026-11-20T10:06:05', 'Mine too 😢'],
    ])
    expect(read.drafts[0]!.author?.id).toBe('778899001122334455')
    expect(read.dropped.map(({ reason }) => reason)).toEqual(['empty'])
  })

  it('Zendesk: a column for sums, ids of many kinds, the ticket as it was first written', async () => {
    const head = [
      'Summation column',
      'Id',
      'Subject',
      'Description',
      'Status',
      'Requester',
      'Requester id',
      'Requester email',
      'Assignee',
      'Created at',
      'Updated at',
      'Via',
    ]
    const read = await readContent(
      csv([
        head,
        [
          '1',
          '4711',
          'Grinder',
          'It hums.\n\nMira',
          'Open',
          'Mira K',
          '77001',
          'm@example.org',
          'Agent',
          '2026-11-20 11:04:05 +0100',
          '2026-11-21 09:00:00 +0100',
          'Mail',
        ],
        [
          '1',
          '4712',
          'Re: "Order" 12',
          'Where is it?',
          'New',
          'Teo Ba',
          '77002',
          't@example.org',
          '',
          '2026-11-20 11:05:05 +0100',
          '2026-11-21 09:00:00 +0100',
          'Web form',
        ],
      ]),
    )
    expect(said(read)).toEqual([
      ['4711', 'Mira K', null, '2026-11-20T10:04:05', 'It hums.\n\nMira'],
      ['4712', 'Teo Ba', null, '2026-11-20T10:05:05', 'Where is it?'],
    ])
    expect(read.drafts.map(({ title, author }) => [title, author?.id])).toEqual([
      ['Grinder', '77001'],
      ['Re: "Order" 12', '77002'],
    ])
  })
})

describe('tables as spreadsheets and databases save them', () => {
  it('Excel in German: semicolons, its own letters, groups by dots, ids kept by a formula, a sum below', async () => {
    const text = `Beitrag-ID;Datum;Autor;Abonnenten;Text;Reichweite;;\r\n="1859012345678901234";20.11.2026 13:05:07;mira_k;12.345;"Sie brummt; ""immer""\nnoch – schade";1.234,50;;\r\n="1859012345678901235";05.11.2026 00:00:01;teo;1.200.345;Meine läuft schön für 5 €;12,00;;\r\nSumme;;;1.212.690;;1.246,50;;\r\n`
    const read = await readContent(iconv.encode(text, 'windows-1252'))
    expect(said(read)).toEqual([
      ['1859012345678901234', 'mira_k', 12345, '2026-11-20T13:05:07', 'Sie brummt; "immer"\nnoch – schade'],
      ['1859012345678901235', 'teo', 1200345, '2026-11-05T00:00:01', 'Meine läuft schön für 5 €'],
    ])
    expect([read.dropped.map(({ reason }) => reason), read.bad]).toEqual([['empty'], []])
  })

  it('Excel in Arabic: Unicode text, digits and half days of its own', async () => {
    const rows = [
      ['المعرف', 'التاريخ', 'الكاتب', 'المتابعون', 'النص', 'الرابط'],
      ['1859012345678901234', '٢٠/١١/٢٠٢٦ ٠١:٠٥:٠٧ م', 'منى', '١٢٬٣٤٥', 'المطحنة تصدر "ضجيجا"', 'https://x.example/1'],
      ['1859012345678901235', '٠٥/١١/٢٠٢٦ ١٢:٠٠:٠١ ص', 'سامي', '٧', 'مطحنتي جيدة', 'https://x.example/2'],
    ]
    const read = await readContent(
      utf16(
        rows
          .map((row) => row.map((cell) => (cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
          .join('\r\n'),
      ),
    )
    expect(said(read)).toEqual([
      ['1859012345678901234', 'منى', 12345, '2026-11-20T13:05:07', 'المطحنة تصدر "ضجيجا"'],
      ['1859012345678901235', 'سامي', 7, '2026-11-05T00:00:01', 'مطحنتي جيدة'],
    ])
  })

  it('Excel in Japanese: Shift JIS, half days before the hour, ten thousands', async () => {
    const text = `投稿ID,投稿日時,ユーザー名,フォロワー数,本文,URL\r\n1859012345678901234,2026/11/20 午後 1:05:07,ミラ,1.2万,"豆が挽けません。""毎日""\n困っています",https://x.example/1\r\n1859012345678901235,2026/11/05 午前 0:00:01,テオ,"12,345",うちのは大丈夫です,https://x.example/2\r\n`
    const read = await readContent(iconv.encode(text, 'shift_jis'))
    expect(said(read)).toEqual([
      ['1859012345678901234', 'ミラ', 12000, '2026-11-20T13:05:07', '豆が挽けません。"毎日"\n困っています'],
      ['1859012345678901235', 'テオ', 12345, '2026-11-05T00:00:01', 'うちのは大丈夫です'],
    ])
  })

  it('SQL Server: a line of dashes below the head, blanks up to the width, a count below', async () => {
    const rows = [
      ['PostID', 'Body', 'CreatedAt', 'UserName', 'FollowerCount'],
      [
        '-------------------',
        '------------------------------',
        '--------------------------------',
        '----------',
        '-------------',
      ],
      ['1859012345678901234', 'It hums, all day', '2026-11-20 13:05:07.1234567', 'mira_k', '12345'],
      ['1859012345678901235', 'Mine is fine', '2026-11-05 00:00:01.0000000', 'teo', 'NULL'],
    ]
    const width = [19, 30, 32, 10, 13]
    const text = rows.map((row) => row.map((cell, i) => cell.padEnd(width[i]!)).join(';')).join('\r\n')
    const read = await readContent(utf16(`${text}\r\n\r\n(2 rows affected)\r\n`))
    expect(said(read)).toEqual([
      ['1859012345678901234', 'mira_k', 12345, '2026-11-20T13:05:07', 'It hums, all day'],
      ['1859012345678901235', 'teo', null, '2026-11-05T00:00:01', 'Mine is fine'],
    ])
    expect(read.bad).toHaveLength(1)
  })

  it('phpMyAdmin: quotes behind backslashes, nothing as NULL, days that never were', async () => {
    const rows = String.raw`"id";"user";"followers";"created_at";"text"
"1859012345678901234";"mira_k";"12345";"2026-11-20 13:05:07";"It \"hums\"; all day\\night"
"1859012345678901235";NULL;NULL;"2026-11-05 00:00:01";"Mine is fine"
"1859012345678901236";"ana";"0";"0000-00-00 00:00:00";"Mine never came"
`
    const read = await readContent(rows)
    expect(said(read)).toEqual([
      ['1859012345678901234', 'mira_k', 12345, '2026-11-20T13:05:07', 'It "hums"; all day\\night'],
      ['1859012345678901235', null, null, '2026-11-05T00:00:01', 'Mine is fine'],
    ])
    expect(read.dropped.map(({ reason }) => reason)).toEqual(['no date'])
    const json = JSON.stringify([
      { type: 'header', version: '5.2.1', comment: 'Export to JSON plugin for PHPMyAdmin' },
      { type: 'database', name: 'kaffa' },
      {
        type: 'table',
        name: 'posts',
        database: 'kaffa',
        data: [
          { id: '7', user: 'mira_k', created_at: '2026-11-20 13:05:07', text: 'It hums' },
          { id: '8', user: null, created_at: '2026-11-05 00:00:01', text: 'Mine is fine' },
        ],
      },
    ])
    expect(said(await readContent(json))).toEqual([
      ['7', 'mira_k', null, '2026-11-20T13:05:07', 'It hums'],
      ['8', null, null, '2026-11-05T00:00:01', 'Mine is fine'],
    ])
  })
})
