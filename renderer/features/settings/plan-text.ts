import { crisisMost, plansMost, type CrisisPlan } from '#shared/model/crisis.ts'

/** Plans as text: `# name`, then a line a step: `minutes | who | what`; minutes and who may be empty. */
export const planText = (plans: readonly CrisisPlan[]): string =>
  plans
    .map(({ name, steps }) =>
      [`# ${name}`, ...steps.map(({ after, who, text }) => `${after ?? ''} | ${who} | ${text}`.trim())].join('\n'),
    )
    .join('\n\n')

export type PlanFault = 'noName' | 'noPlan' | 'noStep' | 'minutes' | 'tooLong' | 'tooMany'
const MOST = { name: 120, who: 120, text: 300, minutes: 10_080 }

/** What such a text says, and lines, counted from 1, that cannot be read. */
export function plansOf(text: string): { plans: CrisisPlan[]; faults: { line: number; fault: PlanFault }[] } {
  const plans: CrisisPlan[] = []
  const faults: { line: number; fault: PlanFault }[] = []
  for (const [at, whole] of text.split(/\r?\n/).entries()) {
    const fault = readLine(whole.trim(), plans)
    if (fault !== null) faults.push({ line: at + 1, fault })
  }
  return { plans, faults }
}

function readLine(line: string, plans: CrisisPlan[]): PlanFault | null {
  if (line === '') return null
  if (line.startsWith('#')) {
    const name = line.replace(/^#+/, '').trim()
    if (name === '') return 'noName'
    if (name.length > MOST.name) return 'tooLong'
    if (plans.length >= plansMost) return 'tooMany'
    plans.push({ name, steps: [] })
    return null
  }
  const plan = plans.at(-1)
  if (plan === undefined) return 'noPlan'
  if (plan.steps.length >= crisisMost.steps) return 'tooMany'
  const [minutes = '', who = '', ...rest] = line.split('|').map((part) => part.trim())
  const text = rest.join(' | ')
  if (text === '') return 'noStep'
  if (text.length > MOST.text || who.length > MOST.who) return 'tooLong'
  if (!/^\d*$/.test(minutes) || Number(minutes) > MOST.minutes) return 'minutes'
  plan.steps.push({ text, who, after: minutes === '' ? null : Number(minutes) })
  return null
}
