import type { PaneKind } from '#shared/model/wall.ts'

/** Kinds that this page can draw, in the order of the choice. */
export const shownKinds: readonly PaneKind[] = [
  'stream',
  'sentiment',
  'networks',
  'numbers',
  'waiting',
  'sources',
  'problems',
  'voice',
  'heat',
]
