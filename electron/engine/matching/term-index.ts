import { facetField } from '#shared/query/facets.ts'
import { globMatches, type Glob } from '#shared/query/glob.ts'
import { guessedGlobShare, guessedShare } from './commonness.ts'
import { Trie } from './trie.ts'

export type Among = 'words' | 'tags' | 'facets'

/** All terms and patterns of all listens, each with one number; looked up with each term of a text. */
export class TermIndex {
  readonly #terms = new Map<string, number>()
  readonly #globs = new Map<string, number>()
  readonly #byId: { share: number; glob: Glob | null }[] = []
  /** Patterns that a known term also fits. */
  #alsoGlobs: (readonly number[] | undefined)[] = []
  readonly #prefixes: Record<Among, Trie> = { words: new Trie(), tags: new Trie(), facets: new Trie() }
  readonly #suffixes = new Trie(true)
  /** Patterns open at both ends: every word has to be looked at. */
  readonly #anywhere: number[] = []
  /** Fields that any listen asks about; others of a mention are not looked up. */
  readonly fields = new Set<string>()
  sealed = false

  get size(): number {
    return this.#byId.length
  }

  add(term: string): number {
    let id = this.#terms.get(term)
    if (id === undefined) {
      this.#terms.set(term, (id = this.#byId.length))
      this.#byId.push({ share: guessedShare(term), glob: null })
      const field = facetField(term)
      if (field !== null) this.fields.add(field)
    }
    return id
  }

  addGlob(glob: Glob, among: Among): number {
    const key = `${among} ${glob.pattern}`
    let id = this.#globs.get(key)
    if (id !== undefined) return id
    this.#globs.set(key, (id = this.#byId.length))
    this.#byId.push({ share: guessedGlobShare(glob.prefix), glob })
    const suffix = /[^*?]*$/.exec(glob.pattern)?.[0] ?? ''
    if (glob.slips) this.#anywhere.push(id)
    else if (glob.prefix !== '') this.#prefixes[among].add(glob.prefix, id)
    else if (suffix !== '') this.#suffixes.add(suffix, id)
    else this.#anywhere.push(id)
    if (among === 'facets') this.fields.add(facetField(glob.prefix) ?? '')
    return id
  }

  /** Once all listens are in. */
  seal(): void {
    this.#alsoGlobs = new Array(this.#byId.length)
    for (const [term, id] of this.#terms) {
      const found: number[] = []
      const among: Among = facetField(term) !== null ? 'facets' : term[0] === '#' || term[0] === '@' ? 'tags' : 'words'
      this.#globsOf(term, among, (glob) => found.push(glob))
      if (found.length > 0) this.#alsoGlobs[id] = found
    }
    this.sealed = true
  }

  /** The number of a term that a listen names, or −1; `glob` is called for each pattern that the term fits. */
  find(term: string, among: Among, glob: (id: number) => void): number {
    const id = this.#terms.get(term)
    if (id === undefined) {
      this.#globsOf(term, among, glob)
      return -1
    }
    const also = this.#alsoGlobs[id]
    if (also) for (const each of also) glob(each)
    return id
  }

  #globsOf(term: string, among: Among, call: (id: number) => void): void {
    const check = (id: number): void => {
      const { glob } = this.#byId[id]!
      if (glob!.prefixOnly || globMatches(glob!, term)) call(id)
    }
    if (this.#prefixes[among].size > 0) this.#prefixes[among].walk(term, check)
    if (among !== 'words') return
    if (this.#suffixes.size > 0) this.#suffixes.walk(term, check)
    for (const id of this.#anywhere) check(id)
  }

  /** Share of mentions that have it: guessed, or counted by the matcher. */
  share(id: number): number {
    return this.#byId[id]!.share
  }

  setShare(id: number, share: number): void {
    this.#byId[id]!.share = share
  }
}
