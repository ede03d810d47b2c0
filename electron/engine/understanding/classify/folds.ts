/** Parts of equal size in which every label is spread evenly, in the order of the file: the first fifth of each label is part one. */
export function stratifiedFolds(labels: readonly string[], folds: number): Uint8Array {
  const places = new Map<string, number[]>()
  labels.forEach((label, at) => {
    const list = places.get(label)
    if (list) list.push(at)
    else places.set(label, [at])
  })
  const fold = new Uint8Array(labels.length)
  for (const list of places.values()) list.forEach((at, rank) => (fold[at] = Math.floor((rank * folds) / list.length)))
  return fold
}
