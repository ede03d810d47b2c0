import type { MenuItemConstructorOptions } from 'electron'

export interface ShellActions {
  openOfficer(): void
  openWall(): void
  quit(): void
}

/** The menu bar. Everything inside the page has its own keys there; here is only what belongs to windows. */
export function appMenu(platform: NodeJS.Platform, name: string, actions: ShellActions): MenuItemConstructorOptions[] {
  const station: MenuItemConstructorOptions[] = [
    { label: 'Open Earshot', click: actions.openOfficer },
    { label: 'Open the wall on the other display', accelerator: 'CmdOrCtrl+Shift+W', click: actions.openWall },
    { type: 'separator' },
    ...(platform === 'darwin' ? [] : [{ label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: actions.quit }]),
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
              { label: 'Quit', accelerator: 'Cmd+Q', click: actions.quit },
            ],
          },
        ]
      : []
  return [
    ...mac,
    { label: 'Station', submenu: station },
    { role: 'editMenu' },
    {
      label: 'View',
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

export const trayMenu = (actions: ShellActions): MenuItemConstructorOptions[] => [
  { label: 'Open Earshot', click: actions.openOfficer },
  { label: 'Open the wall', click: actions.openWall },
  { type: 'separator' },
  { label: 'Quit and stop listening', click: actions.quit },
]
