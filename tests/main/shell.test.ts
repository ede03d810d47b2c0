import { describe, expect, it } from 'vitest'
import { shellArguments } from '#main/arguments.ts'
import { attentionNotice } from '#main/attention.ts'
import { appMenu, trayMenu } from '#main/menu.ts'

it('finds its own arguments among those of Electron and the system', () => {
  const argv = ['electron', '.', '--no-first-run', '--data=/srv/station', '--sample', '--ozone-platform=x11']
  expect(shellArguments(argv, () => '/default')).toEqual({ dataDir: '/srv/station', sample: true })
  expect(shellArguments(['electron', '.'], () => '/default')).toEqual({ dataDir: '/default', sample: false })
  expect(shellArguments(['electron', '.', '--data='], () => '/default').dataDir).toBe('/default')
})

describe('a notification', () => {
  const none = { undecided: 0, overdue: 0, alerts: 0 }

  it('tells only what grew, and only to who is not looking', () => {
    expect(attentionNotice(none, { undecided: 2, overdue: 0, alerts: 0 }, false)?.body).toBe('2 cases to decide.')
    expect(attentionNotice(none, { undecided: 2, overdue: 1, alerts: 0 }, false)?.body).toBe('1 case past its time.')
    expect(
      attentionNotice({ undecided: 5, overdue: 3, alerts: 0 }, { undecided: 5, overdue: 3, alerts: 0 }, false),
    ).toBeUndefined()
    expect(
      attentionNotice({ undecided: 5, overdue: 3, alerts: 0 }, { undecided: 1, overdue: 0, alerts: 0 }, false),
    ).toBeUndefined()
    expect(attentionNotice(none, { undecided: 2, overdue: 1, alerts: 1 }, false)?.body).toBe(
      '1 alert waits for somebody.',
    )
    expect(attentionNotice(none, { undecided: 9, overdue: 9, alerts: 9 }, true)).toBeUndefined()
  })
})

describe('menus', () => {
  const actions = { openOfficer() {}, openWall() {}, quit() {} }

  it.each(['linux', 'win32', 'darwin'] as const)('have one way to quit on %s', (platform) => {
    const labels = JSON.stringify(appMenu(platform, 'Earshot', actions))
    expect(labels.match(/"Quit"/g)).toHaveLength(1)
    expect(labels).not.toContain('toggleDevTools')
  })

  it('say in the tray that quitting ends the listening', () => {
    expect(trayMenu(actions).map(({ label }) => label)).toContain('Quit and stop listening')
  })
})
