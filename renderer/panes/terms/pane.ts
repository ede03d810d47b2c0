import type { PaneDefinition } from '../pane-kind.ts'
import TermsPane from './TermsPane.vue'

export const pane: PaneDefinition = {
  component: TermsPane,
  size: [3, 4],
  least: [2, 2],
  settings: ['listens', 'period'],
}
