import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export interface Look {
  /** Also what axe recommends beyond WCAG 2.2 AA. Default: no. */
  bestPractice?: boolean
  /** Contrast and room alone: of another theme or language of what was examined whole. */
  seen?: boolean
  /** Only what stands inside it. Default: the page. */
  inside?: string
}

/** WCAG 2.2 AA by axe; the failing elements are named. */
export async function expectAccessible(page: Page, look: Look = {}): Promise<void> {
  // What passed is not written out, and nothing is gathered in a page of its own, which is for frames: there are none.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (look.seen) axe.withRules(['color-contrast', 'target-size'])
  else axe.withTags(look.bestPractice ? [...wcag, 'best-practice'] : wcag)
  if (look.inside !== undefined) axe.include(look.inside)
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => {
    const places = nodes.map(({ target }) => target.join(' '))
    return `${id}: ${places.slice(0, 5).join(' | ')}`
  })
  expect(found).toEqual([])
}
