import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import { ORPCError, createRouterClient, isProcedure } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import type { AnyRouter } from '@orpc/server'
import { StandardRPCHandler } from '@orpc/server/standard'
import type { Contract } from '#shared/contract/contract.ts'
import type { Log } from '#engine/platform/log.ts'
import type { CallContext } from './base.ts'
import { onWire, toFailure } from './wire-failure.ts'

/** The contract as functions: what the page holds at its end, and what the command line calls in the same process. */
export type Client = ContractRouterClient<Contract>

/** The handlers of every room, by the contract's own names. */
export type Rooms = Record<string, AnyRouter>

interface Call {
  path: readonly string[]
  context: CallContext
  next(): Promise<unknown>
}

/** Every failure of a call, also one in the middle of a stream, leaves as a member of the closed error list. */
function translateFailures(log: Log) {
  return async ({ path, next }: Call): Promise<unknown> => {
    const name = path.join('.')
    try {
      const output = await next()
      return isStream(output) ? translatedStream(output, name, log) : output
    } catch (error) {
      throw onWire(toFailure(error, name, log))
    }
  }
}

const isStream = (value: unknown): value is AsyncIterator<unknown> & AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value

/** Not a generator: `return` of one waits for a pending `next`, and a cancel must reach a stream that is silent. */
function translatedStream(stream: AsyncIterator<unknown>, name: string, log: Log): AsyncIterableIterator<unknown> {
  const translated: AsyncIterableIterator<unknown> = {
    async next() {
      try {
        return await stream.next()
      } catch (error) {
        throw onWire(toFailure(error, name, log))
      }
    },
    async return(value) {
      return (await stream.return?.(value)) ?? { done: true, value }
    },
    [Symbol.asyncIterator]: () => translated,
  }
  return translated
}

/** The wire end of the contract; it knows no transport. `serve.ts` binds it to one connection. */
export function createHandler(rooms: Rooms, log: Log): StandardRPCHandler<CallContext> {
  return new StandardRPCHandler<CallContext>(rooms as never, {
    clientInterceptors: [translateFailures(log) as never],
    interceptors: [
      async ({ next, request }) => {
        const name = request.url.pathname.slice(1).replaceAll('/', '.')
        try {
          const result = await next()
          if (result.matched) return result
        } catch (error) {
          // Input that cannot even be decoded is thrown bare, by the codec or the schema alike.
          throw error instanceof ORPCError ? error : onWire(new Failure('user', 'call.unreadable', { cause: error }))
        }
        throw onWire(new Failure('user', said('call.unknown', { name })))
      },
    ],
  })
}

/** The same calls, checks and errors without a wire. */
export function createLocalClient(rooms: Rooms, log: Log, context: CallContext): Client {
  return createRouterClient(rooms as never, {
    context: context as never,
    interceptors: [translateFailures(log) as never],
  }) as never
}

/** Paths of all procedures that have a handler, e.g. `mentions.page`. */
export function handledPaths(rooms: Rooms): string[] {
  return Object.entries(rooms).flatMap(([room, procedures]) =>
    Object.entries(procedures as Record<string, unknown>)
      .filter(([, procedure]) => isProcedure(procedure))
      .map(([name]) => `${room}.${name}`),
  )
}
