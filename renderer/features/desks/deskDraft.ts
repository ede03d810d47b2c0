import type { Desk, DeskDraft, WaitingAction } from '#shared/model/desk.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import { tidySpans } from './openingHours.ts'

/** The keys 1 … 9 that no other desk has; 0 stands for none. */
export function freeKeys(desks: readonly Desk[], own?: string): number[] {
  const taken = new Set(desks.filter((desk) => desk.id !== own && !desk.archived).map((desk) => desk.key))
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((key) => key === 0 || !taken.has(key))
}

/** A desk that can be saved after it got a name: open on weekdays 9–17, complaints within an hour. */
export function emptyDesk(desks: readonly Desk[], timeZone: string): DeskDraft {
  return {
    name: '',
    key: freeKeys(desks).find((key) => key > 0) ?? 0,
    colour: (desks.length % 8) + 1,
    purpose: '',
    hours: { timeZone, spans: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 })), holidays: [] },
    serviceLevel: { urgent: 15, high: 30, normal: 60, low: 240 },
    capacity: null,
    warnMinutes: 10,
    escalateTo: null,
    unit: '',
    archived: false,
  }
}

/** As it is sent: words trimmed, hours in their shortest form, holidays in order and once. */
export function tidyDesk(draft: DeskDraft): DeskDraft {
  return {
    ...draft,
    name: draft.name.trim(),
    purpose: draft.purpose.trim(),
    unit: draft.unit?.trim() ?? '',
    hours: {
      ...draft.hours,
      spans: tidySpans(draft.hours.spans),
      holidays: [...new Set(draft.hours.holidays)].toSorted(),
    },
  }
}

/** A deep copy that an editor may change. */
export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Minutes as a field holds them: empty is "no clock", anything else a whole number above zero; undefined: not a number. */
export function parseMinutes(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : undefined
}

/** What the number fields of a desk hold while they are written. Empty: no limit, no clock. */
export type DeskFields = Record<Priority | 'capacity' | 'warn', string>

export function deskFields(desk: DeskDraft): DeskFields {
  const levels = priorities.map((priority) => [priority, String(desk.serviceLevel[priority] ?? '')])
  return {
    ...(Object.fromEntries(levels) as Record<Priority, string>),
    capacity: String(desk.capacity ?? ''),
    warn: String(desk.warnMinutes ?? 10),
  }
}

export const waitingActions = ['relax', 'raise', 'move', 'alert'] as const
/** A step of what happens while nobody takes a case, as its fields hold it. */
export interface WaitingField {
  afterMinutes: string
  do: WaitingAction['do']
  deskId: string | null
}
export const waitingFields = (desk: DeskDraft): WaitingField[] =>
  (desk.waiting ?? []).map((step) => ({
    afterMinutes: String(step.afterMinutes),
    do: step.do,
    deskId: step.deskId ?? null,
  }))

/** What stands against saving; `fault` is a message under `form`. */
export function deskFaults(
  desk: Pick<DeskDraft, 'name'>,
  fields: DeskFields,
  waiting: readonly WaitingField[] = [],
): { field: string; fault: 'fill' | 'number' | 'range'; from?: number; to?: number }[] {
  const numbers = [...priorities, 'capacity' as const].filter((field) => parseMinutes(fields[field]) === undefined)
  return [
    ...(desk.name.trim() === '' ? [{ field: 'name', fault: 'fill' as const }] : []),
    ...numbers.map((field) => ({ field, fault: 'number' as const })),
    ...waiting.flatMap((step, index) => [
      ...(typeof parseMinutes(step.afterMinutes) === 'number'
        ? []
        : [{ field: `waiting${index}`, fault: 'number' as const }]),
      ...(step.do === 'move' && step.deskId === null ? [{ field: `waitingDesk${index}`, fault: 'fill' as const }] : []),
    ]),
    ...(/^\d{1,4}$/.test(fields.warn.trim()) ? [] : [{ field: 'warn', fault: 'range' as const, from: 0, to: 9999 }]),
  ]
}

/** The desk as it is sent, with the numbers that its fields hold. */
export function readDesk(desk: DeskDraft, fields: DeskFields, waiting: readonly WaitingField[] = []): DeskDraft {
  const levels = priorities.map((priority) => [priority, parseMinutes(fields[priority]) ?? null])
  return tidyDesk({
    ...desk,
    serviceLevel: Object.fromEntries(levels) as DeskDraft['serviceLevel'],
    capacity: parseMinutes(fields.capacity) ?? null,
    warnMinutes: Number(fields.warn),
    waiting: waiting
      .map((step) => ({
        afterMinutes: Number(step.afterMinutes),
        do: step.do,
        deskId: step.do === 'move' ? step.deskId : null,
      }))
      .toSorted((a, b) => a.afterMinutes - b.afterMinutes),
  })
}
