import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import { ORPCError, createRouterClient, isProcedure, type AnyRouter } from '@orpc/server'
import type { ContractRouterClient } from '@orpc/contract'
import { StandardRPCHandler } from '@orpc/server/standard'
import type { Contract } from '#shared/contract/contract.ts'
import type { CallContext } from './base.ts'
import { onWire } from './wire-failure.ts'

/** The contract as functions: what the page holds at its end, and what the command line calls in the same process. */
export type Client = ContractRouterClient<Contract>

/** The handlers of every room, by the contract's own names. */
export type Rooms = Record<string, AnyRouter>

/** The wire end of the contract; it knows no transport. `serve.ts` binds it to one connection. */
export function createHandler(rooms: Rooms): StandardRPCHandler<CallContext> {
  return new StandardRPCHandler<CallContext>(rooms as never, {
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
export const createLocalClient = (rooms: Rooms, context: CallContext): Client =>
  createRouterClient(rooms as never, { context: context as never }) as never

/** Paths of all procedures that have a handler, e.g. `mentions.page`. */
export function handledPaths(rooms: Rooms): string[] {
  return Object.entries(rooms).flatMap(([room, procedures]) =>
    Object.entries(procedures as Record<string, unknown>)
      .filter(([, procedure]) => isProcedure(procedure))
      .map(([name]) => `${room}.${name}`),
  )
}
