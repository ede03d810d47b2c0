import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import ReconnectingSocket from 'partysocket/ws'
import type { Client, Transport } from './client.ts'

/** Close codes by which a station says that the address in use is not (any more) a valid one. */
const REFUSED = new Set([1008, 4401, 4403])

/** The station that served this page: same origin, `/rpc`; the cookie it set tells it who we are. */
export function socketTransport(location: Pick<Location, 'protocol' | 'host'>): Transport {
  const socket = new ReconnectingSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`, [], {
    startClosed: true,
    connectionTimeout: 8_000,
    minReconnectionDelay: 400,
    maxReconnectionDelay: 10_000,
    reconnectionDelayGrowFactor: 1.6,
    // A wall runs for weeks: it never gives up, and nothing is queued for later (calls fail and are made anew).
    maxRetries: Number.POSITIVE_INFINITY,
    maxEnqueuedMessages: 0,
  })
  socket.binaryType = 'arraybuffer'
  // One link for all reconnections: its listeners live as long as the socket object, and `close` fails what was open.
  const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as WebSocket }))
  return {
    start({ open, lost }) {
      socket.addEventListener('open', () => open(client))
      socket.addEventListener('close', (event) => {
        const refused = REFUSED.has(event.code)
        if (refused) socket.close()
        lost(refused ? 'refused' : 'gone')
      })
      socket.reconnect()
    },
    retry: () => socket.reconnect(),
    stop: () => socket.close(),
  }
}
