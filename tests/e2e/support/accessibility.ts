import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** WCAG 2.2 AA by axe, with `bestPractice` also what axe recommends beyond it; the failing elements are named. */
export async function expectAccessible(page: Page, { bestPractice = false } = {}): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(bestPractice ? [...wcag, 'best-practice'] : wcag)
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => {
    const places = nodes.map(({ target }) => target.join(' '))
    return `${id}: ${places.slice(0, 5).join(' | ')}`
  })
  expect(found).toEqual([])
}
