/** Takes a picture of a page: `npx node tests/support/screenshot.ts URL out.png [WIDTHxHEIGHT] [dark|light] [wait ms]`. */
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.ts'

const [url, file, size = '1456x819', theme = 'dark', wait = '1500'] = process.argv.slice(2)
if (!url || !file) {
  console.error('Usage: screenshot.ts URL out.png [WIDTHxHEIGHT] [dark|light] [wait ms]')
  process.exit(2)
}
const executablePath = findChromium()
if (!executablePath) {
  console.error('No Chromium was found. Install it: apt-get install chromium')
  process.exit(1)
}
const [width = 1456, height = 819] = size.split('x').map(Number)
const browser = await chromium.launch({ executablePath })
const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme === 'light' ? 'light' : 'dark' })
page.on('console', (message) => {
  if (message.type() === 'error' || message.type() === 'warning') console.log(`[${message.type()}] ${message.text()}`)
})
page.on('pageerror', (error) => console.log(`[page error] ${error.message}`))
await page.goto(url)
await page.waitForTimeout(Number(wait))
await page.screenshot({ path: file })
await browser.close()
