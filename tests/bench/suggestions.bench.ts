import { mentionId } from '#shared/util/ids.ts'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { ALIKE, Precedents, subjectOf, VOTERS, votes } from '#engine/advice/precedents.ts'
import { calibrate, calibrationError, join, thresholds } from '#engine/advice/suggesting.ts'
import { heldBack, voicesOf, type Decided } from '#engine/advice/learn.ts'
import { openClassifier, trainClassifier } from '#engine/understanding/classify/classifier.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import { root } from '#tests/support/folder.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { someMention } from '#tests/engine/routing/mentions.ts'
import * as commands from '#engine/cases/commands.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
import { answerers } from '#engine/advice/decisions-work.ts'
import { lena, openHouse } from '#tests/engine/cases/house.ts'
import type { Figure } from './routing.bench.ts'

const sets = [
  {
    name: 'airline reasons',
    file: 'airline/airline-dev.csv',
    text: 'text',
    label: 'negativereason',
    drop: "Can't Tell",
  },
  { name: 'banking77', file: 'intents/banking77-train.csv', text: 'text', label: 'category', drop: '' },
] as const

const meaningOf = openEncoder(resolve(root, 'resources', encoderFile))!

/** Rows as decisions: the label is the desk that people chose. */
function decisions(file: string, text: string, label: string, drop: string): Decided[] {
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }) as Record<string, string>[] // prettier-ignore
  return rows.flatMap((row, at) => {
    const deskId = row[label]?.trim()
    if (!deskId || deskId === drop || !row[text]) return []
    const mention = someMention({ text: row[text] })
    return [
      {
        caseId: `c${at}`,
        text: mention.text,
        terms: subjectOf(mention),
        meaning: meaningOf(mention.text),
        deskId,
        priority: 'normal' as const,
      },
    ]
  })
}

/**
 * Suggestions of a desk learned from decisions, on real requests: the first four fifths are what was decided before, the
 * last fifth (every fifth row of the file) is judged. Acting from a threshold on: how much, and how often right.
 */
export async function benchSuggestions(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, file, text, label, drop } of sets) {
    const path = dataFolder(file)
    if (path === null) {
      console.error(`${name}: not measured, ${file} is not here`)
      continue
    }
    const all = decisions(path, text, label, drop)
    const known = all.filter((_, at) => at % 5 !== 2)
    const unseen = all.filter((_, at) => at % 5 === 2)
    const began = performance.now()
    const calibration = calibrate(heldBack(known))
    const classifier = trainClassifier(known.map(({ text: body, deskId }) => ({ text: body, label: deskId })))
    const precedents = new Precedents(known.length)
    for (const { caseId, deskId, priority, terms, meaning } of known)
      precedents.add({ caseId, deskId, priority }, terms, meaning)
    figures.push({ name: `${name}: learned from ${known.length} decisions`, value: (performance.now() - began) / 1000, unit: 's' }) // prettier-ignore
    const bytes = classifier.toBytes()
    const opening = performance.now()
    openClassifier(bytes)
    figures.push({ name: `${name}: taking over what was learned, on the engine's thread`, value: performance.now() - opening, unit: 'ms' }) // prettier-ignore
    const from = performance.now()
    const judged = unseen.map((one) => {
      const near = precedents.nearest(one.terms, VOTERS, ALIKE, one.meaning)
      const voices = { learned: voicesOf(classifier, one.text), votes: votes(near) }
      const [first, second] = join(voices, calibration)
      return {
        right: first?.deskId === one.deskId,
        within2: first?.deskId === one.deskId || second?.deskId === one.deskId,
        certainty: first?.certainty ?? 0,
        byNearest: near[0]?.precedent.deskId === one.deskId,
        byVotes: voices.votes[0]?.deskId === one.deskId,
        byClassifier: voices.learned[0]?.deskId === one.deskId,
      }
    })
    const share = (is: (one: (typeof judged)[0]) => boolean): number => judged.filter(is).length / judged.length
    figures.push(
      { name: `${name}: one suggestion`, value: (performance.now() - from) / judged.length, unit: 'ms' },
      { name: `${name}: first desk right, ${judged.length} unseen`, value: share(({ right }) => right), unit: '' },
      { name: `${name}: among the first two`, value: share(({ within2 }) => within2), unit: '' },
      { name: `${name}: peer, the nearest earlier case alone`, value: share(({ byNearest }) => byNearest), unit: '' },
      { name: `${name}: peer, the votes of 25 cases alone`, value: share(({ byVotes }) => byVotes), unit: '' },
      { name: `${name}: peer, the classifier alone`, value: share(({ byClassifier }) => byClassifier), unit: '' },
      { name: `${name}: calibration error of the certainty`, value: calibrationError(judged), unit: '' },
    )
    for (const threshold of thresholds) {
      const acted = judged.filter(({ certainty }) => certainty >= threshold)
      figures.push(
        { name: `${name}: acts from ${threshold}: share of all`, value: acted.length / judged.length, unit: '' },
        { name: `${name}: acts from ${threshold}: right`, value: acted.filter(({ right }) => right).length / Math.max(1, acted.length), unit: '' }, // prettier-ignore
      )
    }
  }
  figures.push(...(await benchScorecard()))
  return figures
}

const CASES = 20_000

/** A busy season of cases, a tenth of them sent on by an officer: what the scorecard and the mining of rules take. */
async function benchScorecard(): Promise<Figure[]> {
  const house = openHouse()
  try {
    const things = ['cup', 'parcel', 'lid', 'bean', 'grinder', 'hose', 'jug', 'bag', 'seat', 'shop']
    for (let i = 0; i < CASES; i += 500) {
      const heard = Array.from({ length: 500 }, (_, k) => {
        const n = i + k
        return { text: `slow ${things[n % 10]} ${things[(n * 7) % 10]} so disappointed${n % 10 === 0 ? ' voucher' : ''}`, label: 'negative' as const, confidence: 0.9, intent: 'complaint' as const, by: `a${n}` } // prettier-ignore
      })
      const mentions = await house.take(...heard)
      house.board.ledger.transact(() => {
        for (const [k, { seq }] of mentions.entries()) {
          const c = caseOfMention(house.store, mentionId(house.store.stationId, seq))!
          if (k % 10 === 0) house.board.run(commands.route, { id: c.id }, { deskId: 'desk_sales' }, lena)
          else house.board.run(commands.accept, { id: c.id }, {}, lena)
        }
      })
    }
    const answers = answerers(house.store, systemClock)
    const period = { from: 0, to: house.clock.now() + 1 }
    const timed = (name: string, work: () => unknown): Figure => {
      const from = performance.now()
      work()
      return { name: `${name} of ${CASES} cases, on a thread of its own`, value: performance.now() - from, unit: 'ms' }
    }
    const { book } = house.board
    let proposed = 0
    const figures = [
      timed('scorecard', () => answers.scorecard(period)),
      timed('proposed rules', () => {
        proposed = answers.proposals({
          ...period,
          rules: [...book.rules()],
          desks: book.desks(),
          timeZone: 'UTC',
        }).length
      }),
    ]
    if (proposed !== 1) throw new Error(`${proposed} rules were proposed instead of the one that is there`)
    return figures
  } finally {
    await house.close()
  }
}
