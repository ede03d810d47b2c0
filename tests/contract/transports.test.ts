import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { contract } from '#shared/contract/contract.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { procedures } from './fingerprint.ts'
import { portTransport, socketTransport } from './harness.ts'
import type { Connection, Transport } from './harness.ts'

const makers = {
  MessagePort: async (engine: Parameters<typeof portTransport>[0], _folder: string) => portTransport(engine),
  WebSocket: socketTransport,
}

const failure = async (promise: Promise<unknown>): Promise<ORPCError<string, unknown>> => {
  const result = await promise.then(
    () => new Error('It was answered'),
    (error: unknown) => error,
  )
  expect(result).toBeInstanceOf(ORPCError)
  return result as ORPCError<string, unknown>
}

describe.each(Object.entries(makers))('the contract over a %s', (_name, make) => {
  let test: Awaited<ReturnType<typeof openTestEngine>>
  let transport: Transport
  let officer: Connection
  let wall: Connection

  beforeAll(async () => {
    test = await openTestEngine()
    transport = await make(test.engine, test.dataDir)
    officer = await transport.connect('officer')
    wall = await transport.connect('wall')
  })
  afterAll(async () => {
    await transport.close()
    await test.close()
  })

  it('answers a call and tells each side its role', async () => {
    const hello = await officer.client.station.hello({ contractVersion: 1, contractHash: 'x' })
    expect(hello.role).toBe('officer')
    expect((await wall.client.station.hello({ contractVersion: 1, contractHash: 'x' })).role).toBe('wall')
  })

  it('knows each connection by the name that its officer goes by', async () => {
    const mara = await transport.connect('officer')
    const hello = await mara.client.station.hello({ contractVersion: 1, contractHash: 'x', officer: ' Mara ' })
    expect(hello.me).toEqual({ id: 'officer:mara', name: 'Mara' })
    const saved = await mara.client.cases.saveCanned({ name: 'Hello', text: 'Hello {author}', lang: 'en' })
    const other = await officer.client.station.hello({ contractVersion: 1, contractHash: 'x' })
    expect([other.me.id, other.page === hello.page]).toEqual(['officer', false])
    await officer.client.cases.removeCanned({ id: saved.id })
    const { items } = await officer.client.review.journal({ from: null, to: null, mentionId: null, limit: 2 })
    expect(items.map(({ kind, actor }) => [kind, actor.name])).toEqual([
      ['canned.removed', other.me.name],
      ['canned.saved', 'Mara'],
    ])
    expect(await mara.client.station.signIn({ name: 'Ken' })).toEqual({ id: 'officer:ken', name: 'Ken' })
    expect(await mara.client.station.signIn({ name: '' })).toEqual(other.me)
    // The name of the station's own officer is that officer, not a second one who may approve what the first one wrote.
    expect(await mara.client.station.signIn({ name: other.me.name.toUpperCase() })).toEqual(other.me)
    expect((await wall.client.station.hello({ contractVersion: 1, contractHash: 'x', officer: 'Mara' })).me.id).toBe(
      'wall',
    )
    mara.disconnect()
  })

  it('tells officers who is there, until they leave', async () => {
    const [mara, ken] = [await transport.connect('officer'), await transport.connect('officer')]
    const { page } = await mara.client.station.hello({ contractVersion: 1, contractHash: 'x', officer: 'Mara' })
    const lookers = await ken.client.cases.lookers()
    expect((await lookers.next()).value).toEqual({ lookers: [] })
    await mara.client.cases.look({ id: null, doing: 'looking' })
    expect((await lookers.next()).value).toMatchObject({
      lookers: [{ page, officer: { id: 'officer:mara', name: 'Mara' }, caseId: null, doing: 'looking' }],
    })
    expect(await failure(mara.client.cases.look({ id: 'cas_none', doing: 'writing' }))).toMatchObject({
      data: { code: 'case.gone' },
    })
    expect(await failure(wall.call('cases.lookers', undefined))).toMatchObject({ data: { code: 'wall.notShown' } })
    mara.disconnect()
    expect((await lookers.next()).value).toEqual({ lookers: [] })
    ken.disconnect()
  })

  it('keeps many calls at once apart', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `Officer ${n}`)
    const saved = await Promise.all(names.map((officerName) => officer.client.station.saveSettings({ officerName })))
    expect(saved.map(({ officerName }) => officerName)).toEqual(names)
  })

  it('names the field of a bad input', async () => {
    const error = await failure(officer.call('station.hello', { contractVersion: 'one', contractHash: 'x' }))
    expect(error).toMatchObject({
      code: 'FAILURE',
      status: 400,
      defined: true,
      data: { code: 'call.input', values: { field: 'contractVersion' } },
    })
    expect(error.message).toContain('contractVersion')
  })

  it('refuses names that are not in the contract', async () => {
    for (const path of ['station.toString', 'station.__proto__', 'nothing.here', 'station.constructor']) {
      expect(await failure(officer.call(path, {}))).toMatchObject({ data: { code: 'call.unknown' } })
    }
  })

  it('tells what is not there from what is wrong', async () => {
    expect(await failure(officer.client.station.removeLayout({ id: 'none' }))).toMatchObject({
      data: { code: 'wall.layoutGone' },
      defined: true,
    })
  })

  it('refuses a wall every write before it looks at the input, and the engine answers each of them', async () => {
    const writes = procedures(contract).filter(({ write, path }) => write && test.engine.calls.includes(path))
    expect(writes.length).toBeGreaterThan(5)
    for (const { path } of writes) {
      expect(await failure(wall.call(path, undefined)), path).toMatchObject({ data: { code: 'wall.onlyShows' } })
    }
  })

  it('lets a wall read', async () => {
    expect(await wall.client.station.layouts()).toHaveLength(1)
  })

  it('answers every procedure of the contract', () => {
    expect(procedures(contract).map(({ path }) => path)).toEqual([...test.engine.calls].sort())
  })

  it('streams until it is cancelled and then holds nothing', async () => {
    const cancel = new AbortController()
    const stream = await officer.client.station.status(undefined, { signal: cancel.signal })
    const first = await stream.next()
    expect(first.value).toMatchObject({ sample: false, storeProblem: null })
    expect(officer.peer.open).toBe(1)
    const pending = stream.next().then(
      () => 'answered',
      () => 'rejected',
    )
    cancel.abort()
    expect(await pending).toBe('rejected')
    await vi.waitFor(() => expect(officer.peer.open).toBe(0))
  })

  it('holds nothing after a page left its stream', async () => {
    for await (const _status of await officer.client.station.status()) break
    await vi.waitFor(() => expect(officer.peer.open).toBe(0))
  })

  it('settles every open call and stream when the wire breaks, on both ends', async () => {
    const page = await transport.connect('officer')
    const streams = await Promise.all(Array.from({ length: 20 }, () => page.client.station.status()))
    for (const stream of streams) await stream.next()
    const waiting = streams.map((stream) =>
      stream.next().then(
        () => 'answered',
        () => 'rejected',
      ),
    )
    expect(page.peer.open).toBe(20)
    page.disconnect()
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['rejected']))
    await vi.waitFor(() => expect(page.peer.open).toBe(0))
  })

  it('gives up on a call when its time is over', async () => {
    const time = new AbortController()
    const stream = await officer.client.station.status(undefined, { signal: time.signal })
    await stream.next()
    const waiting = stream.next()
    // As `AbortSignal.timeout` does when its time is over.
    time.abort(new DOMException('', 'TimeoutError'))
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' })
    await vi.waitFor(() => expect(officer.peer.open).toBe(0))
  })

  it.each(['', 'hello', '{"a":1}', '[]', '{"i":"1","p":{"u":7}}', '\u0000\u0000'])(
    'hangs up on %j',
    async (message) => {
      const page = await transport.connect('officer')
      page.sendRaw(message)
      await page.closed
      expect(page.peer.open).toBe(0)
      expect(await officer.client.station.layouts()).toHaveLength(1)
    },
  )
})
