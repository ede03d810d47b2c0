import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import { defaultLayout } from '#shared/model/default-layout.ts'
import { openTestEngine } from '#tests/support/engine.ts'

let opened: Awaited<ReturnType<typeof openTestEngine>>
let officer: Client
beforeEach(async () => {
  opened = await openTestEngine()
  officer = opened.engine.client('officer')
})
afterEach(() => opened.close())

const names = async () => (await officer.station.layouts()).map(({ name }) => name)
const night = { ...defaultLayout, id: 'lay_night', name: 'Night' }

describe('saved walls', () => {
  it('stand beside the built-in one, whichever was saved first', async () => {
    expect(await names()).toEqual([defaultLayout.name])
    await officer.station.saveLayout(night)
    expect(await names()).toEqual([defaultLayout.name, 'Night'])
    await officer.station.saveLayout({ ...defaultLayout, name: 'Our wall' })
    expect(await names()).toEqual(['Our wall', 'Night'])
  })

  it('lose the built-in one only when somebody removes it', async () => {
    await officer.station.saveLayout(night)
    await officer.station.removeLayout({ id: defaultLayout.id })
    await officer.station.saveLayout({ ...night, panes: [] })
    expect(await names()).toEqual(['Night'])
  })

  it('begin with the built-in one again when the last is removed', async () => {
    await officer.station.saveLayout({ ...defaultLayout, panes: [] })
    await officer.station.removeLayout({ id: defaultLayout.id })
    expect(await officer.station.layouts()).toEqual([defaultLayout])
  })
})
