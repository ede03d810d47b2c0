import type { PaneDefinition } from '../pane-kind.ts'
import WaitingPane from './WaitingPane.vue'

export const pane: PaneDefinition = {
  component: WaitingPane,
  size: [3, 5],
  least: [2, 2],
  settings: [],
}
