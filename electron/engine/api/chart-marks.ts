import type { AlertMark, Annotation } from '#shared/model/annotation.ts'
import { aboutNow } from '#engine/alerts/about-now.ts'
import { alertsOver, openAlerts, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { annotationsBetween } from '#engine/store/queries/annotations.ts'
import type { Reads } from '#engine/store/reads.ts'

/** More marks than that are no marks any more. */
const MOST_ANNOTATIONS = 100
const MOST_ALERTS = 30
/** Cards over since the chart begins that are looked through. */
const MOST_CARDS = 500

const ofPeople = new Set<StoredAlert['kind']>([
  'rise',
  'fall',
  'mood',
  'negative',
  'voice',
  'problem',
  'copies',
  'counted',
  'influencer',
  'rule',
])

/** It tells of what people write, and of one of these listens, by itself or by a sign of it; without listens of anything. */
const isOf = ({ kind, about, signs }: StoredAlert, listenIds: readonly string[]): boolean =>
  listenIds.length === 0
    ? ofPeople.has(kind)
    : [about, ...signs.map((sign) => sign.about)].some(
        (one) => one.kind === 'listen' && listenIds.includes(one.id ?? ''),
      )

const markOf = ({
  id,
  raisedAt,
  since,
  resolvedAt,
  kind,
  strength,
  what,
  about,
  private: isPrivate,
}: StoredAlert): AlertMark => ({
  id,
  at: raisedAt ?? since,
  to: resolvedAt,
  kind,
  strength,
  what,
  name: about.name,
  private: isPrivate,
})

/** What stands on a chart of these listens over [from, to): what staff wrote, and the strongest alerts that were raised; oldest first. */
export function chartMarks(
  reads: Reads,
  { listenIds, from, to }: { listenIds: readonly string[]; from: number; to: number },
): { annotations: Annotation[]; alerts: AlertMark[] } {
  const alerts = [...openAlerts(reads), ...alertsOver(reads, from, MOST_CARDS)]
    .filter((card) => card.state !== 'pending' && isOf(card, listenIds))
    .map((card) => markOf(aboutNow(reads, card)))
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MOST_ALERTS)
    .sort((a, b) => a.at - b.at)
  return { annotations: annotationsBetween(reads, listenIds, from, to, MOST_ANNOTATIONS), alerts }
}
