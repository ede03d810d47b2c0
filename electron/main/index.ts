/** The desktop shell: windows, menu, tray, power, policy. Its decisions are in the pure modules beside it. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  MessageChannelMain,
  Menu,
  Notification,
  Tray,
  app,
  ipcMain,
  powerMonitor,
  screen,
  utilityProcess,
} from 'electron'
import { defaultDataDir } from '#hosts/data-dir.ts'
import { wantPort, hereIsPort } from '#hosts/page/shell-messages.ts'
import { languageOfTag } from '#shared/words/languages.ts'
import { words } from '#shared/words/words.ts'
import { attentionNotice, trayTip } from './attention.ts'
import { shellArguments } from './arguments.ts'
import { superviseEngine, type EngineChild } from './engine-process.ts'
import { appMenu, trayMenu } from './menu.ts'
import { roleOfPage } from './policy.ts'
import { guardEverything, registerScheme, serveAppProtocol } from './security.ts'
import { createShellLog } from './shell-log.ts'
import { createWindows } from './windows.ts'

const options = shellArguments(process.argv, () =>
  defaultDataDir({ platform: process.platform, env: process.env, home: homedir() }),
)
const root = app.getAppPath()
app.setPath('userData', join(options.dataDir, 'desktop'))
registerScheme()

if (!app.requestSingleInstanceLock()) app.quit()
else void app.whenReady().then(run)

// Long: the one place where the shell is put together, a few lines for each part of Electron.
async function run(): Promise<void> {
  guardEverything(app)
  // What stands outside the window speaks as the machine does.
  const say = words(languageOfTag(app.getLocale()) ?? 'en')
  const log = createShellLog(options.dataDir)
  await serveAppProtocol(join(root, 'out/renderer'))
  const windows = createWindows({
    preload: join(root, 'out/preload/index.cjs'),
    stateFile: join(options.dataDir, 'window.json'),
    icon: join(root, 'resources/icons/earshot.png'),
    log,
  })
  // The processor for graphics, the network, the engine: Chromium starts them again itself, but for the last, see below.
  app.on('child-process-gone', (_event, { type, reason, name }) => {
    if (reason !== 'clean-exit') log(`A process of the shell ended: ${name ?? type} (${reason}).`)
  })

  const tray = new Tray(join(root, 'resources/icons/tray.png'))
  tray.setToolTip('Earshot')
  let told = { undecided: 0, overdue: 0, alerts: 0 }
  const engine = superviseEngine<Electron.MessagePortMain>({
    fork: () =>
      utilityProcess.fork(join(root, 'out/main/utility.js'), [], {
        serviceName: 'Earshot engine',
      }) as unknown as EngineChild<Electron.MessagePortMain>,
    start: { type: 'start', dataDir: options.dataDir, root, sample: options.sample, version: app.getVersion() },
    onMessage(message) {
      if (message.type === 'ready') windows.openOfficer()
      if (message.type === 'failed') windows.fail('Earshot cannot start', message.message)
      if (message.type === 'attention') {
        const notice = attentionNotice(told, message, windows.officerIsFocused(), say)
        told = message
        app.setBadgeCount(message.undecided)
        tray.setToolTip(trayTip(message, say))
        if (notice && Notification.isSupported()) new Notification(notice).on('click', windows.openOfficer).show()
      }
    },
    onExit(code, waitMs) {
      log(`The engine ended with code ${code}${waitMs === null ? '' : ' and is started again'}.`)
      if (waitMs !== null) return
      windows.fail(
        'The engine stops again and again',
        `It ended with code ${code}. The log is in ${join(options.dataDir, 'logs')}.`,
      )
    },
    after: (ms, call) => void setTimeout(call, ms),
    now: Date.now,
  })

  // A page asks for its port; what it may do with it depends on the window it is, which only the shell knows.
  ipcMain.on(wantPort, (event) => {
    const frame = event.senderFrame
    const role = frame && frame === event.sender.mainFrame ? roleOfPage(frame.url) : undefined
    if (!role || !windows.isOurs(event.sender)) return
    const { port1, port2 } = new MessageChannelMain()
    if (engine.connect(role, port1)) event.sender.postMessage(hereIsPort, null, [port2])
  })

  const actions = {
    openOfficer: windows.openOfficer,
    openWall: () => windows.openWall(screen.getAllDisplays()),
    quit: () => app.quit(),
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(process.platform, app.name, actions, say)))
  tray.setContextMenu(Menu.buildFromTemplate(trayMenu(actions, say)))
  tray.on('click', windows.openOfficer)

  powerMonitor.on('suspend', () => engine.tell({ type: 'suspend' }))
  powerMonitor.on('resume', () => engine.tell({ type: 'resume' }))
  app.on('second-instance', windows.openOfficer)
  app.on('activate', windows.openOfficer)
  // Listening goes on without a window; the tray says that Earshot is there.
  app.on('window-all-closed', () => {})

  let drained = false
  app.on('before-quit', (event) => {
    if (drained) return
    event.preventDefault()
    void engine.stop(10_000).then(() => {
      drained = true
      app.quit()
    })
  })
}
