import type { Crisis, CrisisAnswer } from '#shared/model/crisis.ts'
import { belongings, type CrisisScope } from '#engine/store/queries/crisis-numbers.ts'
import { openCrises } from '#engine/store/queries/crises.ts'
import type { Reads } from '#engine/store/reads.ts'
import { isWithin } from './scope.ts'

/** What an officer has to know of a crisis beside one of its mentions. */
export interface CrisisHere {
  id: string
  name: string
  lead: string
  nextUpdateAt: number | null
  answers: CrisisAnswer[]
  statements: { lang: string; version: number; text: string; by: string }[]
}

const base = (lang: string): string => lang.toLowerCase().split('-')[0] ?? ''
const fits = (wanted: string, is: string): boolean => wanted === '' || base(wanted) === base(is)

/** Crises that run to which a mention belongs: who answers it, and what may be said where it was written. */
export function crisesOf(reads: Reads, seq: number, scopeOf: (crisis: Crisis) => CrisisScope): CrisisHere[] {
  const open = openCrises(reads)
  const of = open.length === 0 ? undefined : belongings(reads, seq)
  if (of === undefined) return []
  return open.filter((crisis) => isWithin(scopeOf(crisis), of)).map((crisis) => hereOf(crisis, of))
}

function hereOf(crisis: Crisis, { network, lang }: { network: string; lang: string }): CrisisHere {
  const { id, name, lead, nextUpdateAt, answers, statements } = crisis
  return {
    id,
    name,
    lead,
    nextUpdateAt,
    answers: answers.filter((row) => fits(row.network, network) && fits(row.lang, lang)),
    statements: statements
      .flatMap(({ id: spoken, approved }) =>
        approved && (approved.networks.length === 0 || approved.networks.includes(network))
          ? [{ lang: spoken, version: approved.version, text: approved.text, by: approved.by }]
          : [],
      )
      .sort((a, b) => Number(base(b.lang) === base(lang)) - Number(base(a.lang) === base(lang))),
  }
}
