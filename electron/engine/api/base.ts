import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { Role } from '#shared/contract/station.ts'
import type { Actor } from '#shared/model/journal.ts'

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
}

/** Handlers are built from this, so that none can be added that the wall guard does not see. */
export const api = implement(contract)
  .$context<CallContext>()
  .use(({ context, procedure, next, errors }) => {
    const meta = procedure['~orpc'].meta as { write?: boolean }
    if (meta.write !== false && context.role !== 'officer') {
      throw errors.FORBIDDEN({ message: 'A wall only shows. Open Earshot as an officer to change something.' })
    }
    return next()
  })
