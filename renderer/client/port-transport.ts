import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Client, Transport } from './client.ts'

/** What the page and Electron's preload say to each other; the port itself travels with the second. */
export const WANT_PORT = 'earshot:want-port'
export const HERE_IS_PORT = 'earshot:port'

/** The desktop app: the preload hands one end of a MessageChannel to the page, the engine holds the other. */
export function portTransport(window: Window): Transport {
  let port: MessagePort | undefined
  let onMessage: ((event: MessageEvent) => void) | undefined
  const ask = () =>
    window.postMessage({ type: WANT_PORT }, window.location.origin === 'null' ? '*' : window.location.origin)
  return {
    start({ open, lost }) {
      onMessage = (event) => {
        // Only this very window may hand over a port; a frame or an opener may not.
        if (event.source !== window || event.data?.type !== HERE_IS_PORT) return
        const [next] = event.ports
        if (!next) return
        port?.close()
        port = next
        next.addEventListener('close', () => {
          if (port !== next) return
          port = undefined
          lost('gone')
        })
        const client: Client = createORPCClient(new RPCLink({ port: next }))
        next.start()
        open(client)
      }
      window.addEventListener('message', onMessage)
      ask()
    },
    retry: ask,
    stop() {
      if (onMessage) window.removeEventListener('message', onMessage)
      port?.close()
    },
  }
}
