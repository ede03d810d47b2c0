import type { Pane, PaneKind, WallLayout } from '#shared/model/wall.ts'
import { newId } from '#shared/util/ids.ts'

const pane = (kind: PaneKind, x: number, y: number, w: number, h: number, more: Partial<Pane> = {}): Pane => ({
  id: newId('pan'),
  kind,
  title: '',
  listenIds: [],
  query: '',
  minutes: 480,
  x,
  y,
  w,
  h,
  ...more,
})

export function newPane(kind: PaneKind): Pane {
  const size: Partial<Record<PaneKind, [number, number, number]>> = {
    stream: [3, 8, 480],
    sentiment: [4, 5, 480],
    networks: [2, 5, 60],
    waiting: [3, 5, 480],
    sources: [3, 4, 60],
    numbers: [6, 2, 60],
    voice: [3, 4, 480],
    heat: [4, 4, 10_080],
    problems: [3, 5, 480],
    terms: [3, 4, 480],
  }
  const [w, h, minutes] = size[kind] ?? [3, 4, 480]
  return pane(kind, 0, 0, w, h, { minutes })
}

/** What a station shows before anybody arranged anything. `words` are the localised titles of the two streams. */
export function defaultLayout(words: { layout: string; all: string; complaints: string }): WallLayout {
  return {
    id: newId('lay'),
    name: words.layout,
    panes: [
      pane('stream', 0, 0, 3, 12, { title: words.all }),
      pane('stream', 3, 0, 3, 12, { title: words.complaints, query: 'sentiment:negative' }),
      pane('numbers', 6, 0, 6, 2, { minutes: 60 }),
      pane('sentiment', 6, 2, 4, 5),
      pane('networks', 10, 2, 2, 5, { minutes: 60 }),
      pane('problems', 6, 7, 3, 5),
      pane('waiting', 9, 7, 3, 5),
    ],
  }
}
