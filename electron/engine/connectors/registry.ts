import type { Connector } from './connector.ts'

/** Every connector, by hand and in the order in which the Sources view offers them. */
export const connectors: readonly Connector[] = []
