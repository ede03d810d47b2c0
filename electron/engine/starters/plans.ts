import type { CrisisPlan } from '#shared/model/crisis.ts'
import type { Language } from '#shared/words/languages.ts'
import { said } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'

/** Steps of a plan, each with who does it and minutes until it is due. */
export const planSteps = {
  fault: [
    ['facts', 'technical', 15],
    ['lead', 'officer', 10],
    ['statement', 'officer', 30],
    ['answers', 'officer', 30],
    ['faq', 'care', 45],
    ['executive', 'officer', 45],
    ['update', 'officer', 60],
    ['clear', 'technical', null],
    ['waiting', 'care', null],
  ],
  reproach: [
    ['facts', 'officer', 20],
    ['lead', 'officer', 10],
    ['legal', 'legal', 30],
    ['statement', 'press', 45],
    ['answers', 'officer', 45],
    ['pause', 'press', 45],
    ['executive', 'officer', 45],
    ['update', 'officer', 120],
    ['clear', 'press', null],
  ],
} as const

/** The plans that ship, in the words of a language. */
export const starterPlans = (language: Language): CrisisPlan[] => {
  const say = words(language)
  return (['fault', 'reproach'] as const).map((plan) => ({
    name: say(said(`starter.plan_${plan}`)),
    steps: planSteps[plan].map(([step, desk, after]) => ({
      text: say(said(`starter.plan_step_${step}`)),
      who: say(said(`starter.desk_${desk}`)),
      after,
    })),
  }))
}
