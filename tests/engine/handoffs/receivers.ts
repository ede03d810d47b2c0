import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export type Answer = number | 'hang' | 'drop' | { status: number; headers?: Record<string, string>; body?: string }

/** A webhook receiver on loopback that answers as the test says, one answer a request, then 200. */
export async function webhookReceiver(answers: Answer[] = []) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      })
      const answer = answers.shift() ?? 200
      if (answer === 'hang') return
      if (answer === 'drop') return request.socket.destroy()
      const { status, headers = {}, body = '{}' } = typeof answer === 'number' ? { status: answer } : answer
      response.writeHead(status, headers).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    host: `127.0.0.1:${port}`,
    received,
    answers,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** An SMTP server on loopback. `say(n)`: what it answers to the n-th letter after its data; null: takes it. */
export async function mailReceiver(
  say: (n: number) => { responseCode: number; message: string } | 'hang' | 'drop' | null = () => null,
) {
  const letters: string[] = []
  let asked = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.password === 'right' ? done(null, { user: auth.username }) : done(new Error('Invalid credentials')),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push(Buffer.concat(chunks).toString())
        const answer = say(asked++)
        if (answer === 'hang') return
        if (answer === 'drop') {
          const connection = [...server.connections].find((one) => (one as unknown as { id: string }).id === session.id)
          ;(connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
          return
        }
        if (answer === null) done()
        else done(Object.assign(new Error(answer.message), { responseCode: answer.responseCode }))
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return { port, letters, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}
