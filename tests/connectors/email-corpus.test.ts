import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Draft } from '#shared/model/mention.ts'
import { readMail, type ReadMail } from '#engine/connectors/email/draft.ts'
import { idsIn } from '#engine/connectors/email/message.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const folder = dataFolder('mail/mikel/fixtures/emails')
const arrived = Date.parse('2026-11-20T12:00:00Z')

const files =
  folder === null
    ? []
    : (readdirSync(folder, { recursive: true }) as string[]).filter(
        (name) => statSync(join(folder, name)).isFile() && !name.includes('.git'),
      )
const bytesOf = (name: string): Buffer => readFileSync(join(folder as string, name))

/** What a line of the head says, read without the connector: unfolded, as bytes of Latin-1. */
function headerOf(bytes: Buffer, name: string): string | undefined {
  const head = bytes.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? ''
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ')
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(unfolded)?.[1]?.trim()
}
const draftIn = (read: ReadMail): Draft | null =>
  'draft' in read ? read.draft : 'letter' in read ? read.letter.draft : null

describe.runIf(folder !== null)('every mail that another parser is tested with', () => {
  it('is read or dropped with its reason, whole and cut off anywhere, without an exception', async () => {
    expect(files.length).toBeGreaterThan(90)
    let drafts = 0
    for (const name of files) {
      const bytes = bytesOf(name)
      for (const share of [1, 0.9, 0.5, 0.1]) {
        const read = await readMail(bytes.subarray(0, Math.floor(bytes.length * share)), arrived, '', name)
        const draft = draftIn(read)
        if (draft) expect(Draft.parse(draft)).toEqual(draft)
        else expect('dropped' in read ? read.dropped.reason : read, name).toBeTruthy()
        if (draft && share === 1) drafts++
      }
    }
    expect(drafts).toBeGreaterThan(85)
  })

  it('keeps the ids, dates and senders that stand in it', async () => {
    let compared = 0
    for (const name of files) {
      const bytes = bytesOf(name)
      const draft = draftIn(await readMail(bytes, arrived, '', name))
      if (!draft) continue
      const [id] = idsIn(headerOf(bytes, 'Message-ID'))
      if (id !== undefined) expect(draft.externalId, name).toBe(id)
      else expect(draft.externalId, name).toMatch(/^sha256:|@/)
      // Dates as the standard writes them; others are the arrival's.
      const date = /^\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}(?: \(\w+\))?$/.exec(
        headerOf(bytes, 'Date') ?? '',
      )
      const written = date ? Date.parse(date[0].replace(/ \(\w+\)$/, '')) : Number.NaN
      if (written > 0 && written < arrived) {
        expect(draft.publishedAt, name).toBe(written)
        compared++
      }
      const sender = /^[^,;]*<([\w.+-]+@[\w.-]+)>$/.exec(headerOf(bytes, 'From') ?? '')?.[1]
      if (sender !== undefined) expect(draft.author?.id, name).toBe(sender.toLowerCase())
      expect(draft.text, name).not.toMatch(/<\/(?:p|div|td|html)>\s*<\/(?:body|html)>/i)
    }
    expect(compared).toBeGreaterThan(50)
  })

  it('knows a report of what could not be delivered', async () => {
    const reports = files.filter((name) => name.includes('report_5') || name.includes('multi_address_bounce'))
    expect(reports).toHaveLength(3)
    for (const name of reports) {
      const read = await readMail(bytesOf(name), arrived, '', name)
      expect(read, name).toMatchObject({ letter: { report: { failed: true, status: expect.stringMatching(/^5/) }, draft: null } }) // prettier-ignore
    }
  })
})
