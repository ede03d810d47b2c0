import { monitorEventLoopDelay } from 'node:perf_hooks'
import { systemClock } from '#engine/platform/clock.ts'
import { lena, openHouse } from '#tests/engine/cases/house.ts'
import { percentile, type Measure } from './station.ts'

const PEOPLE = 100_000
const DESKS = 2_000
const skills = ['payments', 'app', 'press', 'legal', 'hardware', 'baggage', 'booking']
const first = ['Anna', 'Bilal', 'Chiara', 'Dmitri', 'Elif', 'Farah', 'Goran', 'Hanna', 'Ines', 'Jonas', 'Kofi', 'Li']
const last = ['Adler', 'Baker', 'Chen', 'Diaz', 'Evans', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jansen', 'Khan']

/** A large house as its directory would export it. `capacity` makes a second version of it. */
function directory(capacity: number): string {
  const lines = ['Name,E-Mail,Desks,Skills,Languages,Countries,Hours,Time zone,Capacity,Presence,Unit']
  for (let i = 0; i < PEOPLE; i++) {
    const name = `${first[i % first.length]} ${last[Math.floor(i / first.length) % last.length]} ${i}`
    const desks = `Desk ${i % DESKS};Desk ${(i * 7) % DESKS}`
    const zone = i % 2 === 0 ? 'Europe/Berlin' : 'America/New_York'
    const hours = i % 3 === 0 ? '24/7' : 'Mon-Fri 09:00-17:00'
    const skill = `${skills[i % skills.length]}:${1 + (i % 5)};${skills[(i + 2) % skills.length]}:${1 + (i % 3)}`
    lines.push(`${name},p${i}@example.org,${desks},${skill},en;de,DE;AT,${hours},${zone},${capacity},available,Unit ${i % 40}`) // prettier-ignore
  }
  return lines.join('\r\n')
}

/** An organisation of 100,000 people and 2,000 desks: taking it in, and working with it. */
export async function benchPeople(): Promise<Measure[]> {
  const house = openHouse({ clock: systemClock })
  const measures: Measure[] = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  try {
    const text = directory(3)
    const changed = directory(4)
    for (const [name, csv, apply] of [
      ['preview', text, false], ['apply', text, true], ['same', text, true], ['changed', changed, true],
    ] as const) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      delay.reset()
      const from = performance.now()
      const plan = await house.board.importPeople(csv, apply, lena)
      measures.push({ name: `people.import.${name}`, value: (performance.now() - from) / 1000, unit: 's' })
      measures.push({ name: `people.import.${name}.longestBlock`, value: delay.max / 1e6, unit: 'ms' })
      if (plan.rows !== PEOPLE || plan.problems.length > 0) throw new Error(`The import went wrong: ${JSON.stringify(plan).slice(0, 500)}`)
    } // prettier-ignore
    const { people, book } = house.board
    const desks = book.desks().filter(({ name }) => name.startsWith('Desk '))
    const time = (name: string, run: (round: number) => unknown): void => {
      const took: number[] = []
      for (let round = 0; round < 60; round++) {
        const from = performance.now()
        run(round)
        took.push(performance.now() - from)
      }
      measures.push({ name: `people.${name}.p95`, value: percentile(took, 0.95), unit: 'ms' })
    }
    const page = { search: '', deskId: null, after: null, limit: 50 }
    time('page', () => people.page(page))
    time('page.search', (round) => people.page({ ...page, search: `${last[round % last.length]} ${round}` }))
    time('page.search.nothing', () => people.page({ ...page, search: 'xyzzy' }))
    time('page.desk', (round) => people.page({ ...page, deskId: desks[round * 7]!.id }))
    time('candidates', (round) => people.candidates(desks[round * 11]!.id))
    time('person.save', (round) => people.setPresence(people.candidates(desks[round]!.id)[0]!.person.id, 'away', lena))
  } finally {
    delay.disable()
    await house.close()
  }
  return measures
}

if (import.meta.main) for (const measure of await benchPeople()) console.log(JSON.stringify(measure))
