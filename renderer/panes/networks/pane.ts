import type { PaneDefinition } from '../pane-kind.ts'
import NetworksPane from './NetworksPane.vue'

export const pane: PaneDefinition = {
  component: NetworksPane,
  size: [2, 5],
  least: [2, 2],
  settings: ['listens', 'period'],
  minutes: 60,
}
