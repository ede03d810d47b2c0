import type { Role } from '#shared/contract/station.ts'
import type { Actor } from '#shared/model/journal.ts'
import { cleanOfficerName, officerIdOf } from '#shared/model/looker.ts'
import { newId } from '#shared/util/ids.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Log } from '#engine/platform/log.ts'
import { createTurns } from '#engine/platform/turns.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { CallContext } from './base.ts'
import type { Cover } from './mask.ts'

/** Questions of all walls together that are answered at once: officers ask the same threads. */
const WALLS_AT_ONCE = 4
/** Some 30 walls that all come back at once, with 24 panes each. */
const WALLS_WAITING = 1000

/** What calls know of their connections. `as`: whoever calls, when it is not for the page to say. */
export function createCallers(reads: Reads, log: Log): (role: Role, as?: Actor) => CallContext {
  /** `name`: what the officer at a page goes by; empty, or the same as the station's: the station's own officer. */
  const actor = (role: Role, name: string): Actor => {
    if (role === 'wall') return { kind: 'engine', id: 'wall', name: 'Wall' }
    const { officerName } = readSettings(reads)
    const isStations = name === '' || officerIdOf(name) === officerIdOf(officerName)
    return isStations
      ? { kind: 'officer', id: 'officer', name: officerName }
      : { kind: 'officer', id: officerIdOf(name), name }
  }
  const cover: Cover = {
    get names() {
      return readSettings(reads).maskOnWall
    },
    isPrivate: (id) => mentionById(reads, id)?.private === true,
  }
  const turns = createTurns(WALLS_AT_ONCE, WALLS_WAITING)
  const full = (): Failure => new Failure('operational', 'wall.busy', { retryAfterMs: 2000 })
  // Read anew with each call: who sits there may change while the page stays open.
  return (role, as) => {
    let name = ''
    return {
      role,
      get actor() {
        return as ?? actor(role, name)
      },
      page: {
        id: newId('page'),
        signIn(next) {
          name = cleanOfficerName(next)
          return as ?? actor(role, name)
        },
      },
      cover,
      turn: (work) => (role === 'wall' ? turns.take(work, full) : work()),
      log,
    }
  }
}
