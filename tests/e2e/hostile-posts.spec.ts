import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { arrived } from './support/open-view.ts'
import { serveStation } from './support/station.ts'
import type { ServedStation } from './support/station.ts'
import { expect, test } from './support/station.ts'

const markup = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload=window.hacked=1>',
  '"><iframe src="javascript:window.hacked=1"></iframe>',
  '{{ constructor.constructor("window.hacked = 1")() }}',
  '[link](javascript:window.hacked=1)',
  '<style>body { display: none }</style>',
  '\u202Eright to left override \u0000\u0007',
  `${'Z̷̳͇̖͔͕'.repeat(400)}`,
  'x'.repeat(20_000),
  'javascript:window.hacked=1',
]

let folder = ''
let hostile: ServedStation

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-hostile-'))
  const file = join(folder, 'hostile.ndjson')
  const now = Date.now()
  const lines = markup.map((text, n) =>
    JSON.stringify({
      id: `${n}`,
      text: `${text} brand`,
      publishedAt: new Date(now - n * 60_000).toISOString(),
      author: text.slice(0, 200),
      url: 'javascript:window.hacked=1',
    }),
  )
  writeFileSync(file, lines.join('\n'))
  hostile = await serveStation({ files: [file] })
})
test.afterAll(async () => {
  await hostile.close()
  rmSync(folder, { recursive: true, force: true })
})

test('hostile text and names stay text, in every view', async ({ page }) => {
  await page.goto(hostile.url)
  await page.getByLabel('Brand or name').fill('brand')
  await page.getByRole('button', { name: 'Start listening' }).click()
  await expect(page.getByRole('heading', { name: 'All mentions' })).toBeVisible()
  await expect(page.getByText('<script>window.hacked = 1</script>').first()).toBeVisible()
  for (const key of ['w', 'b', 'l', 'r', 's']) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await arrived(page)
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0)
  expect(await page.locator('iframe').count()).toBe(0)
  await expect(page.locator('body')).toBeVisible()
})
