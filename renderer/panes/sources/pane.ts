import type { PaneDefinition } from '../pane-kind.ts'
import SourcesPane from './SourcesPane.vue'

export const pane: PaneDefinition = {
  component: SourcesPane,
  size: [3, 4],
  least: [2, 2],
  settings: [],
}
