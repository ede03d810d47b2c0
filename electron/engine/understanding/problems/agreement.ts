/**
 * How well clusters agree with the true ones. Normalised mutual information with the arithmetic mean of both entropies (as
 * scikit-learn's default), and B-cubed F1 (Bagga & Baldwin 1998): each 0 … 1.
 */
export function clusterAgreement(
  truth: readonly (string | number)[],
  found: readonly (string | number)[],
): { nmi: number; bcubedF1: number } {
  const n = truth.length
  const joint = new Map<string, number>()
  const ofTruth = new Map<string | number, number>()
  const ofFound = new Map<string | number, number>()
  for (let at = 0; at < n; at++) {
    const key = `${truth[at]}\n${found[at]}`
    joint.set(key, (joint.get(key) ?? 0) + 1)
    ofTruth.set(truth[at]!, (ofTruth.get(truth[at]!) ?? 0) + 1)
    ofFound.set(found[at]!, (ofFound.get(found[at]!) ?? 0) + 1)
  }
  const entropy = (counts: Iterable<number>): number => {
    let sum = 0
    for (const count of counts) sum -= (count / n) * Math.log(count / n)
    return sum
  }
  const both = entropy(joint.values())
  const one = entropy(ofTruth.values())
  const other = entropy(ofFound.values())
  const nmi = one + other === 0 ? 1 : (2 * (one + other - both)) / (one + other)
  let precision = 0
  let recall = 0
  for (let at = 0; at < n; at++) {
    const shared = joint.get(`${truth[at]}\n${found[at]}`)!
    precision += shared / ofFound.get(found[at]!)! / n
    recall += shared / ofTruth.get(truth[at]!)! / n
  }
  return { nmi, bcubedF1: (2 * precision * recall) / (precision + recall) }
}
