import type { PaneDefinition } from '../pane-kind.ts'
import StreamPane from './StreamPane.vue'

export const pane: PaneDefinition = {
  component: StreamPane,
  size: [3, 8],
  least: [2, 3],
  settings: ['listens', 'query'],
  takesKeys: true,
  named({ query }, listens, t) {
    const asked = query.trim()
    if (asked === 'sentiment:negative')
      return listens ? t('pane.stream.negativeOf', { name: listens }) : t('pane.stream.negative')
    if (asked && listens) return `${listens}: ${asked}`
    return asked || listens || t('pane.stream.allMentions')
  },
}
