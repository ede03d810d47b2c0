import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { textFeatures } from '#engine/understanding/classify/text-features.ts'
import { trainLinear, documentScale, softmax } from '#engine/understanding/linear/train.ts'
const sets: Record<string, [string, string]> = {
  air: ['text', 'airline/airline-dev.csv'],
  bank: ['text', 'intents/banking77-train.csv'],
  sand: ['TweetText', 'brands/sanders.csv'],
}
function load(name: string): { text: string; label: string }[] {
  const rows = parse(readFileSync('/work/shared/data/' + sets[name]![1]), {
    columns: true,
    relax_quotes: true,
  }) as Record<string, string>[]
  if (name === 'air')
    return rows
      .filter((r) => r.negativereason && r.negativereason !== "Can't Tell")
      .map((r) => ({ text: r.text!, label: r.negativereason! }))
  if (name === 'bank') return rows.map((r) => ({ text: r.text!, label: r.category! }))
  return rows.map((r) => ({ text: r.TweetText!, label: r.Sentiment === 'irrelevant' ? 'irrelevant' : 'relevant' }))
}
const [name, ...cfgs] = process.argv.slice(2)
const rows = load(name!)
const labels = [...new Set(rows.map((r) => r.label))]
const byLabel = new Map<string, number[]>()
rows.forEach((r, i) => {
  if (!byLabel.has(r.label)) byLabel.set(r.label, [])
  byLabel.get(r.label)!.push(i)
})
const fold = new Uint8Array(rows.length)
for (const list of byLabel.values())
  list.forEach((i, k) => {
    fold[i] = Math.floor((k * 5) / list.length)
  })
const F = rows.map((r) => textFeatures(r.text))
console.log(name, rows.length, labels.length)
for (const c of cfgs) {
  const a = Object.fromEntries(c.split(';').map((x) => x.split('='))) as Record<string, string>
  const num = (k: string, d: number) => (a[k] === undefined ? d : Number(a[k]))
  const gw = (a.gw ?? '1,0.7,0.5').split(',').map(Number),
    minDf = num('mindf', 2),
    t0 = Date.now()
  let ok = 0,
    top2 = 0,
    n = 0
  const cm = new Map<string, [number, number, number]>()
  for (const l of labels) cm.set(l, [0, 0, 0])
  const folds = num('folds', 5)
  for (let f = 0; f < folds; f++) {
    const df = new Map<number, number>(),
      g = new Map<number, number>()
    const tr = rows.map((_, i) => i).filter((i) => fold[i] !== f),
      te = rows.map((_, i) => i).filter((i) => fold[i] === f)
    for (const i of tr)
      F[i]!.hashes.forEach((h, k) => {
        df.set(h, (df.get(h) ?? 0) + 1)
        g.set(h, F[i]!.groups[k]!)
      })
    const id = new Map<number, number>()
    const val: number[] = []
    for (const [h, cc] of df)
      if (cc >= minDf) {
        id.set(h, val.length)
        val.push(gw[g.get(h)!]! * Math.pow(Math.log(1 + tr.length / cc) / 5, num('idf', 1)))
      }
    const ids = (i: number) => {
      const r: number[] = []
      for (const h of F[i]!.hashes) {
        const k = id.get(h)
        if (k !== undefined) r.push(k)
      }
      return Int32Array.from(r)
    }
    const values = Float32Array.from(val)
    const cnt = labels.map((l) => tr.filter((i) => rows[i]!.label === l).length)
    const y = tr.map((i) => labels.indexOf(rows[i]!.label))
    const w = trainLinear(
      {
        documents: tr.map(ids),
        labels: y,
        importance: y.map((k) => Math.pow(tr.length / labels.length / cnt[k]!, num('bal', 0))),
        featureCount: val.length,
        classCount: labels.length,
        values,
      },
      {
        naiveBayes: num('nb', 0.5),
        alpha: num('alpha', 1),
        rate: num('lr', 3),
        penalty: num('l2', 1e-5),
        epochs: num('epochs', 8),
        seed: 1,
      },
    )
    for (const i of te) {
      const x = ids(i),
        s = documentScale(x, values)
      const z = new Float64Array(labels.length)
      for (const k of x) for (let c = 0; c < z.length; c++) z[c]! += w.weights[k * z.length + c]!
      for (let c = 0; c < z.length; c++) z[c] = z[c]! * s + w.bias[c]!
      const order = [...z.keys()].sort((p, q) => z[q]! - z[p]!)
      const t = labels.indexOf(rows[i]!.label)
      n++
      if (order[0] === t) ok++
      if (order[0] === t || order[1] === t) top2++
      const m = cm.get(rows[i]!.label)!
      if (order[0] === t) m[0]++
      else {
        m[1]++
        cm.get(labels[order[0]!]!)![2]++
      }
    }
  }
  let f1 = 0
  for (const [tp, fn, fp] of cm.values()) f1 += (2 * tp) / (2 * tp + fp + fn || 1) / labels.length
  console.log(
    c,
    'acc',
    (ok / n).toFixed(4),
    'top2',
    (top2 / n).toFixed(4),
    'f1',
    f1.toFixed(4),
    ((Date.now() - t0) / 1000).toFixed(0) + 's',
  )
}
