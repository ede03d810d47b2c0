import type { Clock } from '#engine/platform/clock.ts'
import { signedMessageId } from '#engine/handoffs/desk-ways.ts'
import { plainMessageId } from '#engine/handoffs/send.ts'
import { signLink, signTag, type DeskKey } from '#engine/handoffs/signing.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'

const DAY_MS = 86_400_000

/** Where the reader of one message sees its alert and may take it. */
export interface AlertLinks {
  /** Until when links hold that are sent now. */
  until(): number
  /** The same for every attempt with the same `until`. `link` null: no page is served, or its key cannot be read. `tag`: for the subject of a mail; null: that key cannot be read. */
  of(id: string, until: number): Promise<{ link: string | null; messageId: string; tag: string | null }>
}

export function createAlertLinks({
  store,
  clock,
  key,
  served,
}: {
  store: Store
  clock: Clock
  key: DeskKey
  served: boolean
}): AlertLinks {
  const { stationId } = store
  return {
    until: () => clock.now() + readSettings(store).deskLinkDays * DAY_MS,
    async of(id, until) {
      const { publicUrl } = readSettings(store)
      const secret = await key.get()
      if (secret === null) return { link: null, messageId: plainMessageId(stationId, id), tag: null }
      const link =
        publicUrl === '' || !served ? null : `${publicUrl}/alert/${signLink(secret, stationId, id, until, 'alert')}`
      const tag = signTag(secret, stationId, id)
      return { link, messageId: signedMessageId(stationId, tag), tag }
    },
  }
}
