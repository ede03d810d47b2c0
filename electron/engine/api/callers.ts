import type { Role } from '#shared/contract/station.ts'
import type { Actor } from '#shared/model/journal.ts'
import { cleanOfficerName, officerIdOf } from '#shared/model/looker.ts'
import { newId } from '#shared/util/ids.ts'
import { readLayouts } from '#engine/store/queries/layouts.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { CallContext } from './base.ts'
import type { Cover } from './mask.ts'

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
    isHung: (query) => readLayouts(reads).some(({ panes }) => panes.some((pane) => pane.query === query)),
  }
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
      log,
    }
  }
}
