import type { PaneDefinition } from '../pane-kind.ts'
import HeatPane from './HeatPane.vue'

export const pane: PaneDefinition = {
  component: HeatPane,
  size: [4, 4],
  least: [3, 3],
  settings: ['listens', 'period'],
  minutes: 10_080,
}
