import type { AlertDefinition, AlertThen, DoneThen } from '#shared/model/back-test.ts'
import { aboutNow } from '#engine/alerts/about-now.ts'
import { alertsOver, openAlerts, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { casesOpenedThen, type CasesOf } from '#engine/store/queries/cases-then.ts'
import type { Reads } from '#engine/store/reads.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { TriedPair } from './history.ts'
import type { Mark } from './trial.ts'

const MINUTE = 60_000
/** Around a mark. */
const BEFORE = 30 * MINUTE
const AFTER = 60 * MINUTE
/** Cards that are looked through: the newest. */
const MOST_CARDS = 2_000
const MOST_SHOWN = 5

/** What tells of what people write; an ear and the room's own clocks stand for themselves. */
const ofPeople = new Set<StoredAlert['kind']>([
  'rise',
  'fall',
  'mood',
  'negative',
  'voice',
  'problem',
  'copies',
  'influencer',
  'rule',
])

/** What people did at the time of a mark, and which cards about it really stood. Reads cards and cases, never a mention's words. */
export function createDeeds(
  reads: Reads,
  { about, detector }: AlertDefinition,
  pair: TriedPair,
  period: { from: number; to: number },
) {
  const of: CasesOf =
    pair.listen !== ALL ? { listen: pair.listen } : pair.source !== ALL ? { source: pair.source } : null
  const isSame = (card: Pick<StoredAlert, 'about'>): boolean =>
    card.about.kind === about.kind && card.about.id === about.id
  const cards = [...openAlerts(reads), ...alertsOver(reads, period.from, MOST_CARDS)]
    .filter(({ state, since }) => state !== 'pending' && since < period.to)
    .map((card) => aboutNow(reads, card))
    .map((card) => ({ card, same: isSame(card) || card.signs.some(isSame) }))
    .filter(({ card, same }) => same || ofPeople.has(card.kind))

  const during = (from: number, to: number) =>
    cards
      .filter(({ card }) => card.since <= to && (card.resolvedAt ?? Infinity) >= from)
      .toSorted((a, b) => Number(b.same) - Number(a.same) || b.card.strength - a.card.strength)

  return {
    around({ at, lastAt, from }: Mark): DoneThen {
      const { opened, replied } = casesOpenedThen(reads, of, from, lastAt + AFTER)
      return {
        alerts: during(at - BEFORE, lastAt + AFTER)
          .slice(0, MOST_SHOWN)
          .map(thenOf),
        casesOpened: opened,
        casesReplied: replied,
      }
    },
    /** Cards of this very detector and subject near which none of the marks is. */
    missed(marks: readonly Mark[]): AlertThen[] {
      return cards
        .filter(
          ({ card, same }) =>
            same &&
            (card.kind === detector || card.signs.some((sign) => sign.kind === detector && isSame(sign))) &&
            !marks.some(
              ({ at, lastAt }) => card.since <= lastAt + AFTER && (card.resolvedAt ?? Infinity) >= at - BEFORE,
            ),
        )
        .slice(0, MOST_SHOWN * 4)
        .map(thenOf)
    },
  }
}

const thenOf = ({ card, same }: { card: StoredAlert; same: boolean }): AlertThen => {
  const { id, kind, about, what, strength, since, state, takenBy, closedReason } = card
  return { id, kind, about, what, strength, since, state, takenBy, closedReason, same }
}
