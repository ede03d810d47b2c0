import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Channel } from '#shared/model/handoff.ts'
import { failureInside } from '#engine/handoffs/failure-inside.ts'
import { markdownSafe, slackSafe, trackerSafe } from '#engine/handoffs/neutral.ts'
import { subjectOf, testPayload } from '#engine/handoffs/payload.ts'
import { post } from '#engine/handoffs/post.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { HttpProblem } from '#engine/platform/http.ts'
import { createHttp } from '#engine/platform/http-client.ts'

const channel = (kind: Channel['kind'], config: Record<string, string> = {}): Channel => ({
  id: 'chan_1',
  deskId: 'desk_care',
  kind,
  name: 'Care tool',
  enabled: true,
  config,
})

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A receiver on bare sockets: `answer` gets the socket when the whole request has arrived. */
async function bare(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    let heard = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      heard += chunk.toString()
      if (heard.endsWith('{"a":1}')) answer(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
}

const postTo = (url: string, kind: Channel['kind'] = 'tracker') => {
  const http = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
  closing.push(() => http.close())
  return post({ url, method: 'POST', body: '{"a":1}', headers: {} }, channel(kind), { http, now: () => 0 })
}

const chunked = (type: string, ...chunks: string[]): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n` +
  chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`).join('')

describe('what the end of a request means', () => {
  it.each<[what: string, outcome: string, answer: (socket: Socket) => void]>([
    ['cut before a word of answer', 'unknown', (socket) => socket.destroy()],
    ['reset before a word of answer', 'unknown', (socket) => socket.resetAndDestroy()],
    ['cut in the head', 'unknown', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    ['cut in the body', 'unknown', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"ok":t')],
    ['cut between chunks', 'unknown', (socket) => socket.end(chunked('application/json', '{"ok":', 'true}'))],
    [
      'a failure in chunks',
      'refused',
      (socket) => socket.end(`${chunked('application/json', '{"ok":', 'false,"err', 'or":"no_text"}')}0\r\n\r\n`),
    ],
    [
      'a success in chunks',
      'sent',
      (socket) => socket.end(`${chunked('application/json', '{"ok":', 'true}')}0\r\n\r\n`),
    ],
    ['something that is not HTTP', 'unknown', (socket) => socket.end('220 mail.example ESMTP\r\n')],
    [
      'a gateway that gave up waiting',
      'unknown',
      (socket) => socket.end('HTTP/1.1 504 Gateway Timeout\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'a gateway of Cloudflare that did',
      'unknown',
      (socket) => socket.end('HTTP/1.1 524 X\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'nothing behind the gateway',
      'later',
      (socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'an interim answer before',
      'sent',
      (socket) => socket.end('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'),
    ],
    ['gone', 'refused', (socket) => socket.end('HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n')],
    [
      'several choices',
      'refused',
      (socket) => socket.end('HTTP/1.1 300 Multiple Choices\r\nlocation: /a\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'a proxy that is asked',
      'refused',
      (socket) => socket.end('HTTP/1.1 305 Use Proxy\r\nlocation: http://p.example/\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'a redirect without an address',
      'refused',
      (socket) => socket.end('HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'a page that sends on by a header',
      'refused',
      (socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nrefresh: 0; url=/login\r\ncontent-length: 26\r\n\r\n<html><body></body></html>',
        ),
    ],
  ])('%s: %s', async (_what, outcome, answer) => {
    expect(await postTo(await bare(answer))).toMatchObject({ outcome })
  })

  it.each<[what: string, cause: object, outcome: string]>([
    ['no way there', Object.assign(new Error(), { code: 'ENETUNREACH', syscall: 'connect' }), 'later'],
    ['no connection in time', Object.assign(new Error(), { code: 'UND_ERR_CONNECT_TIMEOUT' }), 'later'],
    [
      'no connection in time, of the system',
      Object.assign(new Error(), { code: 'ETIMEDOUT', syscall: 'connect' }),
      'later',
    ],
    [
      'none of its addresses',
      new AggregateError([
        { code: 'ECONNREFUSED', syscall: 'connect' },
        { code: 'ENETUNREACH', syscall: 'connect' },
      ]),
      'later',
    ],
    ['no answer in time', Object.assign(new Error(), { code: 'UND_ERR_HEADERS_TIMEOUT' }), 'unknown'],
    ['a silent line', Object.assign(new Error(), { code: 'ETIMEDOUT', syscall: 'read' }), 'unknown'],
  ])('%s', async (_what, cause, outcome) => {
    const http = {
      fetch: () => Promise.reject(new HttpProblem('timeout', 'https://x.example', 'http.noAnswerInTime', cause)),
    }
    const ended = await post({ url: 'https://x.example/', method: 'POST', body: '', headers: {} }, channel('chat'), {
      http,
      now: () => 0,
    })
    expect(ended.outcome).toBe(outcome)
  })
})

const inside = (kind: Channel['kind'], body: string, type = 'application/json', flavour = 'slack') =>
  failureInside(
    { status: 200, url: 'https://x.example/', headers: { 'content-type': type }, body: Buffer.from(body) },
    channel(kind, { flavour }),
  )

describe('a failure told inside a 200, in the manner of', () => {
  it.each<[tool: string, kind: Channel['kind'], body: string, why: RegExp, type?: string]>([
    ['Jira', 'tracker', '{"errorMessages":["Field project is required"],"errors":{}}', /project is required/],
    ['Jira, by field', 'tracker', '{"errorMessages":[],"errors":{"summary":"Summary is too long"}}', /too long/],
    ['Linear', 'tracker', '{"data":{"issueCreate":{"success":false,"issue":null}}}', /./],
    [
      'GitLab GraphQL',
      'tracker',
      '{"data":{"createIssue":{"issue":null,"errors":["Title can\'t be blank"]}}}',
      /blank/,
    ],
    ['Shopify', 'tracker', '{"data":{"x":{"userErrors":[{"message":"Tag is invalid"}]}}}', /Tag is invalid/],
    [
      'OTRS and Znuny',
      'tracker',
      '{"Error":{"ErrorCode":"TicketCreate.AuthFail","ErrorMessage":"Authorization failing!"}}',
      /Authorization/,
    ],
    ['Request Tracker', 'tracker', 'RT/4.4.4 401 Credentials required\n', /401/, 'text/plain'],
    [
      'Request Tracker, in words',
      'tracker',
      'RT/4.4.4 200 Ok\n\n# Could not create ticket.\n# Queue not set',
      /Could not/,
      'text/plain',
    ],
    ['Salesforce', 'tracker', '[{"message":"Bad value","errorCode":"INVALID_FIELD"}]', /Bad value/],
    ['a batch', 'webhook', '{"accepted":0,"failed":1,"failures":[{"message":"no such queue"}]}', /no such queue/],
    ['a batch with items', 'webhook', '{"results":[{"status":"ok"},{"status":"error","message":"full"}]}', /full/],
    [
      'Firebase',
      'webhook',
      '{"multicast_id":1,"success":0,"failure":1,"results":[{"error":"NotRegistered"}]}',
      /NotRegistered/,
    ],
    ['Kinesis', 'webhook', '{"FailedRecordCount":1,"Records":[{"ErrorCode":"Throttled"}]}', /./],
    ['.NET', 'webhook', '{"IsSuccess":false,"Message":"Key missing"}', /Key missing/],
    [
      'WordPress',
      'webhook',
      '{"code":"rest_forbidden","message":"Sorry, not allowed.","data":{"status":401}}',
      /not allowed/,
    ],
    ['digits', 'webhook', '{"statusCode":"500","message":"boom"}', /boom/],
    [
      'a problem (RFC 9457)',
      'webhook',
      '{"type":"about:blank","title":"No such form"}',
      /No such form/,
      'application/problem+json',
    ],
    [
      'SOAP',
      'tracker',
      '<?xml version="1.0"?><s:Envelope><s:Body><s:Fault><faultstring>No</faultstring></s:Fault></s:Body></s:Envelope>',
      /No/,
      'text/xml',
    ],
    ['S3 and its kin', 'webhook', '<Error><Code>AccessDenied</Code></Error>', /AccessDenied/, 'application/xml'],
    ['XML with a status', 'webhook', '<response status="fail">no key</response>', /no key/, 'text/xml'],
    ['a small script', 'webhook', 'ERROR: token wrong', /token wrong/, 'text/plain'],
    ['PHP', 'webhook', 'PHP Fatal error:  Uncaught PDOException in /srv/x.php', /Uncaught/, 'text/plain'],
    ['one word', 'webhook', 'NG', /NG/, 'text/plain'],
    ['a guard before it', 'tracker', ')]}\'\n{"ok":false,"error":"expired"}', /expired/],
    ['lines of JSON', 'webhook', '{"ok":true}\n{"ok":false,"message":"second one"}', /second one/],
    ['a byte-order mark', 'chat', '\ufeff{"ok":false,"error":"no_team"}', /no_team/],
    ['Discord', 'chat', '{"message":"Unknown Webhook","code":10015}', /Unknown Webhook/],
    ['Matrix', 'chat', '{"errcode":"M_FORBIDDEN","error":"not in room"}', /not in room/],
    ['Rocket.Chat', 'chat', '{"success":false,"error":"room archived"}', /archived/],
    ['status as a yes or no', 'webhook', '{"status":false,"message":"closed"}', /closed/],
    ['result NG', 'webhook', '{"result":"NG","detail":"no desk"}', /no desk/],
  ])('%s', (_tool, kind, body, why, type) => {
    expect(inside(kind, body, type)).toMatchObject({ page: false, why: expect.stringMatching(why) as string })
  })

  it.each<[what: string, kind: Channel['kind'], body: string, type?: string]>([
    ['Jira', 'tracker', '{"id":"10000","key":"OPS-24","self":"https://j.example/rest/api/2/issue/10000"}'],
    ['Linear', 'tracker', '{"data":{"issueCreate":{"success":true,"issue":{"id":"x","title":"error"}}}}'],
    ['GitLab', 'tracker', '{"data":{"createIssue":{"issue":{"iid":"4"},"errors":[]}}}'],
    [
      'a ticket about failures',
      'tracker',
      '{"id":4,"subject":"payment failed","description":"Error 500","state":"failed"}',
    ],
    ['Zendesk', 'tracker', '{"ticket":{"id":4,"subject":"x","is_public":false,"satisfaction_rating":null}}'],
    ['ServiceNow', 'tracker', '{"result":{"sys_id":"9","number":"INC1","active":"true","made_sla":"false"}}'],
    ['Request Tracker', 'tracker', 'RT/4.4.4 200 Ok\n\n# Ticket 12 created.', 'text/plain'],
    ['osTicket', 'tracker', '4711', 'text/plain'],
    ['Salesforce', 'tracker', '{"id":"001","success":true,"errors":[]}'],
    ['a batch', 'webhook', '{"accepted":3,"failed":0,"failures":[],"results":[{"status":"ok"}]}'],
    ['Elasticsearch', 'webhook', '{"took":3,"errors":false,"items":[{"index":{"status":201}}]}'],
    [
      'XML',
      'tracker',
      '<?xml version="1.0"?><ticket><id>7</id><title>An error at the till</title></ticket>',
      'application/xml',
    ],
    ['Teams', 'chat', '1', 'text/plain'],
    ['words', 'webhook', 'Workflow was started', 'text/plain'],
    ['words that hold one', 'webhook', 'Accepted. No errors.', 'text/plain'],
    [
      'Discord',
      'chat',
      '{"id":"1","type":0,"content":"refund failed, writes she","flags":0,"pinned":false,"tts":false}',
    ],
    ['Opsgenie', 'webhook', '{"result":"Request will be processed","took":0.3,"requestId":"4"}'],
    ['an empty list', 'webhook', '[]'],
    ['code 0', 'webhook', '{"code":0,"message":"success"}'],
  ])('none: %s', (_what, kind, body, type) => expect(inside(kind, body, type)).toBeNull())

  it.each([
    ['lists', '{"items":[', ']}'],
    ['errors', '{"errors":[', ']}'],
    ['brackets', '[', ']'],
  ])('%s within each other as deep as an answer is long end nothing', (_, open, close) => {
    for (const kind of ['webhook', 'tracker', 'chat'] as const)
      expect(inside(kind, `${open.repeat(90_000)}${close.repeat(90_000)}`)).toBeNull()
  })
})

describe('what a stranger wrote, in a subject', () => {
  const about = testPayload('out_000000000000', 'st', { id: 'desk_care', name: 'Care' }, 0)
  const subject = (text: string) => subjectOf({ ...about, test: false, mention: { ...about.mention, text } })
  it.each<[text: string, files: RegExp]>([
    ['[#4711] where is it', /#\d/],
    ['Re: [OPS-12] again', /\[OPS-12/],
    ['[Ticket#2026113010000012] no', /\[Ticket#\d|#\d/],
    ['ref:_00D20000.5003000:ref', /ref:_/],
    ['Case 00012345: x', /Case 0/],
    ['[E-000000000000-0000000000000000] done', /\[E-0/],
    ['[rt.example #12] x', /#\d/],
    ['INC0012345 resolved', /INC0/],
    ['[Request received] ##4## x', /#4/],
  ])('%s is filed nowhere else', (text, files) => {
    expect(subject(text)).not.toMatch(files)
    expect(subject(text).replaceAll('\u200b', '')).toContain(text.slice(0, 40))
  })
})

describe('what a stranger wrote, in a tracker or a chat', () => {
  it.each<[text: string, command: RegExp]>([
    ['ping &commat;octocat', /&commat/],
    ['&#64;octocat', /&#64/],
    ['/merge now', /^\s*\/m/],
    ['#reopen', /#r/],
    ['$12 snippet and %3 milestone', /\$12|%3/],
    ['org/repo!55', /[^\w]!55/],
    ['https://github.com/o/r/discussions/9', /discussions\//],
    ['{{7*7}} {% assign x = 1 %}', /\{\{|\{%/],
    ['[[wiki]] [code]<b>[/code]', /\[\[|\[c|<b/],
    ['{color:red}x{color} {panel}', /\{c|\{p/],
    ['[^file.pdf] !http://e.example/p.png|width=1!', /\[\^|!h/],
    ['<https://evil.example>', /<h/],
    ['@"John Smith" @[x](user:1)', /@"|@\[/],
    ['`rm -rf`', /`r/],
  ])('tracker: %s', (text, command) => {
    expect(trackerSafe(text)).not.toMatch(command)
    expect(trackerSafe(text).replaceAll('\u200b', '')).toBe(text)
  })
  it.each<[text: string, command: RegExp]>([
    ['<!everyone> <@U123> <#C1>', /<[!@#]/],
    ['<mailto:a@b.example|pay>', /<m/],
    ['&lt;!here&gt;', /&lt;!here/],
  ])('Slack: %s', (text, command) => expect(slackSafe(text)).not.toMatch(command))
  it.each<[text: string, command: RegExp]>([
    ['@channel @here @all', /@[cha]/],
    ['**x** _y_ ~~z~~ `q`', /(?<!\\)[*_~`]/],
    ['[pay](https://e.example) ![i](x)', /\](?!$)(?<!\\\])\(/],
    ['| a | b |', /(?<!\\)\|/],
    ['{{DATE(2026-01-01T00:00:00Z,SHORT)}}', /\{\{/],
    ['<at>boss</at>', /(?<!\\)</],
  ])('Mattermost and Teams: %s', (text, command) => expect(markdownSafe(text)).not.toMatch(command))
})
