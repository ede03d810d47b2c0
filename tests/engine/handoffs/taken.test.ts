import { afterEach, describe, expect, it } from 'vitest'
import type { Channel } from '#shared/model/handoff.ts'
import { failureInside } from '#engine/handoffs/failure-inside.ts'
import { testPayload } from '#engine/handoffs/payload.ts'
import { send } from '#engine/handoffs/send.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { saying } from '#tests/support/saying.ts'
import { webhookReceiver, type Answer } from './receivers.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
async function receiver(answers: Answer[] = []) {
  const made = await webhookReceiver(answers)
  closing.push(made.close)
  return made
}

const channel = (kind: Channel['kind'], config: Record<string, string>): Channel => ({
  id: 'chan_1',
  deskId: 'desk_care',
  kind,
  name: 'Care tool',
  enabled: true,
  config,
})
const payload = testPayload('out_000000000000', 'st', { id: 'desk_care', name: 'Care' }, 0)

function sendOver(to: Channel) {
  const http = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
  closing.push(() => http.close())
  const secret = (key: string) => Promise.resolve(key === 'token' || key === 'secret' ? 's3cret' : null)
  return send(to, payload, { http, mailer: createMailer({ clock: systemClock }), now: () => 0, secret })
}

const kinds = ['webhook', 'chat', 'tracker'] as const
const configOf = (kind: Channel['kind'], url: string): Record<string, string> =>
  kind === 'tracker' ? { url, headers: '{"x-api-key": "{{secret.token}}"}', body: '{"t": "{{text}}"}' } : { url }

describe.each(kinds)('a redirect that a %s answers', (kind) => {
  it.each([301, 302, 303, 307, 308])('%i to another origin is failed, and nothing arrives there', async (status) => {
    const elsewhere = await receiver()
    const target = elsewhere.url.replace('/hook', '/landing')
    const here = await receiver([{ status, headers: { location: `${target}?next=secret` } }])
    const { outcome, advice } = await sendOver(channel(kind, configOf(kind, here.url)))
    expect(outcome).toBe('refused')
    expect(advice).toEqual(saying(new RegExp(`sends on to ${target.replaceAll('.', '\\.')} \\(${status}\\)`)))
    expect(here.received).toHaveLength(1)
    expect(elsewhere.received).toHaveLength(0)
  })

  it.each([301, 302, 303])('%i to a page of its own is failed, not fetched', async (status) => {
    const { url, received } = await receiver([{ status, headers: { location: '/sign-in' } }])
    const { outcome, advice } = await sendOver(channel(kind, configOf(kind, url)))
    expect(outcome).toBe('refused')
    expect(advice).toEqual(saying(/\/sign-in/))
    expect(received.map(({ method }) => method)).toEqual(['POST'])
  })

  it.each([307, 308])('%i to its own origin carries the same request on', async (status) => {
    const { url, received } = await receiver([{ status, headers: { location: '/v2/hook' } }, 202])
    expect(await sendOver(channel(kind, configOf(kind, url)))).toMatchObject({ outcome: 'sent', advice: null })
    const [first, second] = received
    expect(second).toMatchObject({ method: 'POST', path: '/v2/hook', body: first!.body })
  })

  it('in a circle, to nowhere and to another scheme is failed', async () => {
    const circle = Array.from({ length: 8 }, () => ({ status: 308, headers: { location: '/hook' } }))
    for (const answers of [circle, [{ status: 308, headers: { location: 'gopher://x.example/' } }], [304]]) {
      const { url } = await receiver(answers)
      expect(await sendOver(channel(kind, configOf(kind, url)))).toMatchObject({ outcome: 'refused' })
    }
  })
})

describe('the new address in the advice', () => {
  it('keeps no secret of a path', async () => {
    const location = 'https://hooks.example/services/T0123ABCD4567890XYZ/next'
    const { url } = await receiver([{ status: 308, headers: { location } }])
    const { advice } = await sendOver(channel('chat', { url }))
    expect(advice).toEqual(saying(/https:\/\/hooks\.example\/services\/…XYZ\/next/))
  })
})

const inside = (kind: Channel['kind'], flavour: string, body: string, type = 'text/plain') =>
  failureInside(
    { status: 200, url: 'https://x.example/', headers: { 'content-type': type }, body: Buffer.from(body) },
    channel(kind, { flavour }),
  )

describe('a failure told inside a 200', () => {
  it.each([
    [
      'chat',
      'teams',
      'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 400 with ContextId x',
      false,
    ],
    [
      'chat',
      'teams',
      'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429',
      true,
    ],
    ['chat', 'teams', 'Summary or Text is required.', false],
    ['chat', 'teams', 'Bad payload received by generic incoming webhook.', false],
    ['chat', 'teams', '"Invalid webhook URL"', false],
    ['chat', 'slack', '{"ok":false,"error":"not_in_channel"}', false],
    ['chat', 'slack', '{"ok":false,"error":"ratelimited"}', true],
    ['chat', 'slack', 'no_service', false],
    ['chat', 'slack', 'invalid_payload', false],
    ['chat', 'slack', 'channel_is_archived', false],
    ['chat', 'slack', '{"success":false,"error":"Invalid integration id or token provided."}', false],
    [
      'chat',
      'mattermost',
      '{"id":"web.incoming_webhook.disabled.app_error","message":"Incoming webhooks have been disabled","status_code":501}',
      false,
    ],
    ['chat', 'mattermost', 'Invalid webhook', false],
    ['chat', 'slack', '{"code":19021,"msg":"sign match fail"}', false],
    ['chat', 'slack', '{"errcode":310000,"errmsg":"keywords not in content"}', false],
    ['chat', 'slack', '{"result":"error","msg":"Stream does not exist"}', false],
    ['tracker', '', '{"data":null,"errors":[{"message":"Argument Validation Error"}]}', false],
    ['tracker', '', '{"error":{"message":"Project is archived"}}', false],
    ['webhook', '', '{"status":"error","message":"unknown form"}', false],
    ['webhook', '', '{"success":"false"}', false],
    ['webhook', '', 'false', false],
  ] as const)('%s %s: %s', (kind, flavour, body, passes) => {
    expect(inside(kind, flavour, body)).toMatchObject({ page: false, passes, why: expect.stringMatching(/\S/) })
  })

  it.each([
    ['chat', 'teams', '1'],
    ['chat', 'teams', ''],
    ['chat', 'teams', 'ok'],
    ['chat', 'slack', 'ok'],
    ['chat', 'slack', '{"ok":true,"ts":"1.2"}'],
    ['chat', 'mattermost', 'ok'],
    ['chat', 'slack', '{"success":true}'],
    ['chat', 'slack', '{"code":0,"msg":"success","StatusCode":0}'],
    ['chat', 'slack', '{"errcode":0,"errmsg":"ok"}'],
    ['chat', 'slack', '{"name":"spaces/A/messages/B","text":"delivery failed, writes the customer"}'],
    ['tracker', '', '{"id":7,"title":"Error at the till","state":"opened","errors":[]}'],
    ['tracker', '', '{"ticket":{"status":"new","description":"failed"}}'],
    ['tracker', '', '{"data":{"issueCreate":{"success":true}},"error":null}'],
    ['webhook', '', 'Thank you'],
    ['webhook', '', '{"error":""}'],
    ['webhook', '', 'true'],
  ] as const)('none: %s %s: %s', (kind, flavour, body) => {
    expect(inside(kind, flavour, body)).toBeNull()
  })

  it('a web page is no answer of a chat or a tracker', () => {
    for (const kind of ['chat', 'tracker'] as const)
      expect(inside(kind, 'slack', '<!DOCTYPE html><title>Sign in</title>', 'text/html')).toMatchObject({
        page: 'sure',
      })
  })

  it.each([
    [
      'a sign-in',
      'sure',
      '<!doctype html><html><body><form action="/login"><input type="password"></form></body></html>',
    ],
    ['a sign-in in words', 'sure', '<html><body>Please log in to go on</body></html>'],
    ['a German sign-in', 'sure', '<html><body><h1>Anmeldung</h1></body></html>'],
    [
      'a captive portal',
      'sure',
      '<html><head><meta http-equiv="refresh" content="0; url=https://wifi.example/"></head></html>',
    ],
    ['an app', 'sure', '<!doctype html><html><body><div id="app"></div><script src="/main.js"></script></body></html>'],
    ['an error page with 200', 'sure', '<html><head><title>404 Not Found</title></head></html>'],
    ['thanks', 'unsure', '<html>thanks</html>'],
    ['a line of markup', 'unsure', '<p>OK</p>'],
  ])('a webhook that answers with %s did not say that it took it', async (_what, page, body) => {
    expect(inside('webhook', '', body, 'text/html')).toMatchObject({ page })
    const { url } = await receiver([{ status: 200, body, headers: { 'content-type': 'text/html' } }])
    const { outcome } = await sendOver(channel('webhook', { url }))
    expect(outcome).toBe(page === 'sure' ? 'refused' : 'unknown')
  })

  it('plain words of a webhook are its thanks, whatever type they claim', () =>
    expect(inside('webhook', '', 'OK', 'text/html')).toBeNull())

  it('is failed, and the advice says what the receiver said', async () => {
    const { url } = await receiver([{ status: 200, body: '{"ok":false,"error":"channel_not_found"}' }])
    const { outcome, advice } = await sendOver(channel('chat', { url, flavour: 'slack' }))
    expect(outcome).toBe('refused')
    expect(advice).toEqual(saying(/channel_not_found/))
  })

  it('that is only too much at once is tried later, as long as the receiver asks', async () => {
    const body = '{"ok":false,"error":"rate_limited"}'
    const { url } = await receiver([{ status: 200, body, headers: { 'retry-after': '30' } }])
    expect(await sendOver(channel('chat', { url }))).toMatchObject({ outcome: 'later', retryAfterMs: 30_000 })
  })

  it('an answer too long to be read leaves it unknown', async () => {
    const { url } = await receiver([{ status: 200, body: 'x'.repeat(2 * 1024 * 1024) }])
    expect(await sendOver(channel('tracker', configOf('tracker', url)))).toMatchObject({ outcome: 'unknown' })
  })
})
