import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import ReconnectingSocket from 'partysocket/ws'
import type { Client, Transport } from './client.ts'

const KEEP_EVERY_MS = 6 * 3_600_000
const LOOK_AGAIN_MS = 15_000

/**
 * The station that served this page: `rpc` beside the page's own address (`/rpc` for an officer, `/wall/rpc` for a wall);
 * the cookie it set says who we are. A refused upgrade looks to a page like a broken line, so after a failed attempt the
 * page's own address is asked for: 401 or 403 there means that trying again soon is of no use.
 */
export function socketTransport(page: string, ask: typeof fetch = globalThis.fetch.bind(globalThis)): Transport {
  const here = page.split('#')[0]!
  const url = new URL('rpc', here)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = ''
  const socket = new ReconnectingSocket(url.href, [], {
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
  let wasOpen = false
  let again: ReturnType<typeof setTimeout> | undefined
  let keeping: ReturnType<typeof setInterval> | undefined

  /** A page that is open for months never asks for its address again, and its cookie would end after one. */
  const keep = (): void => void ask(new URL('keep', here).href, { cache: 'no-store' }).catch(() => {})

  /**
   * Shut out, or another program answers in the station's place for a while: a wall has nobody who presses "again", so it looks
   * now and then whether it is let in.
   */
  function lookLater(): void {
    clearTimeout(again)
    again = setTimeout(() => {
      void isRefused().then((refused) => {
        if (refused) lookLater()
        else socket.reconnect()
      })
    }, LOOK_AGAIN_MS)
  }

  async function isRefused(): Promise<boolean> {
    try {
      const answer = await ask(here, { method: 'HEAD', cache: 'no-store' })
      return answer.status === 401 || answer.status === 403
    } catch {
      return false // nobody there: an ordinary outage
    }
  }
  return {
    start({ open, lost }) {
      socket.addEventListener('open', () => {
        wasOpen = true
        clearTimeout(again)
        open(client)
        keep()
        keeping ??= setInterval(keep, KEEP_EVERY_MS)
      })
      socket.addEventListener('close', () => {
        const failedAttempt = !wasOpen
        wasOpen = false
        lost('gone')
        if (failedAttempt) {
          void isRefused().then((refused) => {
            if (!refused) return
            socket.close()
            lost('refused')
            lookLater()
          })
        }
      })
      socket.reconnect()
    },
    retry: () => socket.reconnect(),
    stop() {
      clearTimeout(again)
      clearInterval(keeping)
      socket.close()
    },
  }
}
