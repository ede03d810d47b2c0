import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openStation, type Station } from '#hosts/station.ts'
import { newAccessKeys, newSession } from '#hosts/station/access.ts'
import { entrancesOf } from '#hosts/station/entrances.ts'
import { entryLinks } from '#hosts/station/entry-links.ts'
import { cookieOf, emptyPage } from '#tests/contract/harness.ts'
import { temporaryFolder } from '#tests/support/engine.ts'

let folder: { path: string; remove(): void }
let station: Station
const opened: Station[] = []
const received: string[] = []

async function open(more: Partial<Parameters<typeof openStation>[0]> = {}): Promise<Station> {
  const made = await openStation({
    entrances: entrancesOf(folder.path),
    pageFolder: emptyPage(join(folder.path, 'page')),
    port: 0,
    connect: (role, send) => ({
      async receive(message) {
        received.push(role)
        await send(`${role}:${String(message)}`)
      },
      close() {},
    }),
    ...more,
  })
  opened.push(made)
  return made
}
beforeEach(async () => {
  folder = temporaryFolder('entrances')
  mkdirSync(join(folder.path, 'page'))
  received.length = 0
  station = await open()
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  folder.remove()
})

const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url, { headers, method, redirect: 'manual' })
const at = (path: string, of = station): string => `http://127.0.0.1:${of.port}${path}`
/** For the port of another start: cookies name the port. */
const movedTo = (cookie: string, of: Station): string => cookie.replace(/_\d+=/, `_${of.port}=`)
const socket = (cookie: string, path = '/wall/rpc', of = station): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const made = new WebSocket(`ws://127.0.0.1:${of.port}${path}`, { headers: { cookie, origin: at('', of) } })
    made.once('open', () => resolve(made))
    made.once('error', reject)
    made.on('error', () => {})
  })

describe('a link into a station', () => {
  it.each(['officer', 'wall'] as const)(
    'of a %s lets one browser in, and that one again by its cookie',
    async (role) => {
      const link = role === 'officer' ? station.url : station.wallUrl
      const cookie = await cookieOf(link)
      const second = await get(link)
      expect(second.status).toBe(401)
      expect(second.headers.get('set-cookie')).toBeNull()
      expect(await second.text()).toContain('used already')
      const again = await get(link, { cookie })
      expect([again.status, again.headers.get('location')]).toEqual([303, role === 'wall' ? '/wall/' : '/'])
    },
  )

  it('is taken by one alone of many that come at once', async () => {
    const link = station.url
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(link)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  })

  it('is not used up by somebody who only looks whether it is there, and is not in the folder', async () => {
    const link = new URL(station.url)
    await get(link.href, {}, 'HEAD')
    for (const name of readdirSync(join(folder.path, 'entry-links'))) {
      expect(name).not.toContain(link.searchParams.get('token'))
      expect(statSync(join(folder.path, 'entry-links', name)).mode & 0o777).toBe(0o600)
    }
    expect((await get(link.href)).status).toBe(303)
  })

  it('is too old after a week, also when it was never used', async () => {
    let now = Date.parse('2026-03-01T00:00:00Z')
    for (const where of [null, join(folder.path, 'old')]) {
      const links = entryLinks(where, () => now)
      const [soon, late] = [links.make({ role: 'officer', wall: null }), links.make({ role: 'officer', wall: null })]
      now += 6.9 * 86_400_000
      expect(links.use(soon)).toMatchObject({ role: 'officer' })
      now += 0.2 * 86_400_000
      expect(links.use(late)).toBeUndefined()
    }
  })

  it('can be made by another process while the station runs, and survives its restart', async () => {
    const token = entryLinks(join(folder.path, 'entry-links')).make({ role: 'officer', wall: null })
    const again = await open()
    expect((await get(at(`/enter?token=${token}`, again))).status).toBe(303)
    expect((await get(at(`/enter?token=${token}`))).status).toBe(401)
  })

  it('that somebody wrote badly lets nobody in', async () => {
    const links = entryLinks(join(folder.path, 'entry-links'))
    const token = links.make({ role: 'officer', wall: null })
    const [name] = readdirSync(join(folder.path, 'entry-links')).slice(-1)
    for (const text of ['', '{', '[]', '{"role":"root","wall":null,"until":9e15}', '{"role":"officer"}']) {
      for (const file of readdirSync(join(folder.path, 'entry-links')))
        writeFileSync(join(folder.path, 'entry-links', file), text)
      expect((await get(at(`/enter?token=${token}`))).status, text).toBe(401)
    }
    expect(name).toBeDefined()
  })

  it('speaks German to a German browser', async () => {
    const answer = await get(at('/enter?token=x'), { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' })
    expect(await answer.text()).toMatch(/lang="de".*Gesperrt/)
  })
})

describe('a wall', () => {
  it('has a name, is seen, and is gone from every screen at once when it is shut out', async () => {
    const { wall, url } = station.doors.addWall('Lobby')
    const unused = station.doors.wallLink(wall.id)!
    const cookie = await cookieOf(url)
    const pages = await Promise.all([socket(cookie), socket(cookie)])
    expect(station.doors.walls()).toMatchObject([
      { name: 'Lobby', open: 2, enteredAt: expect.any(Number), seenAt: expect.any(Number) },
    ])
    const ends = pages.map((page) => new Promise<number>((resolve) => page.once('close', resolve)))
    expect(station.doors.removeWall(wall.id)).toMatchObject({ name: 'Lobby' })
    expect(await Promise.all(ends)).toEqual([4003, 4003])
    expect((await get(at('/wall/'), { cookie })).status).toBe(401)
    await expect(socket(cookie)).rejects.toThrow('401')
    expect((await get(unused)).status).toBe(401)
    expect(station.doors.removeWall(wall.id)).toBeUndefined()
    expect((await get(at('/wall/'), { cookie: movedTo(cookie, await open()) })).status).toBe(401)
  })

  it('that is shut out shuts out no other, and no officer', async () => {
    const one = await cookieOf(station.doors.addWall('One').url)
    const two = await cookieOf(station.wallUrl)
    const officer = await cookieOf(station.url)
    station.doors.removeWall(station.doors.walls()[0]!.id)
    expect((await get(at('/wall/'), { cookie: one })).status).toBe(401)
    expect((await get(at('/wall/'), { cookie: two })).status).toBe(200)
    expect((await get(at('/wall/'), { cookie: officer })).status).toBe(200)
  })

  it('keeps its right while it is used, over restarts and beyond the month of its cookie', async () => {
    const cookie = await cookieOf(station.wallUrl)
    for (const path of ['/wall/', '/wall/keep']) {
      const answer = await get(at(path), { cookie })
      expect(answer.headers.get('set-cookie'), path).toContain(
        `${cookie}; Path=/wall/; HttpOnly; SameSite=Strict; Max-Age=2592000`,
      )
    }
    expect((await get(at('/wall/keep'))).status).toBe(401)
    const again = await open()
    expect((await get(at('/wall/keep', again), { cookie: movedTo(cookie, again) })).status).toBe(204)
  })

  it('of the version before, whose walls had no names, still gets in, and can be shut out', async () => {
    const { secret } = newAccessKeys()
    writeFileSync(
      join(folder.path, 'station-keys.json'),
      JSON.stringify({ officerToken: 'x'.repeat(43), wallToken: 'y'.repeat(43), secret }),
    )
    const { createHmac } = await import('node:crypto')
    const old = `abc.${createHmac('sha256', secret).update('wall.abc').digest('base64url')}`
    const again = await open({ entrances: entrancesOf(join(folder.path, '.')) })
    const cookie = `earshot_wall_${again.port}=${old}`
    // The book of the first start is there already: what it does not know is shut out.
    expect((await get(at('/wall/', again), { cookie })).status).toBe(again.doors.walls().length > 0 ? 200 : 401)
    const fresh = temporaryFolder('before')
    writeFileSync(
      join(fresh.path, 'station-keys.json'),
      JSON.stringify({ officerToken: 'x'.repeat(43), wallToken: 'y'.repeat(43), secret }),
    )
    const before = await open({ entrances: entrancesOf(fresh.path) })
    const known = `earshot_wall_${before.port}=${old}`
    expect((await get(at('/wall/', before), { cookie: known })).status).toBe(200)
    expect((await get(at(`/enter?token=${'y'.repeat(43)}`, before))).status).toBe(401)
    before.doors.removeWall(before.doors.walls()[0]!.id)
    expect((await get(at('/wall/', before), { cookie: known })).status).toBe(401)
    fresh.remove()
  })

  it('cannot be made up: a session names a wall and is signed with it', async () => {
    const { wall } = station.doors.addWall('Mine')
    const forged = [
      `${wall.id}.nonce.${'A'.repeat(43)}`,
      newSession(newAccessKeys(), 'wall', wall.id),
      `${wall.id}..`,
      wall.id,
      `${wall.id}.x.y.z`,
      '..',
    ]
    for (const value of forged)
      expect((await get(at('/wall/'), { cookie: `earshot_wall_${station.port}=${value}` })).status, value).toBe(401)
    const other = station.doors.addWall('Other')
    const cookie = await cookieOf(other.url)
    expect((await get(at('/wall/'), { cookie: cookie.replace(other.wall.id, wall.id) })).status).toBe(401)
  })

  it('writes its book for its owner alone, and a broken book lets no wall in', async () => {
    const cookie = await cookieOf(station.wallUrl)
    expect(statSync(join(folder.path, 'walls.json')).mode & 0o777).toBe(0o600)
    writeFileSync(join(folder.path, 'walls.json'), '{"walls":[{"id":')
    const again = await open()
    expect((await get(at('/wall/', again), { cookie: movedTo(cookie, again) })).status).toBe(401)
  })

  it('is locked out with everybody by new keys', async () => {
    const cookie = await cookieOf(station.wallUrl)
    const again = await open({ entrances: entrancesOf(folder.path, true) })
    expect((await get(at('/wall/', again), { cookie: movedTo(cookie, again) })).status).toBe(401)
    expect(again.doors.walls()).toEqual([])
  })
})

describe('what a wall may take', () => {
  it('is small messages: a large one ends its connection and reaches nobody', async () => {
    const wall = await socket(await cookieOf(station.wallUrl))
    const ended = new Promise<number>((resolve) => wall.once('close', resolve))
    wall.send('x'.repeat(64 * 1024 + 1))
    expect(await ended).toBe(1009)
    expect(received).toEqual([])
  })

  it('is so many messages: a flood waits with who sends it, and an officer is answered meanwhile', async () => {
    const wall = await socket(await cookieOf(station.wallUrl))
    const officer = await socket(await cookieOf(station.url), '/rpc')
    for (let n = 0; n < 20_000; n++) wall.send(String(n))
    const answer = new Promise<string>((resolve) => officer.once('message', (data) => resolve(String(data))))
    officer.send('hello')
    expect(await answer).toBe('officer:hello')
    const walls = received.filter((role) => role === 'wall').length
    expect(walls).toBeLessThan(2_000)
    wall.terminate()
  })

  it('is shared by all its pages: another connection brings no more', async () => {
    const cookie = await cookieOf(station.wallUrl)
    const pages = await Promise.all(Array.from({ length: 10 }, () => socket(cookie)))
    for (const page of pages) for (let n = 0; n < 1000; n++) page.send(String(n))
    await vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(400))
    await new Promise((resolve) => setImmediate(resolve))
    expect(received.length).toBeLessThan(2_000)
    for (const page of pages) page.terminate()
  })

  it('is so many pages, counted apart from officers', async () => {
    const cookie = await cookieOf(station.wallUrl)
    const pages = await Promise.allSettled(Array.from({ length: 60 }, () => socket(cookie)))
    expect(pages.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    const officer = await socket(await cookieOf(station.url), '/rpc')
    expect(officer.readyState).toBe(WebSocket.OPEN)
    for (const page of pages) if (page.status === 'fulfilled') page.value.terminate()
  })
})

it('no request with a body or another method comes in by a link', async () => {
  const link = new URL(station.url)
  const posted = await new Promise<number>((resolve) => {
    const sent = request({ port: station.port, path: link.pathname + link.search, method: 'POST' }, (got) =>
      resolve(got.statusCode ?? 0),
    )
    sent.end('x'.repeat(1000))
  })
  expect(posted).toBe(405)
  expect((await get(link.href)).status).toBe(303)
})
