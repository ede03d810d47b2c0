import { Settings } from '#shared/model/settings.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { settingTable } from '#engine/store/tables/station.ts'

const initialSettings: Settings = {
  brand: '',
  competitors: [],
  brands: [],
  mappings: [],
  officerName: 'Officer',
  unsureBelow: 0.55,
  moodBy: 'earshot',
  actAtCertainty: null,
  maskOnWall: false,
  publicUrl: '',
  deskLinkDays: 14,
  alertSensitivity: 'normal',
  alertCoolHours: 12,
  listenSensitivities: {},
  plannedSilences: [],
  crisisPlans: [],
  language: 'en',
  ready: false,
}

/** Every setting; what was never saved, or was saved in a form that no longer holds, has its initial value. */
export function readSettings(db: Reads): Settings {
  const settings: Record<string, unknown> = { ...initialSettings }
  for (const { name, value } of settingTable.all(db, '')) {
    if (!(name in Settings.shape)) continue
    const parsed = Settings.shape[name as keyof Settings].safeParse(value)
    if (parsed.success) settings[name] = parsed.data
  }
  return settings as Settings
}

/** Saves the named settings and leaves the others as they are. */
export function writeSettings(db: Writes, changes: Partial<Settings>): void {
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) settingTable.put(db, { name, value })
}
