import fc from 'fast-check'
import * as commands from '#engine/cases/commands.ts'
import { Failure } from '#engine/platform/failure.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { lena, omar, type Heard, type House } from './house.ts'

/** Something that happens in the house: a mention arrives, an officer acts, time passes. */
export type Action =
  | { do: 'hear'; heard: Heard }
  | { do: 'wait'; ms: number }
  | { do: 'undo'; back: number }
  | { do: 'answer'; way: 'thread' | 'direct'; pick: number; again: boolean }
  | { do: 'command'; name: keyof typeof inputs; pick: number; by: 'lena' | 'omar' }

const inputs = {
  route: (n: number) => ({ deskId: ['desk_care', 'desk_technical', 'desk_press', 'desk_sales'][n % 4] }),
  accept: () => ({}),
  reply: () => ({ text: 'hello' }),
  askApproval: () => ({ text: 'dear' }),
  approve: (n: number) => ({ approve: n % 2 === 0 }),
  confirm: () => ({}),
  close: () => ({ reason: 'answered' }),
  reopen: () => ({}),
  prioritise: (n: number) => ({ priority: ['urgent', 'high', 'normal', 'low'][n % 4] }),
  note: () => ({ text: 'note' }),
  assign: (n: number) => ({ personId: n % 2 === 0 ? 'p1' : null }),
  outcome: () => ({ text: 'changed' }),
} as const

const texts = [
  'refund for the damaged parcel',
  'my lawyer will write',
  'how do i clean it?',
  'app crashes',
  'lovely',
  'awful',
  'thanks!',
]
const anyHeard = fc.record({
  text: fc.constantFrom(...texts),
  label: fc.constantFrom('negative' as const, 'neutral' as const, 'positive' as const),
  confidence: fc.constantFrom(0.5, 0.9),
  by: fc.constantFrom('ana', 'ben', 'cem'),
  inReplyTo: fc.constantFrom(null, 'thread1', 'thread2'),
})

export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: anyHeard.map((heard): Action => ({ do: 'hear', heard })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3_600_000 }).map((ms): Action => ({ do: 'wait', ms })) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      way: fc.constantFrom('thread' as const, 'direct' as const),
      pick: fc.nat(50),
      again: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.nat(5).map((back): Action => ({ do: 'undo', back })) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      name: fc.constantFrom(...(Object.keys(inputs) as (keyof typeof inputs)[])),
      pick: fc.nat(50),
      by: fc.constantFrom('lena' as const, 'omar' as const),
    }),
  },
)

/** Does it; what cannot be done is refused and changes nothing. `entries` collects what can be undone. */
export async function act(house: House, action: Action, entries: number[]): Promise<void> {
  if (action.do === 'wait') {
    house.clock.advance(action.ms)
    return house.board.outbox.work()
  }
  if (action.do === 'hear') {
    await house.take(action.heard)
    return
  }
  try {
    if (action.do === 'undo') {
      const entry = entries.at(-1 - action.back)
      if (entry !== undefined) entries.push(house.board.undo(entry, lena).recorded!.entry)
      return
    }
    const all: StoredCase[] = [...allCases(house.store)]
    const known = all[action.pick % Math.max(1, all.length)]
    if (!known) return
    if (action.do === 'answer') {
      const failed = house.board.replies.ofCase(known.id).find(({ state }) => state === 'failed' || state === 'unknown')
      if (action.again && failed) house.board.replies.retry(failed.id, omar)
      else entries.push(house.board.do('reply', { id: known.id }, { text: 'hello', way: action.way }, lena).entry)
      return
    }
    const command = commands[action.name] as Parameters<typeof house.board.run<never>>[0]
    const input = inputs[action.name](action.pick) as never
    entries.push(house.board.run(command, { id: known.id }, input, action.by === 'lena' ? lena : omar).entry)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}
