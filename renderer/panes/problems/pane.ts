import type { PaneDefinition } from '../pane-kind.ts'
import ProblemsPane from './ProblemsPane.vue'

export const pane: PaneDefinition = {
  component: ProblemsPane,
  size: [3, 5],
  least: [2, 2],
  settings: ['period'],
}
