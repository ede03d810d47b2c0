import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { openWritable } from '#engine/store/connections.ts'
import { bundled } from '#tests/support/bundled.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'

const program = await bundled('tests/engine/handoffs/handoff-child.ts')
const KILLS = 50

it(`loses and doubles nothing when it is killed ${KILLS} times between "sent" and "recorded"`, async () => {
  const folder = temporaryFolder('handoff')
  /** A receiver that honours the key: what it has taken already it confirms again and does not take twice. */
  const taken = new Set<string>()
  let copies = 0
  let kill: (() => void) | null = null
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'])
      if (taken.has(key)) copies++
      taken.add(key)
      if (kill === null) return response.writeHead(200).end()
      // Every second time after the answer has left, so that it may have been read and not yet recorded.
      if (taken.size % 2 === 0) kill()
      else response.writeHead(200).end(() => kill?.())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  const run = (number: number, mayLive: boolean): Promise<{ signal: string | null; out: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, folder.path, url, String(number)], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      child.stdout.on('data', (data: Buffer) => (out += data.toString()))
      child.stderr.on('data', (data: Buffer) => (out += data.toString()))
      kill = mayLive ? null : () => child.kill('SIGKILL')
      child.on('error', reject)
      child.on('exit', (_code, signal) => resolve({ signal, out }))
    })

  let killed = 0
  for (let i = 1; i <= KILLS; i++) {
    const { signal, out } = await run(i, false)
    if (signal === 'SIGKILL') killed++
    else expect(out).toContain('done')
  }
  expect(killed).toBeGreaterThan(KILLS * 0.9)
  const last = await run(KILLS + 1, true)
  expect(last.out).toContain('done')

  const db = openWritable(join(folder.path, 'earshot.db'))
  const rows = db.prepare('SELECT id, state FROM parcels').all() as { id: string; state: string }[]
  const cases = db.prepare('SELECT handoff FROM cases').all() as { handoff: string }[]
  expect(cases).toHaveLength(KILLS + 1)
  expect(rows.map((row) => row.state)).toEqual(rows.map(() => 'sent'))
  expect(new Set(rows.map((row) => row.id))).toEqual(taken)
  expect(cases.every((one) => one.handoff === 'sent')).toBe(true)
  expect(copies).toBeGreaterThan(0)
  expect(differingCases(db)).toEqual([])
  db.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  folder.remove()
})
