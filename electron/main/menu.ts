import type { MenuItemConstructorOptions } from 'electron'
import { said } from '#shared/words/said.ts'
import type { Sayer } from '#shared/words/words.ts'

export interface ShellActions {
  openOfficer(): void
  openWall(): void
  quit(): void
}

/** The menu bar. Everything inside the page has its own keys there; here is only what belongs to windows. */
export function appMenu(
  platform: NodeJS.Platform,
  name: string,
  actions: ShellActions,
  say: Sayer,
): MenuItemConstructorOptions[] {
  const station: MenuItemConstructorOptions[] = [
    { label: say(said('shell.open')), click: actions.openOfficer },
    { label: say(said('shell.openWallThere')), accelerator: 'CmdOrCtrl+Shift+W', click: actions.openWall },
    { type: 'separator' },
    ...(platform === 'darwin'
      ? []
      : [{ label: say(said('shell.quit')), accelerator: 'CmdOrCtrl+Q', click: actions.quit }]),
  ]
  const mac: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [
          {
            label: name,
            submenu: [
              { role: 'about' },
              { type: 'separator' },
              { role: 'hide' },
              { role: 'hideOthers' },
              { type: 'separator' },
              { label: say(said('shell.quit')), accelerator: 'Cmd+Q', click: actions.quit },
            ],
          },
        ]
      : []
  return [
    ...mac,
    { label: say(said('shell.station')), submenu: station },
    { role: 'editMenu' },
    {
      label: say(said('shell.view')),
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'reload' },
      ],
    },
    { role: 'windowMenu' },
  ]
}

export const trayMenu = (actions: ShellActions, say: Sayer): MenuItemConstructorOptions[] => [
  { label: say(said('shell.open')), click: actions.openOfficer },
  { label: say(said('shell.openWall')), click: actions.openWall },
  { type: 'separator' },
  { label: say(said('shell.quitTray')), click: actions.quit },
]
