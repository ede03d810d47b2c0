import { said, type Code } from '#shared/words/said.ts'
import { bandOf, raritySurpassing } from './count-law.ts'
import { strengthOf, type Sensitivity, type Verdict } from './verdict.ts'
import { rounded } from './volume.ts'

/** How a problem stands, counted in people: each counts once, however often they write, and copies of one text count as one. */
export interface ProblemLook {
  /** Milliseconds since 1970. */
  at: number
  firstAt: number
  /** Who spoke of it in the last hour, and in the day before that hour. */
  people: number
  peopleBefore: number
  /** Mentions of anything in that hour: of three in five hundred nobody speaks. */
  heard: number
  /** For how long the station has listened: in its first hour every one is new to it. */
  knownHours: number
  /** Share of what was said of it in the hour that is negative, 0 … 1: what many speak of is not always a fault. */
  negative: number
  networks: readonly string[]
  countries: readonly string[]
  /** Of people with reach. */
  influencers: number
  /** When somebody closed it; null: never. And who spoke of it since. */
  solvedAt: number | null
  peopleSinceSolved: number
}

/** What was told of it already. JSON-safe. */
export interface ProblemMemory {
  networks: string[]
  countries: string[]
  influencers: number
}

export interface ProblemSetting {
  /** People within the hour that make a new one. */
  newPeople: number
  /** And no fewer than so many in a mention of that hour, also to grow. */
  share: number
  /** To grow past its habit: so rare, so many people and so many times as many. */
  rarity: number
  growPeople: number
  times: number
  /** People since it was closed that say it is back. */
  backPeople: number
  /** People in all before a new network or country is worth a word. */
  reachPeople: number
}

export const problemSettings: Readonly<Record<Sensitivity, ProblemSetting>> = {
  low: { newPeople: 6, share: 0.05, rarity: 4, growPeople: 8, times: 4, backPeople: 4, reachPeople: 15 },
  normal: { newPeople: 3, share: 0.03, rarity: 3, growPeople: 5, times: 3, backPeople: 2, reachPeople: 8 },
  high: { newPeople: 2, share: 0.015, rarity: 2, growPeople: 3, times: 2, backPeople: 1, reachPeople: 4 },
}

const HOUR = 3_600_000
/** A problem is new for so long. */
const NEW_HOURS = 12
/** In a station's first hour a new one has to be so many times as loud. */
const FIRST_TIMES = 2
/** People an hour that a problem without a history is taken to have, as so many hours of it. */
const PRIOR_PEOPLE = 0.5
const PRIOR_HOURS = 2
/** Below, it is talk of the day. */
const LEAST_NEGATIVE = 0.4
const BURST = 1.5
const BAND = 3

export const freshProblemMemory = (): ProblemMemory => ({ networks: [], countries: [], influencers: 0 })

/** The strongest of what there is to say of a problem: it is back, new, grows, or has come somewhere new. Remembers where it has been seen. */
export function judgeProblem(memory: ProblemMemory, look: ProblemLook, sensitivity: Sensitivity): Verdict | null {
  const s = problemSettings[sensitivity]
  const reached = reach(memory, look, s)
  const ageHours = (look.at - look.firstAt) / HOUR
  const expected = expectedPeople(look, ageHours)
  const variance = expected * BURST
  const told = { look, expected, variance, learning: ageHours < 24 }
  if (look.solvedAt !== null) {
    if (look.peopleSinceSolved < s.backPeople) return null
    return verdict(told, 'alert.problemBack', { n: look.peopleSinceSolved }, s.backPeople)
  }
  const audible = Math.ceil(s.share * look.heard)
  const isFault = look.negative >= LEAST_NEGATIVE
  const doubted = look.knownHours < 1 ? FIRST_TIMES : 1
  const newPeople = Math.max(doubted * Math.max(s.newPeople, audible), Math.ceil(s.times * expected))
  if (isFault && ageHours < NEW_HOURS && look.people >= newPeople)
    return verdict(told, 'alert.problemNew', { n: look.people }, newPeople)
  const growPeople = Math.max(s.growPeople, audible)
  const grows = isFault && look.people >= growPeople && look.people >= s.times * expected
  if (grows && raritySurpassing(look.people, expected, variance) >= s.rarity)
    return verdict(told, 'alert.problemGrows', { n: look.people, usual: rounded(expected) }, growPeople)
  // A new one comes to a first network, country and voice of reach in its first hours anyway.
  const isHeard = isFault && ageHours >= NEW_HOURS && look.people >= Math.max(s.newPeople, audible)
  if (reached === null || !isHeard) return null
  return verdict(told, reached.code, reached.values, s.reachPeople)
}

/** In `minutes` of a problem of which so many people an hour are usual. */
export function bandOfPeople(perHour: number, minutes: number): { expected: number; low: number; high: number } {
  const mean = (perHour * minutes) / 60
  return { expected: rounded(mean), ...bandOf(mean, mean * BURST, BAND) }
}

/** People an hour by the day before. */
function expectedPeople({ peopleBefore }: ProblemLook, ageHours: number): number {
  const hours = Math.max(0, Math.min(24, ageHours - 1))
  return (peopleBefore + PRIOR_PEOPLE * PRIOR_HOURS) / (hours + PRIOR_HOURS)
}

function reach(
  memory: ProblemMemory,
  look: ProblemLook,
  s: ProblemSetting,
): { code: Code; values: Record<string, string> } | null {
  const network = look.networks.find((one) => !memory.networks.includes(one))
  const country = look.countries.find((one) => !memory.countries.includes(one))
  const known = memory.networks.length > 0
  const influencer = look.influencers > memory.influencers
  memory.networks = [...new Set([...memory.networks, ...look.networks])]
  memory.countries = [...new Set([...memory.countries, ...look.countries])]
  memory.influencers = Math.max(memory.influencers, look.influencers)
  if (!known || look.people + look.peopleBefore < s.reachPeople) return null
  if (influencer) return { code: 'alert.problemInfluencer', values: {} }
  if (network !== undefined) return { code: 'alert.problemNetwork', values: { network } }
  if (country !== undefined) return { code: 'alert.problemCountry', values: { country } }
  return null
}

function verdict(
  { look, expected, variance, learning }: { look: ProblemLook; expected: number; variance: number; learning: boolean },
  code: Code,
  values: Record<string, string | number>,
  least: number,
): Verdict {
  const rarity = raritySurpassing(look.people, expected, variance)
  return {
    detector: 'problem',
    what: said(code, values),
    formula: said('alert.formulaProblem', { mean: rounded(expected), rarity: rounded(rarity) }),
    silentIf: said('alert.silentPeople', { n: least }),
    observed: look.people,
    expected: rounded(expected),
    ...bandOf(expected, variance, BAND),
    minutes: 60,
    daysBetween: null,
    // A tenfold rarity counts as tenfold as seldom.
    strength: strengthOf(10 ** Math.min(4, rarity / 2), look.people / Math.max(1, expected)),
    learning,
  }
}
