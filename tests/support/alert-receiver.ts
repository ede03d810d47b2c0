import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver of alerts got: the key, the headers and the body of each message. */
export interface Received {
  key: string
  headers: Record<string, string | string[] | undefined>
  body: { saying: string; text: string; subject: string; link: string | null; alert: { id: string } | null }
}

/** A program on loopback that is told of alerts; `answer` says how it ends, default 200. */
export async function openAlertReceiver(answer: () => number = () => 200) {
  const got: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (data: Buffer) => (text += data.toString()))
    request.on('end', () => {
      got.push({
        key: String(request.headers['idempotency-key'] ?? ''),
        headers: request.headers,
        body: JSON.parse(text) as Received['body'],
      })
      response.writeHead(answer()).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    sayings: () => got.map(({ body }) => body.saying),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
