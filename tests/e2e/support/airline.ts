import { readFileSync } from 'node:fs'
import type { Client } from '#renderer/client/client.ts'
import type { Condition, RuleAction } from '#shared/model/rule.ts'
import { dataFolder } from '../../support/data-folder.ts'
import { connectOfficer } from '../../support/officer.ts'
import { serveStation, type ServedStation } from './station.ts'

/** Real complaints to six airlines; null, and said so on the console, where the data folder is not beside the checkout. */
export const airlineFile = dataFolder('airline/airline-dev.csv')

/** Desks of an airline, each with what its rule asks for. The key is the place. */
const desks: [name: string, query: string][] = [
  ['Baggage', 'bag* OR luggage OR suitcase'],
  ['Booking', 'book* OR reserv* OR ticket OR refund* OR website OR "check in"'],
  ['Delays', 'delay* OR late OR cancel* OR "missed connection" OR stuck'],
  ['Cabin', 'seat* OR crew OR attendant* OR wifi OR meal OR legroom'],
  ['Care', '"customer service" OR phone OR "on hold" OR rude OR agent*'],
]
const negative: Condition = { fact: 'sentiment', is: ['negative'] }
const then = (deskId: string | null, hold = false): RuleAction => ({
  deskId,
  priority: 'normal',
  skills: [],
  hold,
  approval: false,
  tags: [],
  mute: false,
  alert: false,
})

export interface AirlineStation extends ServedStation {
  client: Client
  /** Ids by name. */
  desks: Map<string, string>
  rules: Map<string, string>
  imported: number
}

/**
 * A station of an airline, made as an officer would: desks for baggage, booking, delays, cabin and care in place of the ones
 * that are there from the start, a rule for each, what is negative and fits none of them held for a person, and then
 * the file. `rows`: so many of it. `more`: desks that no rule sends anything to.
 */
export async function serveAirline(
  file: string,
  options: { rows?: number; more?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<AirlineStation> {
  const served = await serveStation(options.env ? { env: options.env } : {})
  const { client, close } = await connectOfficer(served.url)
  await client.station.saveSettings({ brand: 'Airline', ready: true })
  for (const { id } of await client.desks.rules()) await client.desks.removeRule({ id })
  for (const { desk } of await client.desks.list()) if (!desk.archived) await client.desks.archive({ id: desk.id })
  const station: AirlineStation = {
    // Not spread: each look at an address is another one.
    get url() {
      return served.url
    },
    get wallUrl() {
      return served.wallUrl
    },
    dataDir: served.dataDir,
    client,
    desks: new Map(),
    rules: new Map(),
    imported: 0,
    async close() {
      close()
      await served.close()
    },
  }
  for (const [i, name] of [...desks.map(([name]) => name), ...(options.more ?? [])].entries()) {
    const made = await client.desks.save({
      name,
      key: i + 1,
      colour: i + 1,
      purpose: '',
      hours: { timeZone: 'America/New_York', spans: [], holidays: [] },
      serviceLevel: { urgent: 15, high: 60, normal: 240, low: null },
      capacity: null,
      archived: false,
    })
    station.desks.set(name, made.id)
  }
  const rules: [name: string, when: Condition, action: RuleAction][] = [
    ...desks.map(([name, query]): [string, Condition, RuleAction] => [
      name,
      { all: [negative, { query }] },
      then(station.desks.get(name)!),
    ]),
    ['Somebody decides', negative, then(null, true)],
  ]
  for (const [i, [name, when, action]] of rules.entries()) {
    const rule = { name, group: 'Airline', order: (i + 1) * 10, enabled: true, when, then: action }
    station.rules.set(name, (await client.desks.saveRule(rule)).id)
  }
  await client.listens.save({
    name: 'Airlines',
    colour: 1,
    query: 'united OR usairways OR americanair OR southwestair OR jetblue OR virginamerica',
    enabled: true,
    routed: true,
  })
  const text = readFileSync(file, 'utf8')
  const part = options.rows === undefined ? text : text.split('\n').slice(0, options.rows + 1).join('\n') // prettier-ignore
  const blob = new File([part], 'airline.csv', { type: 'text/csv' })
  // Of 2015, and handled as if they were written now.
  const { stored } = await client.sources.importFile({
    file: blob,
    name: 'airline.csv',
    sourceName: 'Airlines',
    live: true,
  })
  station.imported = stored
  return station
}

/** How many cases wait for a person's decision, as the station says now. */
export async function undecided(client: Client): Promise<number> {
  for await (const status of await client.station.status()) return status.undecided
  return 0
}
