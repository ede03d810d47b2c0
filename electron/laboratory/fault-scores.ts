import { rounded } from './evaluate-file.ts'

/** A text of a shift and the problem that it is in at last. */
export interface Grouped {
  minute: number
  lang: string
  fault: string | null
  /** null: it counts as no complaint. */
  problem: number | null
  /** When a problem that holds it was first shown, in minutes of the shift; null: none was. */
  shownAt: number | null
}

export interface FaultReport {
  shift: string
  fault: string
  /** Texts of it. */
  texts: number
  /** Of its texts in the problem that holds most of them, and their part of that problem. */
  share: number
  purity: number
  /** Problems that hold some of it. */
  problems: number
  /** From its first text until a problem that holds one of it is shown; null: none is. */
  minutesToNew: number | null
  /** Joined in its biggest problem. */
  languages: number
  /** What its biggest problem is called. */
  name: string | null
}

/** How well each fault of a shift became a problem. `nameOf`: what a problem is called. */
export function faultReports(
  shift: string,
  texts: readonly Grouped[],
  nameOf: (problem: number) => string | null,
): FaultReport[] {
  const faults = [...new Set(texts.flatMap(({ fault }) => fault ?? []))].sort()
  return faults.map((fault) => {
    const own = texts.filter((text) => text.fault === fault)
    const held = new Map<number, Grouped[]>()
    for (const text of own) if (text.problem !== null) held.set(text.problem, [...(held.get(text.problem) ?? []), text])
    const [biggest, members] = [...held].sort((a, b) => b[1].length - a[1].length)[0] ?? [null, []]
    const all = texts.filter(({ problem }) => problem !== null && problem === biggest).length
    const shown = own.flatMap(({ shownAt }) => shownAt ?? [])
    return {
      shift,
      fault,
      texts: own.length,
      share: rounded(members.length / own.length),
      purity: all === 0 ? 0 : rounded(members.length / all),
      problems: held.size,
      minutesToNew: shown.length === 0 ? null : Math.min(...shown) - Math.min(...own.map(({ minute }) => minute)),
      languages: new Set(members.map(({ lang }) => lang)).size,
      name: biggest === null ? null : nameOf(biggest),
    }
  })
}

export interface Strays {
  /** Of at least three texts, and how many of them are for the most part no report of a fault. */
  problems: number
  strays: number
}

const STRAY_FROM = 3

/** `reports`: whether each text tells of something wrong, as it is labelled. */
export function straysOf(problems: readonly (number | null)[], reports: readonly boolean[]): Strays {
  const held = new Map<number, boolean[]>()
  problems.forEach((problem, at) => {
    if (problem !== null) held.set(problem, [...(held.get(problem) ?? []), reports[at]!])
  })
  const big = [...held.values()].filter((texts) => texts.length >= STRAY_FROM)
  const isStray = (texts: readonly boolean[]): boolean => texts.filter((one) => !one).length > texts.length / 2
  return { problems: big.length, strays: big.filter(isStray).length }
}

export const sumOfStrays = (some: readonly Strays[]): Strays => ({
  problems: some.reduce((sum, one) => sum + one.problems, 0),
  strays: some.reduce((sum, one) => sum + one.strays, 0),
})

export const straysLine = ({ problems, strays }: Strays): string =>
  `strays ${strays} of ${problems} problems of ${STRAY_FROM} and more texts`

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : rounded(values.reduce((sum, value) => sum + value, 0) / values.length)

/** Means over the faults. */
export const meanOfFaults = (faults: readonly FaultReport[]) => ({
  share: mean(faults.map(({ share }) => share)),
  purity: mean(faults.map(({ purity }) => purity)),
  perFault: mean(faults.map(({ problems }) => problems)),
  minutesToNew: mean(faults.flatMap(({ minutesToNew }) => minutesToNew ?? [])),
})

export const faultLine = (one: FaultReport): string =>
  `  ${one.shift} · ${one.fault}: share ${one.share}  purity ${one.purity}  problems ${one.problems}  minutes ${one.minutesToNew ?? '–'}  languages ${one.languages}  ${one.name ?? '–'}`

export const meanLine = ({ share, purity, perFault, minutesToNew }: ReturnType<typeof meanOfFaults>): string =>
  `share ${share}  purity ${purity}  a fault ${perFault}  minutes ${minutesToNew}`
