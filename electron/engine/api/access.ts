import type { Actor, JournalKind } from '#shared/model/journal.ts'
import type { Doors, KnownWall } from '#shared/model/access.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { SecretPlaces } from '#engine/platform/secret-places.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

export interface AccessRoom {
  store: Store
  clock: Clock
  /** null: this host has one place only. */
  places: SecretPlaces | null
  /** null: no browser reaches this station. */
  doors(): Doors | null
}

export function accessApi({ store, clock, places, doors }: AccessRoom) {
  const { access: room } = api
  function open(): Doors {
    const found = doors()
    if (found === null) throw new Failure('user', 'wall.noDoors')
    return found
  }
  function chosen(): SecretPlaces {
    if (places === null) throw new Failure('user', 'secrets.notHere')
    return places
  }
  const tell = (kind: JournalKind, { id, name }: KnownWall, actor: Actor): void => {
    store.transaction(() => appendEntry(store, { at: clock.now(), kind, actor, data: { wall: id, name } }))
  }
  return {
    secrets: room.secrets.handler(async () =>
      places === null ? { place: 'keychain' as const, chosen: true, problem: null } : places.place(),
    ),
    sealSecrets: room.sealSecrets.handler(async ({ input }) => {
      await chosen().seal(input.passphrase)
      return chosen().place()
    }),
    unlockSecrets: room.unlockSecrets.handler(async ({ input }) => {
      await chosen().unlock(input.passphrase)
      return chosen().place()
    }),
    keepSecretsForRun: room.keepSecretsForRun.handler(async () => {
      await chosen().keepForThisRun()
      return chosen().place()
    }),
    walls: room.walls.handler(() => {
      const found = doors()
      return found && { walls: found.walls() }
    }),
    addWall: room.addWall.handler(({ input, context }) => {
      const { wall, url } = open().addWall(input.name)
      tell('wall.added', wall, context.actor)
      return { url }
    }),
    wallLink: room.wallLink.handler(({ input }) => {
      const url = open().wallLink(input.id)
      if (url === undefined) throw new Failure('user', 'wall.gone')
      return { url }
    }),
    removeWall: room.removeWall.handler(({ input, context }) => {
      const wall = open().removeWall(input.id)
      if (wall === undefined) throw new Failure('user', 'wall.gone')
      tell('wall.removed', wall, context.actor)
      return {}
    }),
    officerLink: room.officerLink.handler(() => ({ url: open().officerLink() })),
  }
}
