import type { Connector } from './connector.ts'
import { bluesky } from './bluesky/bluesky.ts'
import { email } from './email/email.ts'
import { feed } from './feed/feed.ts'
import { file } from './file/file.ts'
import { hackernews } from './hackernews/hackernews.ts'
import { mastodon } from './mastodon/mastodon.ts'

/** Every connector, by hand and in the order in which the Sources view offers them. */
export const connectors: readonly Connector[] = [
  mastodon,
  bluesky,
  hackernews,
  feed,
  email,
  file,
] as unknown as Connector[]
