/** The engine's own process inside the desktop app. It carries bytes between the shell's ports and the engine. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MessageEvent, MessagePortMain } from 'electron'
import type { EngineSlot } from './engine-slot.ts'
import { openEngines, type Engines } from './engines.ts'
import type { FromEngine, ToEngine } from './page/shell-messages.ts'
import { guardProcess } from './process-guard.ts'
import { inWords } from './say-failure.ts'
import { createLinksServer } from './station/desk/links-server.ts'
import { systemDeps } from './system.ts'

const tell = (message: FromEngine): void => process.parentPort.postMessage(message)

/** How often the shell hears what waits for a person, for its badge and notifications. */
const attentionMs = 5000

/** Where the pages for desks are while a public address is set: the station's usual port. */
const linksPort = 7315

interface Opened {
  engines: Engines
  stop(): Promise<void>
}
let opened: Promise<Opened> | undefined

/** In the bundle the workers lie beside this file, see electron.vite.config.ts. */
const open = async (start: Extract<ToEngine, { type: 'start' }>): Promise<Opened> => {
  const deps = systemDeps({
    root: start.root,
    dataDir: start.dataDir,
    paths: {
      dataDir: start.dataDir,
      resource: (name) => join(start.root, 'resources', name),
      worker: (name) => pathToFileURL(join(import.meta.dirname, `worker-${name}.js`)),
    },
  })
  const engines = await openEngines({ deps, sample: start.sample })
  // The shell starts the engine again; its window stays and takes up where it was.
  guardProcess({ log: deps.log, tell: console.error, stop: () => engines.stop() })
  engines.start()
  tell({ type: 'ready' })
  const links = createLinksServer({
    door: engines.own.deskDoor,
    alerts: engines.own.board.alertsOutside.door,
    series: engines.own.board.counted.door,
    port: linksPort,
    onProblem: (message) => deps.log.log('warn', message),
  })
  const looking = setInterval(() => {
    void links.look()
    const { undecided, overdue } = engines.slot.engine.status()
    const alerts = engines.slot.engine.board.alertsOutside.waiting()
    tell({ type: 'attention', undecided, overdue, alerts })
  }, attentionMs).unref()
  return {
    engines,
    async stop() {
      // Nobody asks an engine that has stopped, neither the badge nor a desk.
      clearInterval(looking)
      await links.close()
      await engines.stop()
      await deps.close()
    },
  }
}

function carry(slot: EngineSlot, role: 'officer' | 'wall', port: MessagePortMain): void {
  const page = slot.connect(
    role,
    (message) => port.postMessage(message),
    () => port.close(),
  )
  port.on('message', (event) => {
    page.receive(event.data as string | Uint8Array).catch(() => port.close())
  })
  port.on('close', () => page.close())
  port.start()
}

process.parentPort.on('message', (event: MessageEvent) => {
  const message = event.data as ToEngine
  if (message.type === 'start') {
    opened ??= open(message)
    opened.catch((error: unknown) => {
      tell({ type: 'failed', message: inWords(error).message })
      process.exitCode = 1
    })
    return
  }
  void opened?.then(async ({ engines, stop }) => {
    const [port] = event.ports
    if (message.type === 'connect' && port) carry(engines.slot, message.role, port)
    if (message.type === 'suspend') await engines.suspend()
    if (message.type === 'resume') engines.resume()
    if (message.type === 'stop') {
      await stop()
      tell({ type: 'stopped' })
      process.exit(0)
    }
  })
})
