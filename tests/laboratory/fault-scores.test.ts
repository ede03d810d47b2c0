import { expect, it } from 'vitest'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { CorpusText } from '#laboratory/corpus.ts'
import { faultReports, meanOfFaults, straysOf } from '#laboratory/fault-scores.ts'
import { groupShift } from '#laboratory/group-shift.ts'
import { shiftsOf } from '#laboratory/problem-shifts.ts'

const grouped = (
  minute: number,
  lang: string,
  fault: string | null,
  problem: number | null,
  shownAt: number | null,
) => ({
  minute,
  lang,
  fault,
  problem,
  shownAt,
})

it('tells of each fault what its biggest problem holds of it, and what else', () => {
  const texts = [
    grouped(10, 'en', 'A', 1, 12),
    grouped(12, 'de', 'A', 1, 12),
    grouped(13, 'de', 'A', 2, null),
    grouped(14, 'fr', 'A', null, null),
    grouped(15, 'en', null, 1, 15),
    grouped(16, 'en', 'B', null, null),
  ]
  const reports = faultReports('shift', texts, (problem) => `no ${problem}`)
  expect(reports).toEqual([
    {
      shift: 'shift',
      fault: 'A',
      texts: 4,
      share: 0.5,
      purity: 0.6667,
      problems: 2,
      minutesToNew: 2,
      languages: 2,
      name: 'no 1',
    },
    {
      shift: 'shift',
      fault: 'B',
      texts: 1,
      share: 0,
      purity: 0,
      problems: 0,
      minutesToNew: null,
      languages: 0,
      name: null,
    },
  ])
  expect(meanOfFaults(reports)).toEqual({ share: 0.25, purity: 0.3334, perFault: 1, minutesToNew: 2 })
})

it('composes a shift of a trade: each fault within its hours, all else at any time, always the same', () => {
  const text = (at: number, part: string | null): CorpusText => ({
    industry: 'mills',
    split: 'check',
    group: `${part}`,
    part,
    symptom: part && 'jams',
    lang: 'en',
    kind: 'post',
    mood: 'negative',
    intents: ['complaint'],
    marks: [],
    text: `text ${at}`,
  })
  const corpus = Array.from({ length: 60 }, (_, at) => text(at, [null, 'wheel', 'stone'][at % 3]!))
  const [shift, more] = shiftsOf(corpus, 'check')
  expect(more).toBeUndefined()
  expect(shiftsOf(corpus, 'train')).toEqual([])
  expect(shiftsOf(corpus, 'check')).toEqual([shift])
  const minutes = shift!.texts.map(({ minute }) => minute)
  expect(minutes).toEqual(minutes.toSorted((a, b) => a - b))
  const wheel = shift!.texts.filter(({ fault }) => fault === 'wheel: jams').map(({ minute }) => minute)
  expect(wheel).toHaveLength(20)
  expect(Math.max(...wheel) - Math.min(...wheel)).toBeLessThan(240)
})

it('streams a shift as a station does: at once, then by the slower look', () => {
  const said = ['the mill wheel jams again', 'mill wheel jams since noon', 'the wheel jams, awful']
  const shift = said.map((text, at) => ({
    text,
    lang: 'en',
    minute: at * 20,
    fault: 'wheel',
    complains: true,
    reports: 1,
  }))
  const lovely = { text: 'a lovely day at the mill', lang: 'en', minute: 50, fault: null, complains: false, reports: 0 }
  const { grouped: found, nameOf } = groupShift([...shift, lovely], {
    lexicon: openLexicon(null),
    encode: null,
    model: null,
  })
  expect(new Set(found.slice(0, 3).map(({ problem }) => problem)).size).toBe(1)
  expect(found[3]).toMatchObject({ problem: null, shownAt: null })
  expect(found[0]!.shownAt).toBe(20)
  // What all of so few say is no name yet: one of them is quoted.
  expect(nameOf(found[0]!.problem!)).toBe('“Mill wheel jams since noon”')
})

it('counts problems of three texts and more that are for the most part no reports of a fault', () => {
  const problems = [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 4, null]
  const reports = [true, false, false, true, true, false, false, false, true, true, false, false, false]
  expect(straysOf(problems, reports)).toEqual({ problems: 3, strays: 1 })
})
