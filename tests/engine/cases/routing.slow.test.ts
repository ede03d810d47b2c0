import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { verifyJournal } from '#engine/store/journal-chain.ts'
import { openWritable } from '#engine/store/connections.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import { readRoutingCursor } from '#engine/store/queries/routing-cursor.ts'
import { bundled } from '#tests/support/bundled.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'

const program = await bundled('tests/engine/cases/routing-child.ts')
const KILLS = 25

it(`decides every mention once when it is killed ${KILLS} times in the middle of routing`, async () => {
  const folder = temporaryFolder('routing')
  const run = (round: number, killAfterMs: number | null): Promise<{ signal: string | null; out: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, folder.path, String(round), '1500'], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      child.stdout.on('data', (data: Buffer) => {
        out += data.toString()
        if (killAfterMs !== null && out.startsWith('ready')) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
      })
      child.stderr.on('data', (data: Buffer) => (out += data.toString()))
      child.on('error', reject)
      child.on('exit', (_code, signal) => resolve({ signal, out }))
    })

  let killed = 0
  for (let round = 1; round <= KILLS; round++) {
    // From the first transaction on to somewhere in the middle, a different moment each time.
    if ((await run(round, 5 + ((round * 37) % 200))).signal === 'SIGKILL') killed++
  }
  expect(killed).toBeGreaterThan(KILLS * 0.7)
  const last = await run(KILLS + 1, null)
  expect(last.out).toContain('done')

  const db = openWritable(join(folder.path, 'earshot.db'))
  const mentions = db.prepare('SELECT count(*) FROM mention').pluck().get() as number
  const cases = db.prepare('SELECT count(*) AS n, count(DISTINCT mention_seq) AS mentions FROM cases').get()
  expect(mentions).toBeGreaterThan(1500)
  expect(cases).toEqual({ n: mentions, mentions })
  expect(db.prepare(`SELECT count(*) FROM journal WHERE kind = 'case.opened'`).pluck().get()).toBe(mentions)
  expect(readRoutingCursor(db)).toBe(lastSeq(db))
  expect(differingCases(db)).toEqual([])
  expect(verifyJournal(db).brokenAt).toBeNull()
  db.close()
  folder.remove()
})
