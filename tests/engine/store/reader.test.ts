import { afterEach, describe, expect, it } from 'vitest'
import { draft, everything, openTestStation, type TestStation } from './station.ts'

let station: TestStation
afterEach(() => station.close())

const page = (query = '') => ({ filter: { ...everything, query }, before: null, limit: 10 })

describe('the reading thread', () => {
  it('answers by name, in order', async () => {
    station = openTestStation()
    await station.push([draft(), draft()])
    const [first, second] = await Promise.all([
      station.store.reader.ask('mentions.page', page()),
      station.store.reader.ask('charts.voice', { listenIds: [], from: 0, to: 1 }),
    ])
    expect(first.items).toHaveLength(2)
    expect(second).toEqual([])
  })

  it('hands on what a question throws, with its kind', async () => {
    station = openTestStation()
    await expect(station.store.reader.ask('mentions.page', page('((('))).rejects.toMatchObject({ kind: 'user' })
    expect((await station.store.reader.ask('mentions.page', page())).items).toEqual([])
  })

  it('lets go of a question that nobody waits for any more', async () => {
    station = openTestStation()
    const stop = new AbortController()
    const asked = Array.from({ length: 20 }, () =>
      station.store.reader.ask('mentions.page', page(), { signal: stop.signal }).catch((error: Error) => error.name),
    )
    stop.abort()
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['AbortError']))
    expect((await station.store.reader.ask('mentions.page', page())).items).toEqual([])
  })

  it('stops a question that takes too long and goes on with the next', async () => {
    station = openTestStation()
    await station.push([draft()])
    await expect(station.store.reader.ask('mentions.page', page(), { timeoutMs: 0 })).rejects.toThrow(
      /took longer than 0 s and was stopped/,
    )
    expect((await station.store.reader.ask('mentions.page', page())).items).toHaveLength(1)
  })

  it('refuses more questions than can wait', async () => {
    station = openTestStation()
    const asked = Array.from({ length: 600 }, () =>
      station.store.reader.ask('mentions.page', page()).then(
        () => 'answered',
        (error: { kind?: string }) => error.kind,
      ),
    )
    const results = await Promise.all(asked)
    expect(results.filter((result) => result === 'operational')).toHaveLength(99)
    expect(results.filter((result) => result === 'answered')).toHaveLength(501)
  })

  it('cannot write', () => {
    station = openTestStation()
    expect(() => station.store.readable.exec('DELETE FROM mention')).toThrow(/readonly/)
  })
})
