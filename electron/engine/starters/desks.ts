import type { Desk } from '#shared/model/desk.ts'
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

const week = (days: readonly number[], from: number, to: number): Desk['hours']['spans'] =>
  days.map((day) => ({ day, from: from * 60, to: to * 60 }))
const weekdays = [1, 2, 3, 4, 5]
const everyDay = [1, 2, 3, 4, 5, 6, 7]

/**
 * The desks that a new station starts with: those of the listening centers of Dell, Kodak and Comcast. All are editable.
 * `timeZone` is the station's.
 */
export function starterDesks(timeZone: string): Desk[] {
  const desk = (id: string, key: number, name: string, purpose: string, more: Partial<Desk> = {}): Desk => ({
    id,
    name,
    key,
    colour: ((key - 1) % 8) + 1,
    purpose,
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
    desk(ids.officer, 1, 'Officer on shift', 'Influencers, alerts, and everything that needs a decision.', {
      hours: { timeZone, spans: [], holidays: [] },
      serviceLevel: { urgent: 15, high: 30, normal: 120, low: null },
      escalateTo: null,
      warnMinutes: 5,
    }),
    desk(ids.technical, 2, 'Technical', 'Faults that many people have. Finds the solution that Care answers with.', {
      hours: { timeZone, spans: week(everyDay, 6, 22), holidays: [] },
    }),
    desk(ids.care, 3, 'Care', 'Complaints and questions of customers.', {
      hours: { timeZone, spans: week(everyDay, 7, 21), holidays: [] },
    }),
    desk(
      ids.careGerman,
      4,
      'Care Germany',
      'Complaints and questions in German, or from Germany, Austria and Switzerland.',
      {
        hours: { timeZone: 'Europe/Berlin', spans: week([1, 2, 3, 4, 5, 6], 8, 20), holidays: [] },
      },
    ),
    desk(ids.press, 5, 'Press', 'Journalists, bloggers with a deadline, and reporting about us.', {
      serviceLevel: { urgent: 15, high: 30, normal: 240, low: null },
    }),
    desk(ids.product, 6, 'Product', 'Wishes and ideas. Read every week, rarely answered one by one.', {
      serviceLevel: { urgent: null, high: null, normal: null, low: null },
    }),
    desk(ids.sales, 7, 'Sales', 'People and companies who want to buy.', {
      serviceLevel: { urgent: 15, high: 60, normal: 480, low: null },
    }),
    desk(ids.recruiting, 8, 'Recruiting', 'People who want to work here.', {
      serviceLevel: { urgent: null, high: 480, normal: 960, low: null },
    }),
    desk(ids.legal, 9, 'Legal and safety', 'Injuries, recalls, lawyers, regulators.', {
      hours: { timeZone, spans: [], holidays: [] },
      serviceLevel: { urgent: 15, high: 30, normal: 240, low: null },
    }),
  ]
}
