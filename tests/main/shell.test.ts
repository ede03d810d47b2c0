import { describe, expect, it } from 'vitest'
import { shellArguments } from '#main/arguments.ts'
import { words } from '#shared/words/words.ts'
import { attentionNotice, trayTip } from '#main/attention.ts'
import { appMenu, trayMenu } from '#main/menu.ts'

it('finds its own arguments among those of Electron and the system', () => {
  const argv = ['electron', '.', '--no-first-run', '--data=/srv/station', '--sample', '--ozone-platform=x11']
  expect(shellArguments(argv, () => '/default')).toEqual({ dataDir: '/srv/station', sample: true })
  expect(shellArguments(['electron', '.'], () => '/default')).toEqual({ dataDir: '/default', sample: false })
  expect(shellArguments(['electron', '.', '--data='], () => '/default').dataDir).toBe('/default')
})

describe('a notification', () => {
  const english = words('en')
  const german = words('de')
  const none = { undecided: 0, overdue: 0, alerts: 0 }

  it('tells only what grew, and only to who is not looking', () => {
    expect(attentionNotice(none, { undecided: 2, overdue: 0, alerts: 0 }, false, english)?.body).toBe(
      '2 cases to decide.',
    )
    expect(attentionNotice(none, { undecided: 2, overdue: 1, alerts: 0 }, false, english)?.body).toBe(
      '1 case past its time.',
    )
    expect(
      attentionNotice({ undecided: 5, overdue: 3, alerts: 0 }, { undecided: 5, overdue: 3, alerts: 0 }, false, english),
    ).toBeUndefined()
    expect(
      attentionNotice({ undecided: 5, overdue: 3, alerts: 0 }, { undecided: 1, overdue: 0, alerts: 0 }, false, english),
    ).toBeUndefined()
    expect(attentionNotice(none, { undecided: 2, overdue: 1, alerts: 1 }, false, english)?.body).toBe(
      '1 alert waits for somebody.',
    )
    expect(attentionNotice(none, { undecided: 9, overdue: 9, alerts: 9 }, true, english)).toBeUndefined()
    expect(attentionNotice(none, { undecided: 2, overdue: 1, alerts: 2 }, false, german)?.body).toBe(
      '2 Alarme warten auf jemanden.',
    )
  })

  it('has the tray say all that waits, the most urgent first', () => {
    expect(trayTip(none, english)).toBe('Earshot: Nothing waits')
    expect(trayTip({ undecided: 1200, overdue: 1, alerts: 2 }, english)).toBe(
      'Earshot: 2 alerts wait, 1 case past its time, 1,200 cases to decide',
    )
    expect(trayTip({ undecided: 0, overdue: 3, alerts: 0 }, german)).toBe('Earshot: 3 Fälle über ihrer Zeit')
  })
})

describe('menus', () => {
  const actions = { openOfficer() {}, openWall() {}, quit() {} }

  it.each(['linux', 'win32', 'darwin'] as const)('have one way to quit on %s', (platform) => {
    const labels = JSON.stringify(appMenu(platform, 'Earshot', actions, words('en')))
    expect(labels.match(/"Quit"/g)).toHaveLength(1)
    expect(labels).not.toContain('toggleDevTools')
  })

  it('say in the tray that quitting ends the listening', () => {
    expect(trayMenu(actions, words('en')).map(({ label }) => label)).toContain('Quit and stop listening')
    expect(trayMenu(actions, words('de')).map(({ label }) => label)).toContain('Beenden und nicht mehr zuhören')
  })
})
