import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** How it misbehaves: it hangs, cuts the line, or answers what is no IMAP, from the next command on; or it has no room. */
export type ImapTrouble = null | 'hang' | 'cut' | 'garbage' | 'busy'

interface Mail {
  uid: number
  bytes: Buffer
  /** null: the server does not say when it came. */
  at: Date | null
}

interface Folder {
  validity: number
  uidNext: number
  mails: Mail[]
}

export interface ImapServer {
  port: number
  host: string
  /** Every command as it came, without its tag; passwords and all. */
  commands: string[]
  /** Connections that were opened so far. */
  readonly connections: number
  trouble: ImapTrouble
  /** What `LOGIN` and `XOAUTH2` are accepted with. */
  password: string
  token: string
  capabilities: string[]
  /** false: it does not say which UID is the next one. */
  saysNext: boolean
  folder(name: string): Folder
  add(bytes: string | Buffer, options?: { folder?: string; at?: Date | null }): number
  /** As a server does that was restored from a backup: other numbers for the same mails. */
  renumber(folder?: string): void
  /** Breaks every connection. */
  cut(): void
  close(): Promise<void>
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number): string => String(n).padStart(2, '0')
const internalDate = (at: Date): string =>
  `${two(at.getUTCDate())}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`

/** As much of an IMAP server (RFC 3501, IDLE of RFC 2177) as a client that only reads asks for. Nothing is ever flagged. */
export async function imapServer(): Promise<ImapServer> {
  const folders = new Map<string, Folder>([['INBOX', { validity: 1000, uidNext: 1, mails: [] }]])
  const open = new Map<Socket, { idle: string | null; selected: string | null; told: number }>()
  let opened = 0
  const folder = (name: string): Folder => {
    const known = folders.get(name)
    if (known) return known
    const made = { validity: 1000, uidNext: 1, mails: [] }
    folders.set(name, made)
    return made
  }

  /** What came since the client was last told; a server may only say so in answer to a command, or in IDLE. */
  function tellNew(socket: Socket): void {
    const session = open.get(socket)
    const count = folders.get(session?.selected ?? '')?.mails.length ?? 0
    if (!session || count === session.told) return
    session.told = count
    socket.write(`* ${count} EXISTS\r\n`)
  }

  function uidsOf(set: string, mails: readonly Mail[]): Mail[] {
    const highest = mails.at(-1)?.uid ?? 0
    const number = (text: string): number => (text === '*' ? highest : Number(text))
    const ranges = set.split(',').map((part) => {
      const [from, to = from] = part.split(':').map(number) as [number, number]
      return [Math.min(from, to), Math.max(from, to)] as const
    })
    return mails.filter(({ uid }) => ranges.some(([from, to]) => uid >= from && uid <= to))
  }

  function answer(socket: Socket, tag: string, line: string): void {
    const session = open.get(socket)!
    const say = (text: string): void => void socket.write(`${text}\r\n`)
    const ok = (): void => say(`${tag} OK done`)
    const [name = '', ...rest] = line.split(' ')
    const words = rest.join(' ')
    const here = session.selected === null ? undefined : folders.get(session.selected)
    switch (`${name.toUpperCase()}${name.toUpperCase() === 'UID' ? ` ${rest[0]?.toUpperCase()}` : ''}`) {
      case 'CAPABILITY':
        say(`* CAPABILITY IMAP4rev1 ${server.capabilities.join(' ')}`)
        return ok()
      case 'ID':
        say('* ID NIL')
        return ok()
      case 'NAMESPACE':
        say('* NAMESPACE (("" "/")) NIL NIL')
        return ok()
      case 'LOGIN':
        if (server.trouble === 'busy') return say(`${tag} NO [UNAVAILABLE] too many connections`)
        if (words.includes(server.password) && server.password !== '') return ok()
        return say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`)
      case 'AUTHENTICATE': {
        const [, initial = ''] = rest
        const given = Buffer.from(initial, 'base64').toString()
        if (given.includes(`Bearer ${server.token}\u0001`)) return ok()
        return say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`)
      }
      case 'LIST':
      case 'LSUB':
        // LIST "" "" asks for the delimiter alone.
        if (words === '"" ""') say(`* ${name.toUpperCase()} (\\Noselect) "/" ""`)
        else
          for (const path of folders.keys())
            if (/[*%]/.test(words) || words.includes(`"${path}"`) || words.endsWith(` ${path}`))
              say(`* ${name.toUpperCase()} (\\HasNoChildren) "/" "${path}"`)
        return ok()
      case 'SELECT':
      case 'EXAMINE': {
        const path = words.replace(/ \(.*$/, '').replaceAll('"', '')
        const found = folders.get(path)
        if (!found) return say(`${tag} NO [NONEXISTENT] no such mailbox`)
        session.selected = path
        session.told = found.mails.length
        say('* FLAGS (\\Seen)')
        say(`* ${found.mails.length} EXISTS`)
        say('* 0 RECENT')
        say(`* OK [UIDVALIDITY ${found.validity}] ok`)
        if (server.saysNext) say(`* OK [UIDNEXT ${found.uidNext}] ok`)
        return say(`${tag} OK [READ-ONLY] done`)
      }
      case 'UID SEARCH': {
        const since = /SINCE (\d+)-(\w+)-(\d+)/i.exec(words)
        const set = /\bUID ([\d:*,]+)/i.exec(words.replace(/^SEARCH /i, ''))
        const from = since ? Date.UTC(Number(since[3]), MONTHS.indexOf(since[2]!), Number(since[1])) : 0
        let found = here?.mails ?? []
        if (set) found = uidsOf(set[1]!, found)
        found = found.filter(({ at }) => at === null || at.getTime() >= from)
        say(`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trimEnd())
        return ok()
      }
      case 'UID FETCH': {
        const set = rest[1] ?? ''
        const limit = /BODY(?:\.PEEK)?\[\]<0\.(\d+)>/i.exec(words)
        for (const { uid, bytes, at } of uidsOf(set, here?.mails ?? [])) {
          const seq = here!.mails.findIndex((mail) => mail.uid === uid) + 1
          const part = bytes.subarray(0, Number(limit?.[1] ?? bytes.length))
          const date = at === null || !/INTERNALDATE/i.test(words) ? '' : ` INTERNALDATE "${internalDate(at)}"`
          socket.write(`* ${seq} FETCH (UID ${uid}${date} BODY[]<0> {${part.length}}\r\n`)
          socket.write(part)
          say(')')
        }
        return ok()
      }
      case 'IDLE':
        session.idle = tag
        say('+ idling')
        return tellNew(socket)
      case 'LOGOUT':
        say('* BYE')
        ok()
        return void socket.end()
      case 'NOOP':
      case 'ENABLE':
        return ok()
      default:
        return say(`${tag} BAD unknown command`)
    }
  }

  const tcp = createServer((socket) => {
    opened++
    open.set(socket, { idle: null, selected: null, told: 0 })
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    if (server.trouble === 'hang') return
    if (server.trouble === 'cut') return void socket.destroy()
    if (server.trouble === 'garbage') return void socket.end('<html>Bad gateway</html>\r\n')
    socket.write(`* OK [CAPABILITY IMAP4rev1 ${server.capabilities.join(' ')}] ready\r\n`)
    let waiting = ''
    socket.on('data', (data) => {
      waiting += data.toString('latin1')
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end)
        waiting = waiting.slice(end + 2)
        const session = open.get(socket)
        if (!session) return
        if (session.idle !== null && line.toUpperCase() === 'DONE') {
          socket.write(`${session.idle} OK done\r\n`)
          session.idle = null
          continue
        }
        const [tag = '', ...rest] = line.split(' ')
        server.commands.push(rest.join(' '))
        if (server.trouble === 'hang') continue
        if (server.trouble === 'cut') return void socket.destroy()
        answer(socket, tag, rest.join(' '))
      }
    })
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as AddressInfo

  const server: ImapServer = {
    port,
    host: `127.0.0.1:${port}`,
    commands: [],
    get connections() {
      return opened
    },
    trouble: null,
    password: 'right',
    token: 'good-token',
    capabilities: ['IDLE', 'AUTH=XOAUTH2', 'SASL-IR'],
    saysNext: true,
    folder,
    add(bytes, { folder: name = 'INBOX', at = new Date() } = {}) {
      const into = folder(name)
      const uid = into.uidNext++
      into.mails.push({ uid, bytes: Buffer.from(bytes), at })
      for (const [socket, { idle, selected }] of open) {
        if (idle !== null && selected === name) tellNew(socket)
      }
      return uid
    },
    renumber(name = 'INBOX') {
      const changed = folder(name)
      changed.validity++
      changed.mails = changed.mails.map((mail, i) => ({ ...mail, uid: i + 1 }))
      changed.uidNext = changed.mails.length + 1
    },
    cut() {
      for (const socket of open.keys()) socket.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open.keys()) socket.destroy()
        tcp.close(() => resolve())
      }),
  }
  return server
}

/** A mail as text; header values as given. */
export function mailOf(headers: Record<string, string | undefined>, body = ''): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return `${lines.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}`
}
