import { readFileSync, writeFileSync } from 'node:fs'
import { BrowserWindow, app, dialog, powerSaveBlocker, screen, type Display, type WebContents } from 'electron'
import { reviveAfterCrash } from './crashes.ts'
import { pageUrl, wallUrl } from './policy.ts'
import { placeWindow, smallest, wallDisplay, type Area, type WindowState } from './window-state.ts'

export interface WindowOptions {
  preload: string
  stateFile: string
  icon: string
  /** A line of the shell's log. */
  log(line: string): void
}

export interface Windows {
  openOfficer(): void
  openWall(displays: Display[]): void
  isOurs(contents: WebContents): boolean
  officerIsFocused(): boolean
  /** Says why it cannot go on, and ends. */
  fail(title: string, message: string): void
}

// Long: two windows that know of each other, and what is asked of them.
export function createWindows({ preload, stateFile, icon, log }: WindowOptions): Windows {
  let officer: BrowserWindow | undefined
  let wall: BrowserWindow | undefined
  const webPreferences = {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    // Its dictionaries would be fetched from a server of the browser's makers: nothing leaves this machine unasked.
    spellcheck: false,
  }

  const keptState = (): string | null => {
    try {
      return readFileSync(stateFile, 'utf8')
    } catch {
      return null
    }
  }
  const keep = (window: BrowserWindow): void => {
    const state: WindowState = {
      ...window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    }
    try {
      writeFileSync(stateFile, JSON.stringify(state))
    } catch (error) {
      console.error(`The window's place was not kept: ${(error as Error).message}`)
    }
  }
  const revive = (window: BrowserWindow, name: string): void =>
    reviveAfterCrash(
      {
        onGone: (listener) => window.webContents.on('render-process-gone', (_event, { reason }) => listener(reason)),
        onUnresponsive: (listener) => window.on('unresponsive', listener),
        reload: () => void (window.isDestroyed() || window.webContents.reload()),
      },
      {
        name,
        tell: log,
        giveUp: (line) => dialog.showErrorBox('Earshot', line),
        after: (ms, call) => void setTimeout(call, ms),
        now: Date.now,
      },
    )
  const show = (window: BrowserWindow): void => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  return {
    openOfficer() {
      if (officer) return show(officer)
      const [first, ...others] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(
        ({ workArea }) => workArea,
      ) as [Area, ...Area[]]
      const { maximized, fullScreen, ...bounds } = placeWindow(keptState(), [first, ...others])
      // Dark ground from the first frame: no white flash in a dim room.
      const window = new BrowserWindow({
        ...bounds,
        minWidth: smallest.width,
        minHeight: smallest.height,
        show: false,
        backgroundColor: '#0b0f14',
        icon,
        webPreferences,
      })
      officer = window
      if (maximized) window.maximize()
      if (fullScreen) window.setFullScreen(true)
      window.once('ready-to-show', () => window.show())
      window.on('close', () => keep(window))
      window.on('closed', () => (officer = undefined))
      revive(window, 'officer')
      void window.loadURL(pageUrl)
    },
    openWall(displays) {
      if (wall) return show(wall)
      const display = wallDisplay(displays, officer?.getBounds() ?? screen.getPrimaryDisplay().bounds)
      const window = new BrowserWindow({
        ...(display ?? displays[0])?.bounds,
        fullscreen: true,
        backgroundColor: '#0b0f14',
        icon,
        webPreferences,
      })
      wall = window
      const awake = powerSaveBlocker.start('prevent-display-sleep')
      window.on('closed', () => {
        powerSaveBlocker.stop(awake)
        wall = undefined
      })
      revive(window, 'wall')
      void window.loadURL(wallUrl)
    },
    isOurs: (contents) => contents === officer?.webContents || contents === wall?.webContents,
    officerIsFocused: () => officer?.isFocused() ?? false,
    fail(title, message) {
      dialog.showErrorBox(title, message)
      app.exit(1)
    },
  }
}
