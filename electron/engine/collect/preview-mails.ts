import type { FilePreview, PreviewRow } from '#shared/model/import.ts'
import type { Said } from '#shared/model/said.ts'
import { saidOfDrop } from '#shared/words/dropped.ts'
import { said, type Code } from '#shared/words/said.ts'
import { HISTORY_MS } from '#engine/connectors/file/file.ts'
import type { HoldingOptions } from '#engine/connectors/file/holding.ts'
import { fateOfMail, hearMails } from '#engine/connectors/file/mails/hear-mails.ts'
import type { FoundMail, MailForm, Mails } from '#engine/connectors/file/mails/mails.ts'
import { droppedOf, leftRow, previewRow, SHOWN } from './preview-rows.ts'

const LOOKS_LIKE: Record<MailForm, Code> = {
  mbox: 'file.looksLikeMbox',
  eml: 'file.looksLikeMail',
  maildir: 'file.looksLikeMaildir',
  folder: 'file.looksLikeMailFolder',
  archive: 'file.looksLikeMailArchive',
}

/** What the first mails of a file would become. A file of which only the beginning is at hand ends in the middle of a mail. */
export async function previewMails(
  mails: Mails,
  options: Pick<HoldingOptions, 'own' | 'known'>,
  now: number,
): Promise<FilePreview> {
  const { form, boxes, box } = mails
  const { own, sample } = await hearMails(mails, options.own ?? [], options.known)
  await mails.close()
  const fates: PreviewRow[] = []
  const bad: { line: number; reason: string; detail: Said }[] = []
  for (const one of sample) {
    if ('mail' in one) fates.push(await fateOf(one.mail, own, now))
    else if (one.none.reason !== 'file ends early')
      bad.push({ line: one.none.no, reason: one.none.reason, detail: one.none.detail })
  }
  const dates = fates.flatMap(({ publishedAt, why }) => (publishedAt === null || why !== null ? [] : [publishedAt]))
  const notes = [said(LOOKS_LIKE[form])]
  if (own.length > 0) notes.push(said('file.ownMails', { addresses: own.slice(0, 5).join(', ') }))
  return {
    holds: 'mails',
    own,
    columns: [],
    mapping: {},
    rows: [],
    becomes: fates.slice(0, SHOWN),
    dropped: droppedOf(fates, bad),
    looked: fates.length + bad.length,
    problems: [],
    notes,
    sheets: boxes.map(({ name, hidden }) => ({ name, hidden, chosen: name === box })),
    encoding: 'utf-8',
    dateOrder: null,
    zone: null,
    history: { rows: dates.filter((date) => date < now - HISTORY_MS).length, of: dates.length },
  }
}

async function fateOf(mail: FoundMail, own: readonly string[], now: number): Promise<PreviewRow> {
  const read = await fateOfMail(mail, own)
  if ('draft' in read) return previewRow(mail.no, read.draft, now)
  if ('letter' in read) {
    const { draft, dropped } = read.letter
    return draft === null ? left(mail, dropped ?? 'empty') : previewRow(mail.no, draft, now)
  }
  const { reason, detail } = read.dropped
  return leftRow(mail.no, reason, detail ?? saidOfDrop(reason))
}

const left = ({ no }: FoundMail, reason: string): PreviewRow => leftRow(no, reason, saidOfDrop(reason))
