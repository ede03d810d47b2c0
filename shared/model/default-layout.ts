import { ATTENTION_FROM, newPane, type WallLayout } from './wall.ts'

/** The wall before anybody arranged one: what is said, what is wrong, how much, how it feels, who waits. */
export const defaultLayout: WallLayout = {
  id: 'wall',
  name: 'Wall',
  attention: ATTENTION_FROM,
  panes: [
    newPane('stream', { id: 'all', x: 0, y: 0, w: 3, h: 12 }),
    newPane('stream', { id: 'negative', x: 3, y: 0, w: 3, h: 12, query: 'sentiment:negative' }),
    newPane('numbers', { id: 'numbers', x: 6, y: 0, w: 6, h: 2, minutes: 60 }),
    newPane('sentiment', { id: 'sentiment', x: 6, y: 2, w: 4, h: 5 }),
    newPane('networks', { id: 'networks', x: 10, y: 2, w: 2, h: 5, minutes: 60 }),
    newPane('problems', { id: 'problems', x: 6, y: 7, w: 3, h: 5 }),
    newPane('waiting', { id: 'waiting', x: 9, y: 7, w: 3, h: 5 }),
  ],
}
