import { afterEach, beforeEach, vi } from 'vitest'

/**
 * Test files share their worker and its modules, which spares loading the house a hundred times. So what a test puts on
 * the page goes when the test ends: its keys and listeners would act in the next file.
 */
if (typeof document !== 'undefined') {
  const { disableAutoUnmount, enableAutoUnmount } = await import('@vue/test-utils')
  disableAutoUnmount()
  enableAutoUnmount(afterEach)
  afterEach(() => document.body.replaceChildren())
  const { freshStores } = await import('#tests/renderer/support/mount.ts')
  beforeEach(freshStores)
}

/** What is really on its way comes, or never does: a second, as by default, is too short on a busy machine. */
const patience = 30_000
const { waitFor } = vi
if (waitFor.name !== 'patiently') {
  const patiently: typeof waitFor = (look, options) =>
    waitFor(look, typeof options === 'number' ? options : { timeout: patience, ...options })
  vi.waitFor = patiently
}
