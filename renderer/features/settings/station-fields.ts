import type { Settings } from '#shared/model/settings.ts'

/** The station's settings as its form holds them. */
export interface StationFields {
  officerName: string
  language: Settings['language']
  /** Whole percent. */
  unsure: number
  moodBy: Settings['moodBy']
  /** null: suggestions never act by themselves. */
  act: number | null
  maskOnWall: boolean
  publicUrl: string
  linkDays: string
}

/** Certainties that can be chosen; a threshold that was set elsewhere stays one of them. */
export const thresholds = [0.8, 0.85, 0.9, 0.95, 0.98] as const
export const thresholdsWith = (own: number | null): number[] =>
  [...new Set([...thresholds, ...(own === null ? [] : [own])])].toSorted((a, b) => a - b)

export const stationFields = (settings: Settings): StationFields => ({
  officerName: settings.officerName,
  language: settings.language,
  unsure: Math.round(settings.unsureBelow * 100),
  moodBy: settings.moodBy,
  act: settings.actAtCertainty,
  maskOnWall: settings.maskOnWall,
  publicUrl: settings.publicUrl,
  linkDays: String(settings.deskLinkDays),
})

/** What stands against saving; `fault` is the id of a message. */
export function stationFaults(fields: StationFields): { field: string; fault: string; from?: number; to?: number }[] {
  const days = Number(fields.linkDays)
  return [
    ...(fields.officerName.trim() === '' ? [{ field: 'officerName', fault: 'form.fill' }] : []),
    ...(Number.isInteger(days) && days >= 1 && days <= 365
      ? []
      : [{ field: 'deskLinkDays', fault: 'form.range', from: 1, to: 365 }]),
  ]
}

/** Only what is different from what the station has: two people may change different things at once. */
export function changedSettings(fields: StationFields, before: Settings): Partial<Settings> {
  const next = {
    officerName: fields.officerName.trim(),
    language: fields.language,
    unsureBelow: fields.unsure / 100,
    moodBy: fields.moodBy,
    actAtCertainty: fields.act,
    maskOnWall: fields.maskOnWall,
    // A slash at the end is what an address bar gives.
    publicUrl: fields.publicUrl.trim().replace(/\/+$/, ''),
    deskLinkDays: Number(fields.linkDays),
  }
  return Object.fromEntries(Object.entries(next).filter(([key, value]) => before[key as keyof Settings] !== value))
}
