import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '#engine/store/connections.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { bundled } from '#tests/support/bundled.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'

const program = await bundled('tests/engine/delivery/outbox-child.ts')
const RUNS = 25

/** Numbers between 0 and 1, the same in every run of the test. */
function dice(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

interface Row {
  id: string
  caseId: string
  kind: 'reply' | 'handoff'
  lane: string
  state: string
}

it(`loses nothing and says nothing twice that cannot be told, killed at ${RUNS} random moments with both kinds under way`, async () => {
  const folder = temporaryFolder('outbox')
  const random = dice(7)
  /** How often each receiver got what: by its key, or by the case where it knows no key. */
  const got = new Map<string, number>()
  let child: ChildProcess | null = null
  let mayDie = true
  const die = (): void => void child?.kill('SIGKILL')
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (data: Buffer) => (body += data.toString()))
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'] ?? /case_[0-9a-z]+/.exec(body)?.[0] ?? '')
      const what = `${request.url}${request.url?.startsWith('/handoff') ? `/${key}` : ''}`
      got.set(what, (got.get(what) ?? 0) + 1)
      const when = mayDie ? random() : 1
      if (when < 0.12) die()
      else response.writeHead(200).end(() => when < 0.24 && die())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  const run = (number: number, rounds: number): Promise<{ signal: string | null; out: string }> =>
    new Promise((resolve, reject) => {
      const started = spawn(process.execPath, [program, folder.path, url, String(number), String(rounds)], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      let out = ''
      started.stdout.on('data', (data: Buffer) => (out += data.toString()))
      started.stderr.on('data', (data: Buffer) => (out += data.toString()))
      started.on('error', reject)
      started.on('exit', (_code, signal) => resolve({ signal, out }))
    })

  let killed = 0
  for (let i = 1; i <= RUNS; i++) {
    const { signal, out } = await run(i, 3)
    if (signal === 'SIGKILL') killed++
    else expect(out).toContain('done')
  }
  expect(killed).toBeGreaterThan(RUNS / 4)
  mayDie = false
  // Whatever waits, for its turn or its next attempt, has its time.
  expect((await run(RUNS + 10, 400)).out).toContain('done')

  const db = openWritable(join(folder.path, 'earshot.db'))
  const rows = db
    .prepare('SELECT id, case_id AS caseId, kind, lane, state, attempts, advice FROM parcels ORDER BY seq')
    .all() as Row[]
  const webhook = db.prepare(`SELECT id FROM channels WHERE json_extract(body, '$.kind') = 'webhook'`).pluck().get()
  const queued = db
    .prepare(
      `SELECT coalesce(data ->> '$.handoff', data ->> '$.answer') FROM journal
       WHERE kind IN ('handoff.queued', 'answer.queued') ORDER BY 1`,
    )
    .pluck()
    .all()
  const differing = differingCases(db)
  db.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  folder.remove()

  // Nothing is forgotten: what was decided is kept, and comes to an end.
  expect(rows.map(({ id }) => id).toSorted()).toEqual(queued)
  expect(rows.filter(({ state }) => state !== 'sent' && state !== 'unknown')).toEqual([])
  const times = ({ kind, lane, id, caseId }: Row): number => {
    if (kind === 'reply') return got.get(`/reply/${lane}/${id}`) ?? 0
    return got.get(lane === webhook ? `/handoff/keeps/${id}` : `/handoff/forgets/${caseId}`) ?? 0
  }
  for (const kind of ['reply', 'handoff'] as const) {
    const ofKind = rows.filter((row) => row.kind === kind)
    const tells = ofKind.filter(({ lane }) => lane === 'keeps' || lane === webhook)
    const cannotTell = ofKind.filter((row) => !tells.includes(row))
    // Where a copy does no harm it goes again, with its key, until it is taken.
    expect(tells.length).toBeGreaterThan(RUNS / 4)
    expect(tells.filter((row) => row.state !== 'sent' || times(row) === 0)).toEqual([])
    expect(tells.some((row) => times(row) > 1)).toBe(true)
    // Where it would, it went once at most, and a person is asked about what nobody knows.
    expect(cannotTell.filter((row) => times(row) > 1 || (row.state === 'sent' && times(row) === 0))).toEqual([])
    expect(cannotTell.some(({ state }) => state === 'unknown')).toBe(true)
  }
  expect(differing).toEqual([])
})
