import type { PaneDefinition } from '../pane-kind.ts'
import AlertsPane from './AlertsPane.vue'

export const pane: PaneDefinition = {
  component: AlertsPane,
  size: [3, 5],
  least: [2, 2],
  settings: [],
}
