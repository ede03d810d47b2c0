import type { PaneDefinition } from '../pane-kind.ts'
import CrisisPane from './CrisisPane.vue'

export const pane: PaneDefinition = {
  component: CrisisPane,
  size: [6, 6],
  least: [3, 3],
  settings: [],
}
