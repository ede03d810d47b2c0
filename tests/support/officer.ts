import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { Client } from '#renderer/client/client.ts'

/** An officer's connection to a served station, beside its page: the token of the address is changed for a cookie first. */
export async function connectOfficer(url: string): Promise<{ client: Client; close(): void }> {
  const entered = await fetch(url, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { origin } = new URL(url)
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { client: createORPCClient(new RPCLink({ websocket: socket as never })), close: () => socket.close() }
}
