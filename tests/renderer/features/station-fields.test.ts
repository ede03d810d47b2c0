import { describe, expect, it } from 'vitest'
import { learningVerdict } from '#renderer/features/settings/learning-verdict.ts'
import {
  changedSettings,
  stationFaults,
  stationFields,
  thresholdsWith,
} from '#renderer/features/settings/station-fields.ts'
import { Settings } from '#shared/model/settings.ts'
import { hello } from '../support/fake-station.ts'

const before = hello().settings
const changed = (more: Partial<ReturnType<typeof stationFields>>) =>
  changedSettings({ ...stationFields(before), ...more }, before)

describe('the settings of a station as a form', () => {
  it('send only what was changed, in the form that the station keeps', () => {
    expect(changed({})).toEqual({})
    expect(
      changed({
        officerName: ' Ana ',
        unsure: 60,
        moodBy: 'ml-sentiment',
        act: 0.9,
        linkDays: '30',
        publicUrl: ' https://ears.example/ ',
      }),
    ).toEqual({
      officerName: 'Ana',
      unsureBelow: 0.6,
      moodBy: 'ml-sentiment',
      actAtCertainty: 0.9,
      deskLinkDays: 30,
      publicUrl: 'https://ears.example',
    })
    expect(Settings.partial().safeParse(changed({ publicUrl: 'https://ears.example/', act: 0.98 })).success).toBe(true)
  })
  it.each([
    [{ officerName: ' ' }, ['officerName']],
    [{ linkDays: '0' }, ['deskLinkDays']],
    [{ linkDays: '1.5' }, ['deskLinkDays']],
    [{ linkDays: '366' }, ['deskLinkDays']],
    [{ linkDays: '365' }, []],
  ])('know what is wrong with %j', (more, fields) => {
    expect(stationFaults({ ...stationFields(before), ...more }).map(({ field }) => field)).toEqual(fields)
  })
  it('keep offering a threshold that was set elsewhere', () => {
    expect(thresholdsWith(null)).toEqual([0.8, 0.85, 0.9, 0.95, 0.98])
    expect(thresholdsWith(0.87)).toContain(0.87)
    expect(thresholdsWith(0.9)).toEqual(thresholdsWith(null))
  })
})

it.each([
  [{ inUse: true, checks: 6, rightBefore: 2, rightAfter: 5 }, 'helps'],
  [{ inUse: true, checks: 6, rightBefore: 4, rightAfter: 4 }, 'even'],
  [{ inUse: true, checks: 2, rightBefore: 0, rightAfter: 2 }, 'few'],
  [{ inUse: false, checks: 6, rightBefore: 4, rightAfter: 1 }, 'notInUse'],
])('what was learned is judged: %j %s', (status, verdict) => {
  expect(learningVerdict({ learns: 9, words: [], ...status })).toBe(verdict)
})
