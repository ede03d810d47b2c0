/** Values under key strings; `walk` finds those whose key a text begins with (or ends with, when made backwards). */
interface TrieNode {
  next: Map<number, TrieNode> | null
  values: number[] | null
}

export class Trie {
  readonly #root: TrieNode = { next: null, values: null }
  readonly #backwards: boolean
  size = 0

  constructor(backwards = false) {
    this.#backwards = backwards
  }

  add(key: string, value: number): void {
    let node = this.#root
    for (let i = 0; i < key.length; i++) {
      const code = key.charCodeAt(this.#backwards ? key.length - 1 - i : i)
      node.next ??= new Map()
      let child = node.next.get(code)
      if (!child) node.next.set(code, (child = { next: null, values: null }))
      node = child
    }
    ;(node.values ??= []).push(value)
    this.size++
  }

  /** Calls with every value whose key the text begins (ends) with. */
  walk(text: string, call: (value: number) => void): void {
    let node: TrieNode | undefined = this.#root
    for (let i = 0; ; i++) {
      if (node.values) for (const value of node.values) call(value)
      if (i >= text.length || !node.next) return
      node = node.next.get(text.charCodeAt(this.#backwards ? text.length - 1 - i : i))
      if (!node) return
    }
  }
}
