import type { PaneDefinition } from '../pane-kind.ts'
import SeriesPane from './SeriesPane.vue'

export const pane: PaneDefinition = {
  component: SeriesPane,
  size: [4, 4],
  least: [3, 3],
  settings: ['series', 'period'],
}
