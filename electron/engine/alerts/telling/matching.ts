import type { Alert } from '#shared/model/alert.ts'
import type { AlertRecipient } from '#shared/model/alert-recipient.ts'
import type { Reads } from '#engine/store/reads.ts'
import { deafOf, SOME } from '#engine/alerts/deaf.ts'
import { watchedListens } from '#engine/store/queries/alert-counts.ts'
import { seriesById } from '#engine/store/queries/counted.ts'
import { deskOfMention } from '#engine/store/queries/alert-parcels.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'

/** Listens and desks that an alert is about: those on its card, the listen to which a series on it belongs, those of the mentions that it cites, and listens that hear a good part through a source on it. */
export function placesOf(reads: Reads, alert: Alert): { listens: Set<string>; desks: Set<string> } {
  const listens = new Set<string>()
  const desks = new Set<string>()
  for (const { kind, id } of [alert.about, ...alert.signs.map(({ about }) => about)]) {
    if (id === null) continue
    if (kind === 'listen') listens.add(id)
    if (kind === 'desk') desks.add(id)
    const ofSeries = kind === 'series' ? seriesById(reads, id)?.listenId : null
    if (ofSeries) listens.add(ofSeries)
    // An ear that breaks concerns whose listens live by it.
    if (kind === 'source')
      for (const listen of watchedListens(reads))
        if (deafOf(reads, listen.no, [id], alert.since) >= SOME) listens.add(listen.id)
  }
  for (const id of alert.readFirst) {
    for (const listen of mentionById(reads, id)?.listenIds ?? []) listens.add(listen)
    const desk = deskOfMention(reads, id)
    if (desk !== null) desks.add(desk)
  }
  return { listens, desks }
}

/** Whether somebody is told of such an alert without being asked by the rota. */
export function isFor(recipient: AlertRecipient, alert: Alert, places: ReturnType<typeof placesOf>): boolean {
  const { enabled, rotaOnly, fromStrength, listenIds, deskIds } = recipient
  if (!enabled || rotaOnly || alert.strength < fromStrength) return false
  if (listenIds.length === 0 && deskIds.length === 0) return true
  return listenIds.some((id) => places.listens.has(id)) || deskIds.some((id) => places.desks.has(id))
}
