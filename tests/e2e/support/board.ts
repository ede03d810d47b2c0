import { expect, type Locator, type Page } from '@playwright/test'

/** What a spec looks at on the board. */
export const list = (page: Page) => page.getByRole('listbox').first()
export const current = (page: Page) => list(page).locator('[aria-current]')
export const message = (page: Page) => page.locator('.toasts')
export const pane = (page: Page) => page.locator('[data-case-pane]')
export const field = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true })

/** The id of the case that a key would act on now: the address follows only a moment later. */
export async function currentId(page: Page): Promise<string> {
  const id = await list(page).locator('.row:has([aria-current])').getAttribute('data-key')
  if (id === null) throw new Error('The current row names no case.')
  return id
}

/** The number that a button or a line shows, once it is there: labels come before their counts. */
export async function shownNumber(shown: Locator): Promise<number> {
  await expect(shown).toContainText(/\d/)
  return Number((await shown.textContent())!.replace(/\D/g, ''))
}

/**
 * Sends the current case to one of the desks that do not have it yet, another one for each `turn`, and waits until the next case
 * comes up: a desk that has it already refuses, and the case would stay.
 */
export async function sendOn(page: Page, turn: number): Promise<void> {
  const id = await currentId(page)
  const keys = (await page.locator('.desks .desk:not(.pick) kbd').allTextContents()).filter((key) =>
    /^[1-9]$/.test(key),
  )
  await page.keyboard.press(keys[turn % keys.length]!)
  await expect.poll(() => currentId(page)).not.toBe(id)
}
