/**
 * Runs the bundled engine process of the desktop app (out/main/utility.js) without Electron: `process.parentPort` and the
 * ports have the shape of Electron's, made of Node's own. Prints one JSON line: what a page behind a port was answered.
 */
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/contract.ts'
import type { FromEngine, ToEngine } from '#hosts/page/shell-messages.ts'
import { projectRoot } from './root.ts'

const [dataDir = ''] = process.argv.slice(2)

/** Electron's MessagePortMain: its events carry `{ data }`. */
class PortMain extends EventEmitter {
  private readonly port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('message', (data) => this.emit('message', { data }))
    port.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown): void {
    this.port.postMessage(message)
  }
  start(): void {
    this.port.start()
  }
  close(): void {
    this.port.close()
  }
}

const heard = new EventEmitter()
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: FromEngine) => heard.emit(message.type, message),
})
Object.assign(process, { parentPort })
const tell = (data: ToEngine, ports: PortMain[] = []): boolean => parentPort.emit('message', { data, ports })
const next = (type: FromEngine['type']): Promise<FromEngine> => new Promise((resolve) => heard.once(type, resolve))

await import(pathToFileURL(join(projectRoot, 'out/main/utility.js')).href)
const ready = Promise.race([next('ready'), next('failed')])
tell({ type: 'start', dataDir, root: projectRoot, sample: false, version: 'test' })
const started = await ready

const { port1, port2 } = new MessageChannel()
tell({ type: 'connect', role: 'wall' }, [new PortMain(port1)])
const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 as never }))
port2.start()
const hello = await client.station.hello({ contractVersion: 1, contractHash: '' })
const refused = await client.station
  .saveSettings({ brand: 'x' })
  .catch(({ data }: { data: { code: string } }) => data.code)
const first = await (await client.station.status()).next()
const sample = first.done ? null : first.value.sample
const numbers = await client.charts.numbers({ listenIds: [], from: 0, to: 60_000 })
tell({ type: 'suspend' })
tell({ type: 'resume' })
// The engine's process ends itself right after this message.
heard.once('stopped', () => {
  console.log(JSON.stringify({ started, role: hello.role, refused, sample, heard: numbers.heard }))
})
tell({ type: 'stop' })
