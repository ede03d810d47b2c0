import type { Pane, WallLayout } from '#shared/model/wall.ts'

const pane = (
  id: string,
  kind: Pane['kind'],
  x: number,
  y: number,
  w: number,
  h: number,
  more: Partial<Pane> = {},
): Pane => ({
  id,
  kind,
  title: '',
  listenIds: [],
  query: '',
  minutes: 8 * 60,
  x,
  y,
  w,
  h,
  ...more,
})

/** The wall before anybody arranged one: what is said, what is wrong, how much, how it feels, who waits. */
export const defaultLayout: WallLayout = {
  id: 'wall',
  name: 'Wall',
  panes: [
    pane('all', 'stream', 0, 0, 3, 12),
    pane('negative', 'stream', 3, 0, 3, 12, { query: 'sentiment:negative' }),
    pane('numbers', 'numbers', 6, 0, 6, 2, { minutes: 60 }),
    pane('sentiment', 'sentiment', 6, 2, 4, 5),
    pane('networks', 'networks', 10, 2, 2, 5, { minutes: 60 }),
    pane('problems', 'problems', 6, 7, 3, 5),
    pane('waiting', 'waiting', 9, 7, 3, 5),
  ],
}
