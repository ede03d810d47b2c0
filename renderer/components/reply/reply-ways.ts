import type { ReplyOption, ReplyWay } from '#shared/model/reply.ts'

/** One way for the officer to choose. `option` is null for `elsewhere`, which sends nothing. */
export interface WayChoice {
  /** Unique among the choices of a case, also between two accounts for the same way. */
  key: string
  way: ReplyWay
  option: ReplyOption | null
}

/** What the box hands over; the engine fills in the placeholders as the preview has shown them. */
export interface ReplyDraft {
  text: string
  way: ReplyWay
  sourceId: string | null
  /** Where an answer that was given elsewhere can be read. */
  url: string | null
  /** Content warning and language; absent: as what it answers. */
  warning?: string
  lang?: string
  /** Who else reads a direct message, as the officer was told. */
  readers?: string[]
}

/** What happens with a reply in the view that the box stands in; false: it was refused, and the refusal is shown. */
export interface ReplyDoors {
  /** For a mention without a case. */
  openCase(): Promise<boolean>
  reply(draft: ReplyDraft): Promise<boolean>
  askApproval(draft: ReplyDraft): Promise<boolean>
  approve(approve: boolean): Promise<boolean>
  promise(text: string, dueAt: number): Promise<boolean>
}

const ELSEWHERE: WayChoice = { key: 'elsewhere', way: 'elsewhere', option: null }
export const keyOfWay = (way: ReplyWay, sourceId: string | null): string =>
  way === 'elsewhere' ? way : `${way} ${sourceId}`

/** The ways that are open, in the engine's order, and the one that is always open. */
export function choicesOf(options: readonly ReplyOption[]): WayChoice[] {
  const possible = options.filter((option) => option.possible)
  return [
    ...possible.map((option) => ({ key: keyOfWay(option.way, option.sourceId), way: option.way, option })),
    ELSEWHERE,
  ]
}

/** Others than the customer would read what the customer wrote to the company alone. */
export const makesPublic = (isPrivate: boolean, choice: WayChoice): boolean =>
  isPrivate && choice.option !== null && choice.option.audience !== 'customer'

/** What was chosen for this draft before, else the first way that keeps private what was private, else elsewhere. */
export function firstChoice(choices: readonly WayChoice[], kept: string | undefined, isPrivate: boolean): WayChoice {
  const known = choices.find(({ key }) => key === kept)
  return known ?? choices.find((choice) => choice.option !== null && !makesPublic(isPrivate, choice)) ?? ELSEWHERE
}

/** The choice `step` further on, round and round. */
export function nextChoice(choices: readonly WayChoice[], key: string, step: 1 | -1 = 1): WayChoice {
  const at = choices.findIndex((choice) => choice.key === key)
  return choices[(at + step + choices.length) % choices.length] ?? ELSEWHERE
}
