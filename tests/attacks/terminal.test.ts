import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { harmless } from '#hosts/cli/terminal.ts'
import { bundled } from '#tests/support/bundled.ts'
import { command, earshot, startProcess } from '#tests/support/earshot.ts'

const folder = mkdtempSync(join(tmpdir(), 'earshot-terminal-'))
const program = await bundled('electron/hosts/cli.ts')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
// oxlint-disable-next-line no-control-regex -- these are what must not be there
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

describe('what is printed', () => {
  it.each([
    ['\u001b[2Jcleared', String.raw`\u001b[2Jcleared`],
    ['\u001b]0;title\u0007', String.raw`\u001b]0;title\u0007`],
    ['\u009b31mred', String.raw`\u009b31mred`],
    ['over\rwritten', String.raw`over\u000dwritten`],
    ['gnp.exe\u202e', String.raw`gnp.exe\u202e`],
    ['back\b\u007f', String.raw`back\u0008\u007f`],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['Größe 名前 🦊 👩‍👩‍👧', 'Größe 名前 🦊 👩‍👩‍👧'],
  ])('of %j does nothing to a terminal', (text, shown) => expect(harmless(text)).toBe(shown))

  it('names a file with such signs in its name harmlessly, wherever it does', async () => {
    const evil = join(folder, 'evil\u001b]0;owned\u0007\u001b[31m\u202e.csv')
    writeFileSync(evil, 'text,date\n"one \u001b[2J two",2026-01-05\n"three",nonsense\n')
    for (const args of [['import', evil], ['import', `${evil}.gone`], [`se\u001b[31m`], ['stats', '\u001b[2J']]) {
      const { stdout, stderr } = await earshot([...args, '--data', join(folder, 'data')], {}, program)
      expect(`${stdout}${stderr}`).not.toMatch(harmful)
      expect(`${stdout}${stderr}`).toContain('u001b')
    }
  })
})

describe('an import that is stopped', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s says how much is stored, and goes on when it is given again',
    async (signal) => {
      const file = join(folder, `${signal}.csv`)
      const data = join(folder, `data-${signal}`)
      const rows = 24_000
      const lines = Array.from(
        { length: rows },
        (_, n) => `${n},"Mention number ${n} about a broken kettle and a refund",2026-01-05T10:00:00Z`,
      )
      writeFileSync(file, `id,text,date\n${lines.join('\n')}\n`)
      const child = startProcess(program, ['import', file, '--data', data])
      await child.says(/rows read/)
      child.kill(signal)
      expect(await child.ended).toBe(1)
      const [, read, stored] = (await child.says(
        /Stopped after ([\d,]+) rows; ([\d,]+) of them were new and are stored/,
      )) as unknown as [string, string, string]
      expect(Number(stored.replaceAll(',', ''))).toBeGreaterThan(0)
      expect(Number(read.replaceAll(',', ''))).toBeLessThanOrEqual(rows)
      const again = await command(['import', file, '--data', data, '--json'])
      const report = JSON.parse(again.stdout.trim().split('\n').at(-1)!) as {
        read: number
        stored: number
        duplicates: number
      }
      expect(report.read).toBe(rows)
      expect(report.stored + report.duplicates).toBe(rows)
      expect(report.duplicates).toBe(Number(stored.replaceAll(',', '')))
    },
  )
})
