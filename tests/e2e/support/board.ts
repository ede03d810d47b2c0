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
