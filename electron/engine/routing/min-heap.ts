/** A queue that gives the smallest first; equal ones in the order in which they came. */
export class MinHeap<T> {
  readonly #key: (item: T) => number
  readonly #items: { item: T; key: number; no: number }[] = []
  #count = 0

  constructor(key: (item: T) => number) {
    this.#key = key
  }

  get size(): number {
    return this.#items.length
  }

  peek(): T | undefined {
    return this.#items[0]?.item
  }

  push(item: T): void {
    const items = this.#items
    items.push({ item, key: this.#key(item), no: this.#count++ })
    for (let at = items.length - 1; at > 0;) {
      const parent = (at - 1) >> 1
      if (!this.#less(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  pop(): T | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (first === undefined || last === undefined || items.length === 0) return first?.item
    items[0] = last
    for (let at = 0; ;) {
      let least = at
      for (const child of [at * 2 + 1, at * 2 + 2]) if (child < items.length && this.#less(child, least)) least = child
      if (least === at) return first.item
      this.#swap(at, least)
      at = least
    }
  }

  #less(a: number, b: number): boolean {
    const [one, other] = [this.#items[a]!, this.#items[b]!]
    return one.key < other.key || (one.key === other.key && one.no < other.no)
  }

  #swap(a: number, b: number): void {
    ;[this.#items[a], this.#items[b]] = [this.#items[b]!, this.#items[a]!]
  }
}
