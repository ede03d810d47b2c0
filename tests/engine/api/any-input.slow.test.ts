import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '#shared/contract/contract.ts'
import type { Client } from '#engine/api/router.ts'
import type { Log } from '#engine/platform/log.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { procedures, type Procedure } from '#tests/contract/fingerprint.ts'

/** What the schemas of the contract let through: whatever it is, no call may come to a fault of the program, hang or be slow. */
interface Shape {
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  oneOf?: Shape[]
  type?: string
  properties?: Record<string, Shape>
  required?: string[]
  additionalProperties?: Shape
  items?: Shape
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  maxLength?: number
}

const texts = [
  '', ' ', '\u0000', '\ud800', '\udc00x', 'a'.repeat(300), 'x'.repeat(20_000), "' OR 1=1 --", '"', '*', '(((', 'a AND', 'NOT', 'kaffora',
  'network:', '__proto__', 'constructor', '../../etc/passwd', '%', '{author}', '{{x}}', '🇩🇪'.repeat(50), '\u202e', 'https://[::1',
  'UTC', 'Europe/Nowhere', '9'.repeat(400), '-1', 'null', '12:00', '2026-13-45', 'de', 'xx',
] // prettier-ignore
const numbers = [
  0,
  -1,
  1,
  2,
  5,
  0.5,
  1e15,
  -1e15,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  8.64e15 + 1,
  1.7e12,
]
const PATIENCE_MS = 30_000
/** They replace the store, or wait for the sample. */
const apart = new Set(['station.openSample', 'station.closeSample', 'station.backup'])

let seed = 5
const random = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff) / 0x7fff_ffff
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
const ids: string[] = []

function some(shape: Shape | undefined, depth = 0): unknown {
  const { minimum = -Infinity, maximum = Infinity } = shape ?? {}
  if (shape?.const !== undefined) return shape.const
  if (shape?.enum) return pick(shape.enum)
  if (shape?.anyOf ?? shape?.oneOf) return some(pick((shape.anyOf ?? shape.oneOf)!), depth)
  if (shape?.type === 'object') {
    const given = Object.entries(shape.properties ?? {}).filter(
      ([key]) => shape.required?.includes(key) || random() > 0.4,
    )
    return Object.fromEntries(given.map(([key, one]) => [key, some(one, depth + 1)]))
  }
  if (shape?.type === 'array') {
    const length = Math.max(shape.minItems ?? 0, depth > 6 ? 0 : Math.min(shape.maxItems ?? 4, pick([0, 1, 1, 2, 4])))
    return Array.from({ length }, () => some(shape.items, depth + 1))
  }
  if (shape?.type === 'string') return (random() < 0.45 ? pick(ids) : pick(texts)).slice(0, shape.maxLength)
  if (shape?.type === 'integer') return Math.min(maximum, Math.max(minimum, Math.trunc(pick(numbers))))
  if (shape?.type === 'number') return Math.min(maximum, Math.max(minimum, pick(numbers)))
  if (shape?.type === 'boolean') return random() < 0.5
  return pick([null, 'x', 1])
}

const faults: string[] = []
const log: Log = {
  child: () => log,
  log: (level, what, about, error) => {
    if (level === 'error') faults.push(`${what} ${JSON.stringify(about)} ${String(error)}`)
  },
}
let test: Awaited<ReturnType<typeof openTestEngine>>

beforeAll(async () => {
  test = await openTestEngine({ log })
  test.engine.board.start()
  const client = test.engine.client('officer', { kind: 'officer', id: 'officer:mia', name: 'Mia' })
  await client.listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
  for (const { desk } of await client.desks.list()) ids.push(desk.id)
  for (const { id } of await client.desks.rules()) ids.push(id)
})
afterAll(() => test.close())

/** Mentions come in as before, whatever was set up meanwhile. */
async function hear(round: number): Promise<void> {
  const drafts = pick([['complaint, refund me'], ['is lovely', 'who can help?']]).map((text, n) => ({
    externalId: `${round}-${n}`, kind: 'post' as const, text: `Kaffora ${text} ${pick(texts)}`, title: pick(texts), url: null,
    author: { id: pick(texts), handle: pick(texts), name: pick(texts), url: null, followers: 9 }, publishedAt: Date.now() - 60_000, lang: 'en',
    country: null, threadId: pick(texts), inReplyTo: null, engagement: null, links: [], media: [], private: false, raw: null,
  })) // prettier-ignore
  await test.engine.intake.push({ sourceId: 'src', network: 'mastodon', drafts })
  await test.engine.idle()
  const { items } = await test.engine.client('officer').mentions.page({ filter: {} })
  for (const { mention, case: known } of items.slice(0, 3)) ids.push(mention.id, ...(known ? [known.id] : []))
}

/** How it ended; null: with an answer, or a refusal in the contract's words. */
async function call(client: Client, { path, stream }: Procedure, input: unknown): Promise<string | null> {
  const [room, name] = path.split('.') as [string, string]
  const ask = (client as never as Record<string, Record<string, (input: unknown) => Promise<AsyncIterator<unknown>>>>)[
    room
  ]![name]!
  let waiting: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string>((resolve) => (waiting = setTimeout(() => resolve('no answer'), PATIENCE_MS)))
  const asked = (async () => {
    try {
      const answer = await ask(input)
      if (stream) await answer.return?.()
      return null
    } catch (error) {
      const { code, data } = error as { code?: string; data?: { kind?: string } }
      return code === 'FAILURE' && data?.kind !== 'bug' ? null : String(error)
    }
  })()
  const ended = await Promise.race([asked, late])
  clearTimeout(waiting)
  return ended
}

it(
  'answers or refuses whatever the contract lets through, from officers and walls, and goes on listening',
  { timeout: 600_000 },
  async () => {
    const all = procedures(contract).filter(({ path }) => !apart.has(path))
    const shapes = new Map(
      all.map(({ path, input }) => [
        path,
        input && (z.toJSONSchema(input, { unrepresentable: 'any', io: 'input', reused: 'inline' }) as Shape),
      ]),
    )
    const clients = [
      test.engine.client('officer', { kind: 'officer', id: 'officer:mia', name: 'Mia' }),
      test.engine.client('wall'),
    ]
    const found: string[] = []
    for (let round = 0; round < 10; round++) {
      await hear(round)
      for (const procedure of all)
        for (const client of clients) {
          const shape = shapes.get(procedure.path)
          const input = shape && some(shape)
          const ended = await call(client, procedure, input)
          if (ended !== null) found.push(`${procedure.path}: ${ended} of ${JSON.stringify(input)?.slice(0, 300)}`)
        }
    }
    expect([...found, ...faults]).toEqual([])
  },
)
