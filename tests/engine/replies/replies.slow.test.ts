import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '#engine/store/connections.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { bundled } from '#tests/support/bundled.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'
import { mastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'

const program = await bundled('tests/engine/replies/replies-child.ts')
const KILLS = 50

/** Runs a station that answers one customer, KILLS times, killed each time between "sent" and "recorded"; then once unharmed. */
async function answerAndDie(memory: 'keeps' | 'forgets') {
  const folder = temporaryFolder('answers')
  const server = await mastodonServer()
  const { home } = server
  for (let i = 1; i <= KILLS + 1; i++) {
    server.statuses.push(inventedStatus(Date.now(), `number ${i}`, { id: String(i), url: `${server.url}/@mira/${i}` }))
  }
  const run = (number: number, mayLive: boolean): Promise<{ signal: string | null; out: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, folder.path, server.url, String(number), memory], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      child.stdout.on('data', (data: Buffer) => (out += data.toString()))
      child.stderr.on('data', (data: Buffer) => (out += data.toString()))
      // Every second time after the answer has left the server, so that it may have been read and not yet recorded.
      home.onTaken = (status) => {
        if (mayLive || !String(status['content']).includes(`number ${number}<`)) return
        if (number % 2 === 0) child.kill('SIGKILL')
        else setImmediate(() => child.kill('SIGKILL'))
      }
      child.on('error', reject)
      child.on('exit', (_code, signal) => resolve({ signal, out }))
    })
  // A server whose clock is a year behind: looking into the conversation does not find the answer, the key has to do.
  const isBehind = (number: number): boolean => number % 4 < 2
  let killed = 0
  for (let i = 1; i <= KILLS; i++) {
    home.now = () => Date.now() + (isBehind(i) ? -1 : 1) * 365 * 86_400_000
    const { signal, out } = await run(i, false)
    if (signal === 'SIGKILL') killed++
    else expect(out).toContain('done')
  }
  expect(killed).toBeGreaterThan(KILLS * 0.9)
  expect((await run(KILLS + 1, true)).out).toContain('done')
  const db = openWritable(join(folder.path, 'earshot.db'))
  const rows = db.prepare('SELECT state, external_id AS externalId FROM parcels').all() as { state: string; externalId: string | null }[] // prettier-ignore
  const cases = db.prepare('SELECT answer, state, replied_at AS repliedAt FROM cases').all() as { answer: string; state: string; repliedAt: number | null }[] // prettier-ignore
  const differing = differingCases(db)
  db.close()
  await server.close()
  folder.remove()
  const said = home.posted.map((status) => /number (\d+)/.exec(String(status['content']))![1])
  return { rows, cases, differing, said, posted: home.posted, again: home.again, killed }
}

it(`says everything once when it is killed ${KILLS} times between "sent" and "recorded"`, async () => {
  const { rows, cases, differing, said, posted, again } = await answerAndDie('keeps')
  // 0 doubled, 0 lost: everybody was answered, and nobody twice.
  expect(said).toHaveLength(KILLS + 1)
  expect(new Set(said).size).toBe(KILLS + 1)
  expect(again).toBeGreaterThan(0)
  expect(again).toBeLessThan(KILLS * 0.6)
  expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'sent'))
  expect(new Set(rows.map(({ externalId }) => externalId))).toEqual(new Set(posted.map(({ id }) => id)))
  expect(cases.every(({ answer, state, repliedAt }) => answer === 'sent' && state === 'replied' && repliedAt !== null)).toBe(true) // prettier-ignore
  expect(differing).toEqual([])
})

it(`asks a person ${KILLS} times where a second copy would be one too many`, async () => {
  const { rows, cases, differing, said, killed } = await answerAndDie('forgets')
  expect(said).toHaveLength(KILLS + 1)
  expect(new Set(said).size).toBe(KILLS + 1)
  // Now and then the kill comes too late, and the answer is recorded as sent: never as anything else.
  const unknown = rows.filter(({ state }) => state === 'unknown').length
  expect(unknown).toBeGreaterThan(KILLS * 0.8)
  expect(unknown).toBeLessThanOrEqual(killed)
  expect(rows.filter(({ state }) => state === 'sent')).toHaveLength(KILLS + 1 - unknown)
  expect(cases.filter(({ answer }) => answer === 'unknown').every(({ repliedAt }) => repliedAt === null)).toBe(true)
  expect(differing).toEqual([])
})
