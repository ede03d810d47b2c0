import type { Desk } from '#shared/model/desk.ts'
import { said } from '#shared/words/said.ts'
import { inEnglish } from '#shared/words/words.ts'
import { defaultServiceLevel } from '#engine/routing/clocks.ts'

/** Ids of the starter desks are fixed, so that the starter rules can name them. */
export const starterDeskIds = {
  officer: 'desk_officer',
  technical: 'desk_technical',
  care: 'desk_care',
  careGerman: 'desk_care_de',
  press: 'desk_press',
  product: 'desk_product',
  sales: 'desk_sales',
  recruiting: 'desk_recruiting',
  legal: 'desk_legal',
} as const

type StarterDeskId = (typeof starterDeskIds)[keyof typeof starterDeskIds]

const week = (days: readonly number[], from: number, to: number): Desk['hours']['spans'] =>
  days.map((day) => ({ day, from: from * 60, to: to * 60 }))
const weekdays = [1, 2, 3, 4, 5]
const everyDay = [1, 2, 3, 4, 5, 6, 7]

/**
 * The desks that a new station starts with: those of the listening centers of Dell, Kodak and Comcast. All are editable.
 * `timeZone` is the station's. Named in English; `language.ts` renames them.
 */
export function starterDesks(timeZone: string): Desk[] {
  const desk = (id: StarterDeskId, key: number, more: Partial<Desk> = {}): Desk => ({
    id,
    name: inEnglish(said(`starter.${id}`)),
    key,
    colour: ((key - 1) % 8) + 1,
    purpose: inEnglish(said(`starter.${id}_for`)),
    hours: { timeZone, spans: week(weekdays, 8, 18), holidays: [] },
    serviceLevel: { ...defaultServiceLevel },
    capacity: null,
    warnMinutes: 10,
    escalateTo: starterDeskIds.officer,
    unit: '',
    waiting: [
      { afterMinutes: 10, do: 'relax', deskId: null },
      { afterMinutes: 20, do: 'raise', deskId: null },
      { afterMinutes: 30, do: 'alert', deskId: null },
    ],
    archived: false,
    ...more,
  })
  const ids = starterDeskIds
  return [
    desk(ids.officer, 1, {
      hours: { timeZone, spans: [], holidays: [] },
      serviceLevel: { urgent: 15, high: 30, normal: 120, low: null },
      escalateTo: null,
      warnMinutes: 5,
    }),
    desk(ids.technical, 2, {
      hours: { timeZone, spans: week(everyDay, 6, 22), holidays: [] },
    }),
    desk(ids.care, 3, {
      hours: { timeZone, spans: week(everyDay, 7, 21), holidays: [] },
    }),
    desk(ids.careGerman, 4, {
      hours: { timeZone: 'Europe/Berlin', spans: week([1, 2, 3, 4, 5, 6], 8, 20), holidays: [] },
    }),
    desk(ids.press, 5, {
      serviceLevel: { urgent: 15, high: 30, normal: 240, low: null },
    }),
    desk(ids.product, 6, {
      serviceLevel: { urgent: null, high: null, normal: null, low: null },
    }),
    desk(ids.sales, 7, {
      serviceLevel: { urgent: 15, high: 60, normal: 480, low: null },
    }),
    desk(ids.recruiting, 8, {
      serviceLevel: { urgent: null, high: 480, normal: 960, low: null },
    }),
    desk(ids.legal, 9, {
      hours: { timeZone, spans: [], holidays: [] },
      serviceLevel: { urgent: 15, high: 30, normal: 240, low: null },
    }),
  ]
}
