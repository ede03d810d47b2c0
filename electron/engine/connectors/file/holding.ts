import type { DropReason } from '#shared/words/dropped.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Said } from '#shared/model/said.ts'
import { saidOfDrop } from '#shared/words/dropped.ts'
import type { Dropped } from '../connector.ts'
import { dropped, isDropped } from '../draft.ts'
import type { FileInput } from './bytes.ts'
import { rowToDraft, type DraftOptions } from './draft.ts'
import { fateOfMail, hearMails, leftSaid, noMailSaid, placeOfMail } from './mails/hear-mails.ts'
import type { Mails } from './mails/mails.ts'
import { openMails } from './mails/open-mails.ts'
import { openFile, type OpenedFile, type OpenOptions } from './open.ts'
import type { Table } from './table.ts'
import { networkNamed } from './told.ts'

/** What is not kept of a file, where it stands, and why. */
export interface LeftOut {
  reason: DropReason
  /** For the ledger. */
  where: string
  /** Of a table; null: the whole file, or no table. */
  line: number | null
  column: string | null
  /** In words; of mails with their place. */
  detail: Said
}

/** A row or a mail: a mention, nothing, or a letter that somebody in the house may wait for. */
export type Item = { draft: Draft } | { left: LeftOut } | { letter: Letter; left: LeftOut }

/** What a stretch of a file holds. */
export interface Part {
  items: Item[]
  /** What is neither a row nor a mail. */
  bad: LeftOut[]
}

/** Whatever a file holds, as mentions. */
export interface Holding {
  holds: 'rows' | 'mails'
  /** Whose they are, where the file says it of all of them. */
  network: string
  leadIn: number
  /** Once only, in order. */
  parts(): AsyncGenerator<Part>
  bytesRead(): number
  totalBytes: number | null
}

export interface HoldingOptions extends OpenOptions {
  /** Addresses of the mailbox whose mails they are, instead of a guess; and those that the station knows to be its own. */
  own?: readonly string[]
  known?: readonly string[]
}

/** Opens a file of mentions, a file of mails or a folder of them. Throws a Failure that names the file and what to do. */
export async function openHolding(input: FileInput, name: string, options: HoldingOptions = {}): Promise<Holding> {
  const opened = await openMails(input, name, options)
  if (opened.mails) return mailHolding(opened.mails, options)
  return rowHolding(await openFile(opened.input, name, options))
}

/** What the columns of a table hold. */
function rowHolding({ table, draftOptions }: OpenedFile): Holding {
  const { mapping } = draftOptions
  const leftOf = ({ reason, where, detail }: Dropped, line: number): LeftOut => ({
    reason,
    where: where ?? '',
    line,
    column: (reason === 'no date' ? mapping.publishedAt : mapping.text) ?? null,
    detail: detail ?? saidOfDrop(reason),
  })
  return {
    holds: 'rows',
    network: usualNetwork(table, draftOptions),
    leadIn: table.leadIn,
    bytesRead: table.bytesRead,
    totalBytes: table.totalBytes,
    async *parts() {
      for await (const block of table.blocks()) {
        const items = block.rows.map((row): Item => {
          const draft = rowToDraft(row, draftOptions)
          return isDropped(draft) ? { left: leftOf(draft, row.line) } : { draft }
        })
        const bad = block.bad.map(({ reason, line, column, detail }): LeftOut => ({
          reason,
          where: `line ${line}`,
          line: line === 0 ? null : line,
          column,
          detail,
        }))
        yield { items, bad }
      }
    },
  }
}

async function mailHolding(mails: Mails, options: HoldingOptions): Promise<Holding> {
  const { own, found } = await hearMails(mails, options.own ?? [], options.known)
  const place = { line: null, column: null }
  return {
    holds: 'mails',
    network: 'mail',
    leadIn: 0,
    bytesRead: () => mails.bytesRead(),
    totalBytes: mails.totalBytes,
    async *parts() {
      for await (const one of found) {
        if ('none' in one) {
          yield { items: [], bad: [{ ...noMailSaid(one.none), ...place, where: placeOfMail(one.none) }] }
          continue
        }
        const { mail } = one
        const left = ({ reason, where, detail }: Dropped): LeftOut => ({
          ...place,
          reason,
          where: where ?? '',
          detail: leftSaid(mail, detail ?? saidOfDrop(reason)),
        })
        const read = await fateOfMail(mail, own)
        if ('draft' in read) yield { items: [read], bad: [] }
        else if ('dropped' in read) yield { items: [{ left: left(read.dropped) }], bad: [] }
        else {
          const reason = read.letter.dropped ?? 'empty'
          yield { items: [{ letter: read.letter, left: left(dropped(reason, placeOfMail(mail))) }], bad: [] }
        }
      }
    },
  }
}

/** The network that all of the first rows name; without one, `file`. */
function usualNetwork(table: Table, options: DraftOptions): string {
  const { network } = options.mapping
  if (network === undefined) return 'file'
  const named = new Set(table.sample.map((row) => networkNamed(row.cell(network))))
  const [only] = named
  return named.size === 1 && only != null ? only : 'file'
}
