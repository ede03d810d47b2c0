export interface ClusterOptions {
  /** Cosine from which a text joins, 0 … 1. */
  threshold: number
  /** The longest-unused cluster gives way beyond this many. */
  most: number
  /** Terms kept of a centroid. */
  terms: number
  /** Terms that rarity is known of, and terms of all centroids together: what is oldest gives way. */
  mostTerms: number
  mostHeld: number
}

/** More terms than a text has: columns grow by doubling, and one text too many must not double them. */
const ONE_TEXT = 1024
/** Full of everything the tables take 33 MB. */
export const streamOptions: ClusterOptions = {
  threshold: 0.14,
  most: 4000,
  terms: 120,
  mostTerms: 2 ** 18 - ONE_TEXT,
  mostHeld: 2 ** 19 - ONE_TEXT,
}
