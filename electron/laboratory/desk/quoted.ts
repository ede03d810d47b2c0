import { z } from 'zod'
import { freshText } from '#engine/connectors/email/quoted/fresh-text.ts'
import { markedHtml } from '#engine/connectors/email/quoted/marked-html.ts'
import { tidy } from '#engine/connectors/text/html-to-text.ts'
import { rowsOf } from './rows.ts'

const Row = z.object({ format: z.enum(['text', 'html']), raw: z.string(), own: z.string() })

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Bodies of mails: how many leave exactly the new words, blanks apart. */
export async function quotedOf(file: string): Promise<{ exact: number; of: number }> {
  const rows = await rowsOf(file, Row)
  const exact = rows.filter(({ format, raw, own }) => {
    const marked = format === 'html' ? markedHtml(raw).marked : tidy(raw)
    return collapsed(freshText(marked, { signature: false })) === collapsed(own)
  })
  return { exact: exact.length, of: rows.length }
}
