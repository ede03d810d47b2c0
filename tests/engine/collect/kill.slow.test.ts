import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundled } from '#tests/support/bundled.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'
import { hackerNewsServer, inventedHit } from '#tests/support/hackernews-server.ts'
import { inventedPost, jetstreamServer } from '#tests/support/jetstream-server.ts'

const program = await bundled('tests/engine/collect/listening-station.ts')
const KILLS = 15

it('killed again and again while two networks speak, it misses nothing, doubles nothing and goes on where it was', async () => {
  const folder = temporaryFolder('listening')
  const jetstream = await jetstreamServer()
  const news = await hackerNewsServer()
  const said = { sky: 0, news: 0 }
  // About 400 posts and 50 comments a second, numbered, so that each can be looked for.
  const speaking = setInterval(() => {
    const at = Date.now()
    for (let n = 0; n < 8; n++) jetstream.emit(inventedPost(at, `sky ${said.sky++}`))
    news.hits.push(inventedHit(50_000_000 + said.news, at, `news ${said.news++}`))
  }, 20)

  /** Lives until `afterMs` after it was ready, then is killed. */
  const life = (afterMs: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, folder.path, jetstream.host, news.host], { cwd: projectRoot })
      let complaint = ''
      child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
      child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs))
      child.on('error', reject)
      child.on('exit', (code, signal) =>
        signal === 'SIGKILL' ? resolve() : reject(new Error(`It ended with ${code}: ${complaint}`)),
      )
    })
  const texts = (): string[] => {
    const db = new Database(join(folder.path, 'earshot.db'))
    const found = db.prepare('SELECT text FROM mention ORDER BY seq').pluck().all() as string[]
    db.close()
    return found
  }

  try {
    await life(1_500)
    // What was said before anybody listened is not owed: from the first post that was heard on, all of it is.
    const numbers = (network: string, all: string[]): number[] =>
      all.filter((text) => text.startsWith(`${network} `)).map((text) => Number(text.slice(network.length + 1)))
    const begun = texts()
    const first = { sky: Math.min(...numbers('sky', begun)), news: Math.min(...numbers('news', begun)) }
    for (let kill = 0; kill < KILLS; kill++) await life((kill * 137) % 900)
    clearInterval(speaking)
    const look = (network: 'sky' | 'news'): { doubled: number; missing: string } => {
      const heard = numbers(network, texts())
      const known = new Set(heard)
      const owed = Array.from({ length: said[network] - first[network] }, (_, i) => first[network] + i)
      const gone = owed.filter((n) => !known.has(n))
      const where = gone.length === 0 ? '' : ` of ${owed.length}, first ${gone[0]}, last ${gone.at(-1)}`
      return { doubled: heard.length - known.size, missing: `${gone.length}${where}` }
    }
    // Catching up goes back in time page by page and is taken up again after each death, so a slow machine needs some lives
    // more; what is lost for good stays missing however many there are.
    for (let more = 0; more < 12 && (look('sky').missing !== '0' || look('news').missing !== '0'); more++)
      await life(4_000)
    expect({ sky: look('sky'), news: look('news') }).toEqual({
      sky: { doubled: 0, missing: '0' },
      news: { doubled: 0, missing: '0' },
    })
  } finally {
    clearInterval(speaking)
    await jetstream.close()
    await news.close()
    folder.remove()
  }
})
