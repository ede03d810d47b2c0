import type { PaneDefinition } from '../pane-kind.ts'
import SentimentPane from './SentimentPane.vue'

export const pane: PaneDefinition = {
  component: SentimentPane,
  size: [4, 5],
  least: [3, 3],
  settings: ['listens', 'period'],
}
