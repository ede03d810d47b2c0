import type { Pane } from '#shared/model/wall.ts'
import { fixed, json, jsonText, plain, table } from '../table.ts'

export const settingTable = table('settings', ['name'], { name: plain<string>(), value: jsonText<unknown>() })

/** What a connector asked to remember of a source. */
export const cursorTable = table('cursors', ['sourceId'], {
  sourceId: plain<string>(),
  cursor: plain<string>(),
  updatedAt: plain<number>(),
})

export const layoutTable = table('wall_layouts', ['id'], {
  id: plain<string>(),
  name: plain<string>(),
  position: fixed(plain<number>()),
  panes: json<Pane[]>(),
  attention: plain<number>(),
})

/** An author or a conversation that nobody wants to hear, since which mention and entry of the journal. */
export const muteTable = table('mute', ['kind', 'key'], {
  kind: plain<'author' | 'thread'>(),
  key: plain<number>(),
  mentionId: plain<string>(),
  entry: plain<number>(),
  at: plain<number>(),
})
