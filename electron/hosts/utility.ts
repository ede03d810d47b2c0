/** The engine's own process inside the desktop app. It carries bytes between the shell's ports and the engine. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MessageEvent, MessagePortMain } from 'electron'
import { createEngine } from '#engine/engine.ts'
import type { EngineSlot } from './engine-slot.ts'
import { createEngineSlot } from './engine-slot.ts'
import type { FromEngine, ToEngine } from './page/shell-messages.ts'
import { inWords } from './say-failure.ts'
import { systemDeps } from './system.ts'

const tell = (message: FromEngine): void => process.parentPort.postMessage(message)

let opened: Promise<{ slot: EngineSlot; close(): Promise<void> }> | undefined

/** In the bundle the workers lie beside this file, see electron.vite.config.ts. */
const open = async (
  start: Extract<ToEngine, { type: 'start' }>,
): Promise<{ slot: EngineSlot; close(): Promise<void> }> => {
  const deps = systemDeps({
    root: start.root,
    dataDir: start.dataDir,
    paths: {
      dataDir: start.dataDir,
      resource: (name) => join(start.root, 'resources', name),
      worker: (name) => pathToFileURL(join(import.meta.dirname, `worker-${name}.js`)),
    },
  })
  const slot = createEngineSlot(await createEngine(deps))
  slot.engine.start()
  tell({ type: 'ready' })
  return { slot, close: () => deps.close() }
}

function carry(slot: EngineSlot, role: 'officer' | 'wall', port: MessagePortMain): void {
  const page = slot.connect(role, (message) => port.postMessage(message), () => port.close()) // prettier-ignore
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
  void opened?.then(async ({ slot, close }) => {
    const [port] = event.ports
    if (message.type === 'connect' && port) carry(slot, message.role, port)
    if (message.type === 'suspend') await slot.engine.suspend()
    if (message.type === 'resume') slot.engine.resume()
    if (message.type === 'stop') {
      await slot.engine.stop()
      await close()
      tell({ type: 'stopped' })
      process.exit(0)
    }
  })
})
