import type { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { ServerPeer } from '@orpc/standard-server-peer'
import type { Role } from '#shared/contract/station.ts'
import type { Log } from '#engine/platform/log.ts'
import type { CallContext } from './base.ts'

/** Calls and streams that one connection may have open at once; a page with 24 panes needs about 60. */
const mostOpen: Record<Role, number> = { officer: 512, wall: 160 }

/** One connection of a page, whatever carries it. The host feeds it messages and says when it is gone. */
export interface Peer {
  /** Rejects when the message is no message of the protocol or too much is open: the host then closes the connection. */
  receive(message: string | ArrayBuffer | Uint8Array): Promise<void>
  /** Ends every open call and stream of this connection. */
  close(): void
  /** Open calls and streams. */
  readonly open: number
}

/**
 * Binds the handler to one connection. `send` may return a promise that settles when the other side has taken the
 * message: a stream waits for it, so a slow page holds back its own streams and nobody else's.
 */
export function servePeer(
  handler: StandardRPCHandler<CallContext>,
  context: CallContext,
  send: (message: string | ArrayBufferLike | Uint8Array) => void | Promise<void>,
  log: Log,
): Peer {
  const peer = new ServerPeer(send as never)
  const handle = createServerPeerHandleRequestFn(handler, { context })
  const maxOpen = mostOpen[context.role]
  let closed = false
  return {
    async receive(message) {
      if (closed) return
      if (peer.length >= maxOpen) throw new Error(`More than ${maxOpen} calls are open on one connection`)
      // The message is decoded first and only that may fail the connection; what a call does is its own affair.
      let decoded = false
      try {
        await peer.message(message as never, (request) => {
          decoded = true
          return handle(request)
        })
      } catch (error) {
        if (closed) return
        if (!decoded) throw new Error('Not a message of the contract', { cause: error })
        log.log('warn', 'An answer could not be delivered', { role: context.role }, error)
      }
    },
    close() {
      closed = true
      peer.close()
    },
    get open() {
      return peer.length
    },
  }
}
