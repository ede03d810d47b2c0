import type { Connector } from './connector.ts'
import { feed } from './feed/feed.ts'
import { file } from './file/file.ts'

/** Every connector, by hand and in the order in which the Sources view offers them. */
export const connectors: readonly Connector[] = [feed as unknown as Connector, file as unknown as Connector]
