import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import type { Role } from '#shared/contract/station.ts'
import type { Actor } from '#shared/model/journal.ts'

/** Who is calling, established by the host when the connection opened; nothing in a message can change it. */
export interface CallContext {
  role: Role
  actor: Actor
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
