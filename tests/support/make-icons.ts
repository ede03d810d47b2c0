/** Draws the app's icons from renderer/public/icon.svg: `npx node tests/support/make-icons.ts`. */
import { mkdirSync, readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.ts'

const svg = readFileSync('renderer/public/icon.svg', 'utf8')
mkdirSync('resources/icons', { recursive: true })
const browser = await chromium.launch({ executablePath: findChromium() })
for (const [name, size] of [
  ['earshot', 512],
  ['tray', 32],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{width:${size}px;height:${size}px;display:block}</style>${svg}`)
  await page.screenshot({ path: `resources/icons/${name}.png`, omitBackground: true })
  await page.close()
}
await browser.close()
