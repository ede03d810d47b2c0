import { longFunctions } from './long-functions.ts'

/** Something that there is too much of: it may become less, never more. Whoever lowers it lowers `most` too. */
export interface Ratchet {
  what: string
  most: number
  /** Where it stands in one file: the numbers of its lines. */
  find(file: string, text: string): number[]
}

export const ratchets: Ratchet[] = [
  {
    what: 'functions over 80 lines without a reason in the comment at their head (// Long: …)',
    most: 0,
    find: (file, text) => longFunctions(file, text).map(({ line }) => line),
  },
  {
    what: 'places that the formatter leaves alone (prettier-ignore)',
    most: 29,
    find: (_file, text) =>
      text.split('\n').flatMap((line, index) => (line.includes('prettier-ignore') ? [index + 1] : [])),
  },
]

export interface Source {
  file: string
  text: string
}

const placesOf = ({ find }: Ratchet, sources: readonly Source[]): string[] =>
  sources.flatMap(({ file, text }) => find(file, text).map((line) => `  ${file}:${line}`))

export const countOf = (ratchet: Ratchet, sources: readonly Source[]): number => placesOf(ratchet, sources).length

/** What went beyond its most, each with every place where it stands. */
export function ratchetViolations(sources: readonly Source[], held: readonly Ratchet[] = ratchets): string[] {
  return held.flatMap((ratchet) => {
    const places = placesOf(ratchet, sources)
    if (places.length <= ratchet.most) return []
    return [`${places.length} ${ratchet.what}; ${ratchet.most} are the most:`, ...places]
  })
}
