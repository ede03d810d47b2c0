import { elapsed } from '#shared/util/elapsed.ts'
import { intentsOf, type Mention } from '#shared/model/mention.ts'
import type { RuleFact } from '#shared/model/rule.ts'
import { localHour } from './hours.ts'

export type FactValue = string | number | boolean

/** How often the mention's problem was heard in the last so many minutes, and by how many authors. */
export interface ProblemCount {
  withinMinutes: number
  mentions: number
  authors: number
}

/** What is known of one mention. A fact that is not known is absent, so that no condition on it can hold. */
export interface Facts {
  values: { readonly [fact in RuleFact]?: FactValue | readonly FactValue[] }
  /** For the windows that the rules ask about (`CompiledRules.problemWindows`). */
  problemCounts?: readonly ProblemCount[]
  /** How sure each of several intents is; absent: there is one at most, and `intentCertainty` is its. */
  certaintyOf?: ReadonlyMap<FactValue, number>
  /** Open cases by desk; a desk that is not named has none. Absent: not known. */
  deskLoads?: ReadonlyMap<string, number>
  /** Words of the text that drove the labels which a rule may ask about, strongest first. */
  drivers?: { readonly intent?: readonly string[]; readonly sentiment?: readonly string[] }
}

/** What other rooms know beyond the mention itself. */
export interface Known {
  /** IANA zone of the station, for `hour` and `weekday`. */
  timeZone: string
  /** Earlier mentions by the same author on the same network, and of those the ones that became cases. */
  authorMentions?: number
  authorCases?: number
  /** 0 … 100. */
  influence?: number | null
  problemId?: string | null
  /** Of the whole problem, since it began. */
  problemMentions?: number
  problemAuthors?: number
  problemCounts?: readonly ProblemCount[]
  deskLoads?: ReadonlyMap<string, number>
  tags?: readonly string[]
}

function engagementOf(mention: Mention): number | undefined {
  const { engagement } = mention
  if (engagement === null) return undefined
  const parts = [engagement.likes, engagement.reposts, engagement.replies].filter((part) => part !== null)
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0)
}

export function factsOf(mention: Mention, known: Known): Facts {
  const local = localHour(known.timeZone, mention.seenAt)
  const values: { [fact in RuleFact]?: FactValue | readonly FactValue[] } = {
    listen: mention.listenIds,
    network: mention.network,
    source: mention.sourceId,
    kind: mention.kind,
    sentiment: mention.sentiment.label,
    certainty: mention.sentiment.confidence,
    private: mention.private,
    duplicate: mention.duplicateOf !== null,
    age: elapsed(mention.publishedAt, mention.seenAt) / 60_000,
    hour: local.hour,
    weekday: local.weekday,
  }
  // `und` is not a language: a rule for "not German" must not catch what could not be read.
  if (mention.lang !== 'und') values.lang = primary(mention.lang)
  if (mention.country !== null) values.country = mention.country
  if (mention.intent !== null) {
    values.intent = mention.intent.also ? intentsOf(mention.intent).map(({ label }) => label) : mention.intent.label
    values.intentCertainty = mention.intent.confidence
  }
  if (mention.aspects.length > 0) values.aspect = mention.aspects
  if (mention.author?.followers != null) values.followers = mention.author.followers
  const engagement = engagementOf(mention)
  if (engagement !== undefined) values.engagement = engagement
  if (known.influence != null) values.influence = known.influence
  if (mention.author !== null) {
    if (known.authorMentions !== undefined) values.authorMentions = known.authorMentions
    if (known.authorCases !== undefined) values.authorCases = known.authorCases
  }
  if (known.problemId != null) {
    values.problem = known.problemId
    if (known.problemMentions !== undefined) values.problemMentions = known.problemMentions
    if (known.problemAuthors !== undefined) values.problemAuthors = known.problemAuthors
  }
  if (known.tags !== undefined) values.tag = known.tags
  const facts: Facts = { values, drivers: driversOf(mention) }
  if (mention.intent?.also)
    facts.certaintyOf = new Map(intentsOf(mention.intent).map(({ label, confidence }) => [label, confidence]))
  if (known.problemCounts !== undefined) facts.problemCounts = known.problemCounts
  if (known.deskLoads !== undefined) facts.deskLoads = known.deskLoads
  return facts
}

/** Of the sentiment only the words that pull to where the label is. */
function driversOf({ intent, sentiment }: Mention): Facts['drivers'] {
  const sign = sentiment.label === 'negative' ? -1 : sentiment.label === 'positive' ? 1 : 0
  return {
    intent: [...new Set(intentsOf(intent).flatMap(({ words }) => words.map(({ word }) => word)))],
    sentiment: sentiment.words.filter(({ weight }) => weight * sign > 0).map(({ word }) => word),
  }
}

const primary = (lang: string): string => (lang.length === 2 ? lang : (lang.split('-', 1)[0] ?? lang).toLowerCase())
