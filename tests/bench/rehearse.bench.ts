import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'
import { posts, thousandRules, type Figure } from './routing.bench.ts'

const MENTIONS = 100_000

const skills = ['payments', 'app', 'press', 'legal', 'hardware']

/** People of all desks with skills and hours in two zones, written as an import would. */
function hire(house: House, count: number): void {
  const desks = house.board.book.desks()
  if (house.board.people.hasPeople(desks[0]!.id)) return
  for (let i = 0; i < count; i++) {
    house.board.people.save(
      {
        name: `Person ${i}`,
        email: '',
        deskIds: [desks[i % desks.length]!.id, desks[(i + 3) % desks.length]!.id],
        skills: [{ skill: skills[i % skills.length]!, level: 1 + (i % 5) }],
        languages: i % 3 === 0 ? ['en'] : [],
        countries: [],
        hours: {
          timeZone: i % 2 === 0 ? 'Europe/Berlin' : 'America/New_York',
          spans: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 })),
          holidays: [],
        },
        capacity: 2 + (i % 4),
        presence: 'available',
        archived: false,
      },
      lena,
    )
  }
}

/** A back-test of changed rules on 100,000 past mentions, with the starter rules and with a thousand. */
export default async function rehearsal(): Promise<Figure[]> {
  const house = openHouse()
  try {
    const texts = await posts(10_000)
    const began = house.clock.now()
    for (let i = 0; i < MENTIONS; i += 1000) {
      house.hear(
        ...Array.from({ length: 1000 }, (_, k) => {
          const { text, sentiment } = texts[(i + k) % texts.length] as (typeof texts)[0]
          return { text, label: sentiment.label, confidence: sentiment.confidence, by: `a${(i + k) % 40_000}` }
        }),
      )
      // A month: a thousand every seven hours.
      house.clock.advance(7 * 3_600_000)
    }
    const figures: Figure[] = []
    const { book } = house.board
    const changed = book.rules().filter((rule) => rule.id !== 'rule_complaint')
    for (const [name, rules, staff] of [
      ['starter rules', changed, 0],
      ['1,000 rules', thousandRules(), 0],
      ['starter rules, 300 people', changed, 300],
      ['1,000 rules, 300 people', thousandRules(), 300],
    ] as const) {
      if (staff > 0) hire(house, staff)
      // prettier-ignore
      const from = performance.now()
      let longest = 0
      let last = from
      for await (const { report } of house.board.rehearse({ rules, from: began, to: house.clock.now() + 1 })) {
        longest = Math.max(longest, performance.now() - last)
        if (report && report.mentions !== MENTIONS) throw new Error('Not every mention was looked at')
        if (report && staff > 0 && !report.assignment) throw new Error('Nobody was given anything')
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
