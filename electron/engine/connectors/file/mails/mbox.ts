import { beginsMail, firstWords, isAfterBlank, isMailHead, lineAt } from './mail-shape.ts'

/** A stretch of a file from one line that begins a mail to the next. */
export interface Stretch {
  /** Bytes before it in the file. */
  at: number
  /** Bytes of it, with the line that begins it. */
  size: number
  /** The line that begins it; null: there is none, it stands before the first one. */
  line: string | null
  /** The mail behind that line, as it was before it was put there; no more than the first `most` bytes of it. */
  bytes: Buffer
}

/** Bytes of a mail that are kept while a longer one may still turn out to hold others. */
const MOST_HELD = 32 * 1024 * 1024
const MOST_HELD_PIECES = 2_000
/** Newlines that may stand between the end of a mail and the next one. */
const SLACK = 4
/** Bytes of a head that are searched for a length. */
const MOST_HEAD = 256 * 1024
/** Bytes that are looked at before a line, for an empty one. */
const CONTEXT = 4

interface Piece {
  at: number
  size: number
  kept: Buffer[]
  keptBytes: number
}

/**
 * Takes an mbox apart as it is read, whatever its kind: mboxo and mboxrd quote a line of the text that begins with `From `, mboxcl and mboxcl2 say
 * by Content-Length how long a mail is, and it is believed where a mail or the end of the file stands there.
 * Formats: RFC 4155, and https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml for the four kinds.
 * @param most bytes that are kept of each mail; the rest is read past.
 */
export class MboxSplitter {
  private window: Buffer = Buffer.alloc(0)
  /** Place of the window's first byte in the file. */
  private base = 0
  /** Bytes of the window that are a piece's already. */
  private fed = 0
  /** Where the search goes on, in the window. */
  private from = 0
  private piece: Piece = { at: 0, size: 0, kept: [], keptBytes: 0 }
  private begun = false
  /** A mail that says that it is longer than it seems, and what would be the mails after it. */
  private held: { pieces: Piece[]; until: number } | null = null
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  /** What is complete with these bytes. `last`: there are no more. */
  push(bytes: Uint8Array, last = false): Stretch[] {
    this.window = Buffer.concat([this.window, bytes])
    const done: Stretch[] = []
    for (;;) {
      const at = this.next()
      if (at < 0) break
      const begins = beginsMail(this.window, at, isAfterBlank(this.window, at) || this.base + at === 0, last)
      if (begins === null) {
        // The line is not whole yet: it is looked at again with the next bytes.
        this.from = Math.max(0, at - 1)
        if (this.begun) {
          this.feed(at)
          this.slide(at)
        }
        return done
      }
      this.begun = true
      this.from = at + 1
      if (!begins) continue
      this.feed(at)
      this.close(done)
      this.piece = { at: this.base + at, size: 0, kept: [], keptBytes: 0 }
    }
    if (!this.begun && !last) return done
    const end = last ? this.window.length : Math.max(this.fed, this.window.length - 'From '.length - 1)
    this.feed(end)
    this.from = Math.max(this.from, end - 1)
    if (last) {
      this.close(done)
      this.release(done, this.base + this.window.length)
    } else {
      this.slide(end)
    }
    return done
  }

  /** Where the next line begins that begins with `From `. */
  private next(): number {
    if (!this.begun) {
      const start = firstWords(this.window)
      if (start + 5 > this.window.length) return -1
      if (this.window.toString('latin1', start, start + 5) === 'From ') return start
      this.begun = true
    }
    const found = this.window.indexOf('\nFrom ', this.from)
    return found < 0 ? -1 : found + 1
  }

  private feed(until: number): void {
    if (until <= this.fed) return
    const { piece } = this
    const fresh = this.window.subarray(this.fed, until)
    piece.size += fresh.length
    const room = this.most + 1_024 - piece.keptBytes
    if (room > 0) {
      const kept = Buffer.from(fresh.subarray(0, room))
      piece.kept.push(kept)
      piece.keptBytes += kept.length
    }
    this.fed = until
  }

  /** Lets go of what is a piece's already, but for what stands before the next line. */
  private slide(until: number): void {
    const gone = Math.max(0, until - CONTEXT)
    this.window = Buffer.from(this.window.subarray(gone))
    this.base += gone
    this.fed -= gone
    this.from = Math.max(0, this.from - gone)
  }

  /** A piece is over: it is a mail, unless it or the one before says that its text goes on. */
  private close(done: Stretch[]): void {
    const { piece } = this
    if (piece.size === 0) return
    const end = piece.at + piece.size
    if (this.held) {
      this.held.pieces.push(piece)
      this.release(done, end)
      return
    }
    const until = this.saidEnd(piece)
    if (until !== null && until > end) this.held = { pieces: [piece], until }
    else done.push(stretchOf([piece], false, this.most))
  }

  /** Gives what is held where it is settled: all of it is one mail, or each is one. */
  private release(done: Stretch[], end: number): void {
    if (!this.held) return
    const { pieces, until } = this.held
    const isOver = end >= until
    const tooMuch =
      pieces.length > MOST_HELD_PIECES || pieces.reduce((sum, { keptBytes }) => sum + keptBytes, 0) > MOST_HELD
    const atEnd = end === this.base + this.window.length
    if (!isOver && !tooMuch && !atEnd) return
    this.held = null
    if (isOver && end - until <= SLACK) done.push(stretchOf(pieces, true, this.most))
    else for (const piece of pieces) done.push(stretchOf([piece], false, this.most))
  }

  /** Where the mail ends by its own Content-Length; null: it does not say. */
  private saidEnd({ at, kept }: Piece): number | null {
    const bytes = kept.length === 1 ? kept[0]! : Buffer.concat(kept)
    const ends = ['\n\r\n', '\n\n'].map((end) => [bytes.indexOf(end), end.length] as const).filter(([at]) => at >= 0)
    const [end, length] = ends.sort(([a], [b]) => a - b)[0] ?? [-1, 0]
    if (end < 0) return null
    const head = bytes.toString('latin1', 0, Math.min(end, MOST_HEAD))
    const said = /^content-length:[ \t]*(\d{1,12})[ \t]*\r?$/im.exec(head)?.[1]
    return said === undefined ? null : at + end + length + Number(said)
  }
}

/** `cl2`: the mail's own length is right although lines in it begin with `From `: nothing in it is quoted. */
function stretchOf(pieces: Piece[], cl2: boolean, most: number): Stretch {
  const { at } = pieces[0]!
  const whole = Buffer.concat(pieces.flatMap(({ kept }) => kept))
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0)
  const start = firstWords(whole)
  if (whole.toString('latin1', start, start + 5) !== 'From ')
    return { at, size, line: null, bytes: whole.subarray(0, most) }
  const first = lineAt(whole, start, true)!
  const bytes = whole.subarray(first.next, first.next + most)
  return { at, size, line: first.text, bytes: cl2 ? bytes : unquoted(bytes) }
}

/** Lines of the text that begin with `From ` are quoted by a `>`, in the head some old servers put one in. */
function unquoted(bytes: Buffer): Buffer {
  if (!bytes.includes('>From ')) return bytes
  const text = bytes.toString('latin1').replace(/^(?:>+From .*\r?\n)+/, '')
  return Buffer.from(text.replace(/^>(>*From )/gm, '$1'), 'latin1')
}

/** What stands before the first mail: nothing, a mail without the line that begins one, or something else. */
export function leadOf({ bytes, line }: Stretch): 'mail' | 'nothing' | 'garbage' | null {
  if (line !== null) return null
  const words = bytes.subarray(firstWords(bytes))
  if (words.length === 0) return 'nothing'
  return isMailHead(words, false) ? 'mail' : 'garbage'
}
