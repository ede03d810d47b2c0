import type { SendResult } from '#shared/model/parcel.ts'
import { asWritten } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import type { ReplyDoor } from '#engine/replies/door.ts'
import type { Mention } from '#shared/model/mention.ts'

type Sent = Parameters<ReplyDoor['send']>[2] & { sourceId: string; mention: string }

/** A network that answers as the test says; what is not said is taken. */
export interface PretendDoor extends ReplyDoor {
  sent: Sent[]
  withdrawn: string[]
  /** How the next sends end. */
  results: (Partial<SendResult> | Promise<Partial<SendResult>> | Error)[]
  withdrawals: Partial<SendResult>[]
  /** Why a way is not possible, by the way. */
  why: Record<string, Said | null>
  repeats: boolean
  canDelete: boolean
  accountWhy: Said | null
  /** Who else reads a message. */
  readers: string[]
}

export function pretendDoor(sources: string[] = ['src_test']): PretendDoor {
  const taken = (n: number): SendResult => ({
    outcome: 'sent',
    sent: { externalId: `p${n}`, url: `https://net.example/p${n}` },
    advice: null,
    retryAfterMs: null,
  })
  const door: PretendDoor = {
    sent: [],
    withdrawn: [],
    results: [],
    withdrawals: [],
    why: {},
    repeats: true,
    canDelete: true,
    accountWhy: null,
    readers: [],
    options: (mention: Mention) =>
      sources.flatMap((sourceId) =>
        (mention.private ? (['direct', 'thread'] as const) : (['thread', 'direct'] as const)).map((way) => ({
          way,
          sourceId,
          sourceName: `Net ${sourceId}`,
          network: mention.network,
          limit: 60,
          manner: { warning: null, lang: null },
          audience: way === 'thread' ? ('everybody' as const) : ('customer' as const),
          why:
            mention.private && way === 'thread' ? asWritten('The customer wrote in private.') : (door.why[way] ?? null),
        })),
      ),
    compose: (_source, _way, text, mention) => {
      const whole = `@${mention.author?.handle ?? ''} ${text}`
      return { text: whole, length: whole.length, readers: door.readers }
    },
    repeatable: () => door.repeats,
    paceMs: () => 1_000,
    canWithdraw: () => door.canDelete,
    speakers: () => sources.map((sourceId) => ({ sourceId, network: 'mastodon' })),
    account: (sourceId) =>
      Promise.resolve(
        door.accountWhy === null
          ? { account: { name: `@care@${sourceId}`, authorId: `care@${sourceId}`, limit: null }, why: null }
          : { account: null, why: door.accountWhy },
      ),
    async send(sourceId, mention, answer) {
      door.sent.push({ ...answer, sourceId, mention: mention.id })
      const n = door.sent.length
      const result = await door.results.shift()
      if (result instanceof Error) throw result
      return { ...taken(n), ...(result?.outcome && result.outcome !== 'sent' ? { sent: null } : {}), ...result }
    },
    withdraw(_source, _way, place) {
      door.withdrawn.push(place.externalId)
      return Promise.resolve({
        outcome: 'sent',
        sent: place,
        advice: null,
        retryAfterMs: null,
        ...door.withdrawals.shift(),
      })
    },
  }
  return door
}
