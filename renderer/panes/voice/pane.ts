import type { PaneDefinition } from '../pane-kind.ts'
import VoicePane from './VoicePane.vue'

export const pane: PaneDefinition = {
  component: VoicePane,
  size: [3, 4],
  least: [2, 2],
  settings: ['listens', 'period'],
}
