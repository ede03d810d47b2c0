import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttp } from '#engine/platform/http-client.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { openStation } from '#hosts/station.ts'
import type { Station } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import { createLinksServer } from '#hosts/station/desk/links-server.ts'
import { createRateLimit } from '#hosts/station/desk/rate-limit.ts'
import { languageFor } from '#hosts/station/desk/page.ts'
import { emptyPage } from '#tests/contract/harness.ts'
import { openTestEngine, temporaryFolder } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { webhookReceiver } from '#tests/engine/handoffs/receivers.ts'

/** From the hand-off to "done" by a link: a real engine, a real receiver and the station's real socket. */

const folder = temporaryFolder('desk-page')
const clock = new ManualClock()
let running: Awaited<ReturnType<typeof openTestEngine>>
let station: Station
let hook: Awaited<ReturnType<typeof webhookReceiver>>
let number = 0

interface Got {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

const ask = (
  path: string,
  {
    headers = {},
    method = 'GET',
    form,
  }: { headers?: Record<string, string>; method?: string; form?: Record<string, string> } = {},
): Promise<Got> =>
  new Promise((resolve, reject) => {
    const body = form && new URLSearchParams(form).toString()
    const sent = request(
      {
        host: '127.0.0.1',
        port: station.port,
        path,
        method: form ? 'POST' : method,
        headers: { ...(form && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
        setHost: !('host' in headers),
      },
      (got) => {
        let text = ''
        got.on('data', (chunk) => (text += chunk))
        got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body: text }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })

const officer = () => running.engine.client('officer')

/** Hands a mention to the desk's tool and returns the paths of the links that the tool got. */
async function handOff(text = 'My parcel is damaged, I want a refund') {
  number++
  const source = await officer().sources.save({
    connector: 'file',
    name: `File ${number}`,
    enabled: false,
    config: { path: `${folder.path}/none-${number}` },
  })
  await running.engine.intake.push({
    sourceId: source.id,
    network: 'mastodon',
    drafts: [
      {
        externalId: `m${number}`, kind: 'post', text, title: null, url: 'https://social.example/@mira/1',
        author: { id: 'mira', handle: '@mira@social.example', name: '<b>Mira</b>', url: null, followers: 3 },
        publishedAt: clock.now() - 60_000, lang: 'en', country: null, threadId: null, inReplyTo: null, engagement: null,
        links: [], media: [], private: false, raw: null,
      },
    ],
  }) // prettier-ignore
  const { mentions } = officer()
  const page = await mentions.page({ filter: {}, limit: 1 } as never)
  const mentionId = (page as { items: { mention: { id: string } }[] }).items[0]!.mention.id
  const { card } = await officer().cases.open({ mentionId, deskId: 'desk_care', priority: 'high' })
  clock.advance(6_000)
  running.engine.board.outbox.start()
  await running.engine.board.outbox.work()
  const { answer } = JSON.parse(hook.received.at(-1)!.body) as {
    answer: { links: Record<'accept' | 'ask' | 'done', string> }
  }
  const path = (url: string): string => new URL(url).pathname
  return {
    caseId: card.case!.id,
    accept: path(answer.links.accept),
    ask: path(answer.links.ask),
    done: path(answer.links.done),
    base: path(answer.links.accept).replace(/\/accept$/, ''),
    state: async () => (await officer().cases.get({ id: card.case!.id })).card.case!,
  }
}

beforeAll(async () => {
  running = await openTestEngine({
    clock,
    http: createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 }),
  })
  hook = await webhookReceiver()
  await officer().station.saveSettings({ publicUrl: 'https://earshot.example', brand: 'Kaffora' })
  await officer().desks.saveChannel({
    deskId: 'desk_care', kind: 'webhook', name: 'Tool', enabled: true, config: { url: hook.url }, secrets: {},
  }) // prettier-ignore
  station = await openStation({
    keys: newAccessKeys(),
    pageFolder: emptyPage(folder.path),
    port: 0,
    connect: () => ({ receive: async () => {}, close() {} }),
    desks: running.engine.deskDoor,
  })
})
afterAll(async () => {
  await station.close()
  await hook.close()
  await running.close()
  folder.remove()
})

describe('the way from a hand-off to "done"', () => {
  it('is a link, a page and a button', async () => {
    const { accept, done, base, state } = await handOff()
    const page = await ask(accept, { headers: { host: 'earshot.example' } })
    expect(page.status).toBe(200)
    expect(page.body).toContain('My parcel is damaged')
    expect(page.body).toContain('Kaffora')
    const accepted = await ask(accept, {
      headers: { host: 'earshot.example', origin: 'https://earshot.example' },
      form: { do: 'accept', name: 'Jana', text: '' },
    })
    expect(accepted).toMatchObject({ status: 303, headers: { location: base } })
    expect((await state()).state).toBe('accepted')
    const finish = await ask(done, { form: { do: 'answered', name: 'Jana', text: 'Refunded.' } })
    expect(finish.status).toBe(303)
    expect(await state()).toMatchObject({ state: 'replied' })
    const after = await ask(base)
    expect(after.status).toBe(200)
    expect(after.body).toContain('answered by Jana (Care)')
    expect(after.body).toContain('Refunded.')
    // Again: it says that it was done, and does nothing.
    const { version } = await state()
    expect((await ask(done, { form: { do: 'answered', name: 'Karl' } })).status).toBe(303)
    expect((await state()).version).toBe(version)
  })

  it('never begins by looking: scanners and previews follow links', async () => {
    const { accept, ask: question, done, base, state } = await handOff()
    const before = await state()
    for (const path of [accept, question, done, base, `${base}/back`, `${done}?do=answered`])
      for (const method of ['GET', 'HEAD']) expect((await ask(path, { method })).status).toBe(200)
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect((await ask(done, { method })).status, method).toBe(405)
    expect(await state()).toEqual(before)
  })

  it('says with the right status why nothing can be done', async () => {
    const { accept, done, caseId, base } = await handOff()
    expect((await ask(`${base}x/accept`)).status).toBe(404)
    expect((await ask('/desk/nothing')).status).toBe(404)
    expect((await ask('/desk')).status).toBe(404)
    expect((await ask(`${base}/elsewhere`)).status).toBe(404)
    expect((await ask(done, { form: { do: 'dance' } })).status).toBe(400)
    expect((await ask(done, { form: { do: 'note', text: 'x' } })).status).toBe(409)
    expect((await ask(done, { method: 'POST' })).status).toBe(400)
    expect((await ask(`${base}/ask`, { form: { do: 'ask', text: '', name: 'Jana' } })).body).toContain('value="Jana"')
    expect((await ask(`${base}/ask`, { form: { do: 'ask', text: ' ' } })).status).toBe(422)
    expect((await ask(done, { form: { do: 'answered', text: 'x'.repeat(40_000) } })).status).toBe(413)
    await officer().cases.close({ id: caseId, reason: 'noAction' })
    expect((await ask(accept)).status).toBe(410)
    expect((await ask(accept)).body).toContain('This case is closed')
    expect((await ask(done, { form: { do: 'answered' } })).status).toBe(410)
    const moved = await handOff()
    await officer().cases.route({ id: moved.caseId, deskId: 'desk_press' })
    expect((await ask(moved.accept)).status).toBe(410)
    const old = await handOff()
    clock.advance(15 * 86_400_000)
    expect((await ask(old.accept)).status).toBe(410)
    expect((await ask(old.accept)).body).toContain('expired')
  })
})

describe('the page', () => {
  it('shows a hostile post as text, and could run or load nothing', async () => {
    const { done } = await handOff('</blockquote><script>alert(1)</script> refund "><img src=x onerror=y>')
    const { body, headers } = await ask(done)
    expect(body).not.toMatch(/<script|<img|<b>Mira/)
    expect(body).toContain('&#60;script&#62;')
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self';/)
    expect(policy).not.toContain('unsafe')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-robots-tag']).toContain('noindex')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('speaks the language of the browser', async () => {
    const { done } = await handOff()
    const german = await ask(done, { headers: { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' } })
    expect(german.body).toContain('<html lang="de">')
    expect(german.body).toContain('Als erledigt melden')
    expect((await ask(`${done}x`, { headers: { 'accept-language': 'de' } })).body).toContain(
      'Diese Seite gibt es nicht',
    )
  })

  it.each([
    ['de', 'de'],
    ['fr, de;q=0.5, en;q=0.4', 'de'],
    ['en;q=0.1, de;q=0.9', 'de'],
    ['de;q=0, en', 'en'],
    ['ja', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    [';;;,,,q=', 'en'],
  ])('reads Accept-Language %s', (header, expected) => {
    expect(languageFor(header)).toBe(expected)
  })
})

describe('the door for desks', () => {
  it('opens nothing else: no officer, no wall, no other host', async () => {
    const { accept, state } = await handOff()
    const host = 'earshot.example'
    for (const path of ['/', '/wall/', '/enter?token=x', '/rpc'])
      expect([401, 403], path).toContain((await ask(path, { headers: { host } })).status)
    expect((await ask(accept, { headers: { host: 'evil.example' } })).status).toBe(403)
    for (const origin of ['https://evil.example', 'null', 'http://earshot.example'])
      expect((await ask(accept, { headers: { host, origin }, form: { do: 'accept' } })).status, origin).toBe(403)
    expect((await state()).state).toBe('routed')
  })

  it('is not open where the host gives none', async () => {
    const { accept } = await handOff()
    const other = await openStation({
      keys: newAccessKeys(), pageFolder: emptyPage(folder.path), port: 0,
      connect: () => ({ receive: async () => {}, close() {} }),
    }) // prettier-ignore
    expect((await fetch(`http://127.0.0.1:${other.port}${accept}`)).status).toBe(401)
    await other.close()
  })

  it('is served alone beside the desktop app, while there is a public address', async () => {
    const { accept } = await handOff()
    let url = ''
    const problems: string[] = []
    const door = { ...running.engine.deskDoor, publicUrl: () => url }
    const links = createLinksServer({ door, port: 0, onProblem: (message) => problems.push(message) })
    await links.look()
    expect(links.port).toBeNull()
    url = 'https://earshot.example'
    await Promise.all([links.look(), links.look()])
    const at = `http://127.0.0.1:${links.port}`
    expect((await fetch(at + accept)).status).toBe(200)
    expect((await fetch(`${at}/`)).status).toBe(404)
    expect((await fetch(at + accept)).headers.get('x-frame-options')).toBe('DENY')
    const second = createLinksServer({ door, port: links.port!, onProblem: (message) => problems.push(message) })
    await second.look()
    await second.look()
    expect(problems).toEqual([expect.stringMatching(/EADDRINUSE/)])
    url = ''
    await links.look()
    expect(links.port).toBeNull()
    url = 'https://earshot.example'
    await Promise.all([links.look(), links.close(), links.look()])
    await links.look()
    expect(links.port).toBeNull()
    await second.close()
  })

  it('holds back who presses too often', async () => {
    const { ask: path } = await handOff()
    const statuses: number[] = []
    for (let i = 0; i < 25; i++) statuses.push((await ask(path, { form: { do: 'ask', text: `${i}` } })).status)
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(303))
    expect(statuses.slice(20)).toEqual(Array(5).fill(429))
  })

  it('lets who has a link in while somebody guesses, behind the same proxy', async () => {
    const { ask: path } = await handOff()
    const statuses: number[] = []
    for (let i = 0; i < 310; i++) statuses.push((await ask(`/desk/guess${i}.abc.${'a'.repeat(52)}`)).status)
    // Others of this file were guesses as well.
    expect(new Set(statuses.slice(0, 300))).toContain(404)
    expect(statuses.slice(300)).toEqual(Array(10).fill(429))
    for (const stray of ['/desk', '/desk/a/b/c/d', '/desk/%00']) expect([404, 429]).toContain((await ask(stray)).status)
    expect((await ask(path)).status).toBe(200)
    expect((await ask(path, { form: { do: 'ask', text: 'Which parcel?' } })).status).toBe(303)
    expect((await ask(`/desk/guess.abc.${'b'.repeat(52)}`, { form: { do: 'done', text: '' } })).status).toBe(429)
  })

  it('counts by window and forgets what is old', () => {
    let now = 0
    const limit = createRateLimit({ most: 2, windowMs: 1_000, now: () => now, keysMost: 2 })
    expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([true, true, false, true])
    now = 1_000
    expect(limit.take('a')).toBe(true)
    limit.take('c')
    limit.take('d')
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([true, true, false])
  })
})
