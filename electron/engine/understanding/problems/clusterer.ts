export interface Placed {
  cluster: number
  /** Founded by this text. */
  fresh: boolean
  /** Cosine to the cluster before it joined; 0 when fresh. */
  likeness: number
}

export interface Clusterer {
  /**
   * `into`: puts it there whatever the likeness (an officer said so). `lang`: what the text is written in; with it, a text that no cluster
   * is near to may join one in other languages that means the same.
   */
  place(text: string, into?: number, lang?: string): Placed
  /** Moves everything of `from` into `to`. */
  merge(from: number, to: number): void
  /** Forgets a cluster: later texts found a new one. */
  drop(cluster: number): void
  /** Words that tell this cluster from the others, strongest first. */
  keywords(cluster: number, most: number): string[]
  /** Share of all texts so far that had this word, 0 … 1. */
  commonness(word: string): number
  size(cluster: number): number
  readonly clusters: number
  /** Terms that rarity is known of. */
  readonly terms: number
  /** Terms of all centroids together. */
  readonly held: number
  /** Called with clusters that were let go because there were too many. */
  onForgotten(listener: (cluster: number) => void): void
}
