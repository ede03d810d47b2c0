import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openHolding, type HoldingOptions, type LeftOut } from '#engine/connectors/file/holding.ts'
import { inEnglish } from '#shared/words/words.ts'
import type { Draft } from '#shared/model/mention.ts'

export interface HeardMails {
  drafts: Draft[]
  texts: string[]
  /** reason: where. */
  left: string[]
  details: string[]
  letters: number
}

/** Everything that a file of mails, or a folder of these files, becomes. */
export async function readMails(
  content: string | Uint8Array | Record<string, string | Uint8Array>,
  name = 'box.mbox',
  options: HoldingOptions = {},
): Promise<HeardMails> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-mails-'))
  const path = join(folder, name)
  try {
    if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(path, content)
    else {
      for (const [file, bytes] of Object.entries(content)) {
        mkdirSync(dirname(join(path, file)), { recursive: true })
        writeFileSync(join(path, file), bytes)
      }
    }
    const holding = await openHolding(path, name, options)
    const all: HeardMails = { drafts: [], texts: [], left: [], details: [], letters: 0 }
    const leave = ({ reason, where, detail }: LeftOut): void => {
      all.left.push(`${reason}: ${where}`)
      all.details.push(inEnglish(detail))
    }
    for await (const { items, bad } of holding.parts()) {
      for (const one of bad) leave(one)
      for (const item of items) {
        if ('letter' in item) all.letters++
        const draft = 'draft' in item ? item.draft : 'letter' in item ? item.letter.draft : null
        if (draft) all.drafts.push(draft)
        else if ('left' in item) leave(item.left)
      }
    }
    all.texts = all.drafts.map(({ text }) => text)
    return all
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface MailLook {
  from?: string
  to?: string
  id?: string | null
  date?: string | null
  subject?: string
  more?: string[]
  body?: string
}

/** A mail of these parts, with LF between its lines and none at its end. */
export function mailText(n: number, look: MailLook = {}): string {
  const { from = `Person ${n} <p${n}@mill.example>`, to = 'care@kaffora.example', subject = `Grinder ${n}` } = look
  const { id = `<m${n}@mill.example>`, date = `Mon, 02 Mar 2026 08:${String(n).padStart(2, '0')}:00 +0000` } = look
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    ...(date === null ? [] : [`Date: ${date}`]),
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    ...(look.more ?? []),
  ]
  return [...head, '', look.body ?? `The grinder number ${n} hums.`].join('\n')
}

export const STAMP = 'From p@mill.example Mon Mar  2 08:15:00 2026'
/** An mbox of these mails, each behind the line that begins it. */
export const mboxOf = (mails: string[], stamp = STAMP): string => mails.map((mail) => `${stamp}\n${mail}\n\n`).join('')
