import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { AlertTold } from '#shared/model/alert.ts'
import { openWritable } from '#engine/store/connections.ts'
import { bundled } from '#tests/support/bundled.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'

const program = await bundled('tests/engine/alerts/telling/telling-child.ts')
const KILLS = 50
/** More than a run passes: some live. */
const POINTS = 14

/** Numbers between 0 and 1, the same in every run of the test. */
function dice(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

interface Row {
  id: string
  alert: string
  lane: string
  state: string
  saying: string
}

it(`tells of every alert, nothing twice and nothing unnamed, killed ${KILLS} times at random points`, async () => {
  const folder = temporaryFolder('telling')
  const random = dice(11)
  /** How often each receiver got what, by its key or the id of its letter. */
  const got = new Map<string, number>()
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const key = String(
        request.headers['idempotency-key'] ?? /out_[0-9a-z]+|[0-9a-z]{12}(?=-)/.exec(request.url ?? '')?.[0],
      )
      const id = key.startsWith('out_') ? key : `out_${key}`
      got.set(id, (got.get(id) ?? 0) + 1)
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const run = (number: number, point: number): Promise<{ signal: string | null; out: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, folder.path, url, String(number), String(point)], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      child.stdout.on('data', (data: Buffer) => (out += data.toString()))
      child.stderr.on('data', (data: Buffer) => (out += data.toString()))
      child.on('error', reject)
      child.on('exit', (_code, signal) => resolve({ signal, out }))
    })

  let killed = 0
  let number = 0
  while (killed < KILLS && number < KILLS * 4) {
    number++
    const { signal, out } = await run(number, 1 + Math.floor(random() * POINTS))
    if (signal === 'SIGKILL') killed++
    else expect(out).toContain('done')
  }
  expect(killed).toBe(KILLS)
  // Whatever waits has its time; the last alert ends.
  expect((await run(number + 100, 0)).out).toContain('done')

  const db = openWritable(join(folder.path, 'earshot.db'))
  const rows = db
    .prepare(
      `SELECT p.id, case_id AS alert, json_extract(r.body, '$.kind') AS lane, p.state,
         json_extract(content, '$.message.saying') AS saying
       FROM parcels p JOIN alert_recipients r ON r.id = p.lane ORDER BY seq`,
    )
    .all() as Row[]
  const alerts = db.prepare('SELECT id, state, content FROM alert ORDER BY since').all() as {
    id: string
    state: string
    content: string
  }[]
  db.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  folder.remove()

  expect(alerts.length).toBeGreaterThan(KILLS / 2)
  // Each alert was told to both that it began and that it is over, once.
  const expected = alerts.flatMap(({ id }) =>
    ['raised', 'resolved'].flatMap((saying) => ['webhook', 'mail'].map((lane) => `${id} ${saying} ${lane}`)),
  )
  expect(rows.map(({ alert, saying, lane }) => `${alert} ${saying} ${lane}`).toSorted()).toEqual(expected.toSorted())
  const times = ({ id }: Row): number => got.get(id) ?? 0
  // A program knows a second copy by its key: it goes until it is taken.
  const hooks = rows.filter(({ lane }) => lane === 'webhook')
  expect(hooks.filter((row) => row.state !== 'sent' || times(row) === 0)).toEqual([])
  expect(hooks.some((row) => times(row) > 1)).toBe(true)
  // A mailbox does not: once at most, and what nobody knows is named unknown.
  const mails = rows.filter(({ lane }) => lane === 'mail')
  expect(mails.filter((row) => times(row) > 1)).toEqual([])
  expect(mails.filter((row) => row.state === 'sent' && times(row) !== 1)).toEqual([])
  expect(mails.filter(({ state }) => state !== 'sent' && state !== 'unknown')).toEqual([])
  expect(mails.some(({ state }) => state === 'unknown')).toBe(true)
  // The card says the same of each.
  const named = alerts.flatMap(({ content }) => (JSON.parse(content) as { told: AlertTold[] }).told)
  expect(named.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual(
    rows.map(({ id, state }) => `${id} ${state}`).toSorted(),
  )
})
