import { openHouse } from '#tests/engine/cases/house.ts'
import { posts, thousandRules, type Figure } from './routing.bench.ts'

const MENTIONS = 100_000

/** A back-test of changed rules on 100,000 past mentions, with the starter rules and with a thousand. */
export default async function rehearsal(): Promise<Figure[]> {
  const house = openHouse()
  try {
    const texts = await posts(10_000)
    for (let i = 0; i < MENTIONS; i += 1000) {
      house.hear(
        ...Array.from({ length: 1000 }, (_, k) => {
          const { text, sentiment } = texts[(i + k) % texts.length] as (typeof texts)[0]
          return { text, label: sentiment.label, confidence: sentiment.confidence, by: `a${(i + k) % 40_000}` }
        }),
      )
    }
    const figures: Figure[] = []
    const { book } = house.cases
    const changed = book.rules().filter((rule) => rule.id !== 'rule_complaint')
    for (const [name, rules] of [
      ['starter rules', changed],
      ['1,000 rules', thousandRules()],
    ] as const) {
      // prettier-ignore
      const from = performance.now()
      let longest = 0
      let last = from
      for await (const { report } of house.cases.rehearse({ rules, from: 0, to: house.clock.now() + 1 })) {
        longest = Math.max(longest, performance.now() - last)
        if (report && report.mentions !== MENTIONS) throw new Error('Not every mention was looked at')
        // The consumer's own turn does not count.
        last = performance.now()
      }
      figures.push({
        name: `back-test of 100,000 mentions, ${name}`,
        value: Math.round(performance.now() - from) / 1000,
        unit: 's',
      })
      figures.push({
        name: `back-test, longest stretch without a turn for others, ${name}`,
        value: Math.round(longest),
        unit: 'ms',
      })
    }
    return figures
  } finally {
    await house.close()
  }
}
