import { Config, ownAddress } from '#engine/connectors/email/config.ts'
import { listSources } from '#engine/store/queries/sources.ts'
import type { WritingStore } from '#engine/store/store.ts'

/** Addresses of the mailboxes that the station listens to: what they wrote themselves is no mention, in a file either. */
export const ownAddresses = (store: WritingStore): string[] =>
  listSources(store).flatMap(({ source }) => {
    if (source.connector !== 'email') return []
    const config = Config.safeParse(source.config)
    return config.success && ownAddress(config.data) !== '' ? [ownAddress(config.data)] : []
  })
