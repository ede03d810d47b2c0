import type { Reads } from '#engine/store/reads.ts'
import { splitRows, textsOf } from '#engine/store/queries/problems.ts'
import { trainClassifier, type Classifier } from '#engine/understanding/classify/classifier.ts'

/**
 * What officers took apart stays apart: for the halves of a split, a small classifier learns from their mentions which half a new one
 * belongs to, where likeness alone would still mix them.
 */
export interface ProblemSplits {
  /** The half that `text` belongs to, when `no` is one half of a split; else `no`. */
  home(no: number, text: string): number
  /** Splits were made, taken back or merged again. */
  forget(): void
}

/** Newest mentions that each half learns from. */
const LEARNED_FROM = 200
/** Surer than this, or it stays where likeness puts it. */
const SURE = 0.55
/** Learned again when a half has grown by this factor. */
const GROWN = 2

interface Model {
  classifier: Classifier | null
  texts: number
  placed: number
}

export function createProblemSplits(reads: Reads): ProblemSplits {
  /** All halves of one split, and of further splits of its halves, by each of them. */
  let groups: Map<number, number[]> | null = null
  const models = new Map<number[], Model>()

  function load(): Map<number, number[]> {
    const found = new Map<number, number[]>()
    for (const { no, from } of splitRows(reads)) {
      const group = [...new Set([...(found.get(from) ?? [from]), ...(found.get(no) ?? [no])])]
      for (const member of group) found.set(member, group)
    }
    return found
  }

  function learn(group: number[]): Model {
    const examples = group.flatMap((no) =>
      textsOf(reads, no, LEARNED_FROM).map(({ text }) => ({ text, label: String(no) })),
    )
    const enough = new Set(examples.map(({ label }) => label)).size > 1
    return { classifier: enough ? trainClassifier(examples, { balance: 1 }) : null, texts: examples.length, placed: 0 }
  }

  const groupOf = (no: number): number[] | undefined => (groups ??= load()).get(no)

  return {
    home(no, text) {
      const group = groupOf(no)
      if (!group) return no
      let model = models.get(group)
      if (!model || model.placed > model.texts * (GROWN - 1)) models.set(group, (model = learn(group)))
      model.placed++
      const [best] = model.classifier?.suggest(text, 1) ?? []
      return best && best.confidence > SURE ? Number(best.label) : no
    },
    forget() {
      groups = null
      models.clear()
    },
  }
}
