import type { PaneDefinition } from '../pane-kind.ts'
import NumbersPane from './NumbersPane.vue'

export const pane: PaneDefinition = {
  component: NumbersPane,
  size: [6, 2],
  least: [3, 2],
  settings: ['listens', 'period'],
  minutes: 60,
}
