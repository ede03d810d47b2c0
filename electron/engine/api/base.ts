import { Failure } from '#engine/platform/failure.ts'
import { implement } from '@orpc/server'
import type { Meta, Right } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/contract.ts'
import type { Role } from '#shared/contract/station.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Log } from '#engine/platform/log.ts'
import { masked, type Cover } from './mask.ts'
import { onWire, toFailure } from './wire-failure.ts'

/** The connection that a call came over. */
export interface PageContext {
  /** Unique among the connections of this run of the engine. */
  id: string
  /** From now on this connection's officer goes by this name; empty: by the station's. Says who that is. */
  signIn(name: string): Actor
}

/**
 * Who is calling. The role is established by the host when the connection opened and nothing in a message can change it;
 * the name is what the officer at that page goes by.
 */
export interface CallContext {
  role: Role
  actor: Actor
  page: PageContext
  /** What walls do not get at the moment. */
  cover: Cover
  /** Does the work when it is this caller's turn. An officer never waits. */
  turn<T>(work: () => Promise<T>): Promise<T>
  /** Has the detail of what failed by a fault of the program. */
  log: Log
}

/** What a role gets of a call; undefined: nothing, also of a call that does not say. Only officers change anything. */
export const rightOf = (meta: Meta, role: Role): Right | undefined =>
  role === 'officer' ? 'open' : meta.write === false ? meta[role] : undefined

const isStream = (value: unknown): value is AsyncIterator<unknown> & AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value

/** Not a generator: `return` of one waits for a pending `next`, and a cancel must reach a stream that is silent. */
function failingAs(
  translated: (error: unknown) => Error,
  stream: AsyncIterator<unknown>,
): AsyncIterableIterator<unknown> {
  const translating: AsyncIterableIterator<unknown> = {
    async next() {
      try {
        return await stream.next()
      } catch (error) {
        throw translated(error)
      }
    },
    return: async (value) => (await stream.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]: () => translating,
  }
  return translating
}

/** Handlers are built from this, so that none can be added that the rights of the contract do not hold. */
export const api = implement(contract)
  .$context<CallContext>()
  // Every failure of a call, also one in the middle of a stream, leaves as the one error of the contract.
  .use(async ({ context, path, next }) => {
    const translated = (error: unknown) => onWire(toFailure(error, path.join('.'), context.log))
    try {
      const result = await next()
      return { ...result, output: isStream(result.output) ? failingAs(translated, result.output) : result.output }
    } catch (error) {
      throw translated(error)
    }
  })
  .use(async ({ context, procedure, next }, _input, done) => {
    const { meta, outputSchema } = procedure['~orpc'] as { meta: Meta; outputSchema?: never }
    const right = rightOf(meta, context.role)
    if (right === undefined) {
      throw new Failure('user', meta.write ? 'wall.onlyShows' : 'wall.notShown')
    }
    const result = await context.turn(async () => next())
    return right === 'open' ? result : done(masked(outputSchema!, result.output, context.cover))
  })
