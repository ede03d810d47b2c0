import { describe, expect, it } from 'vitest'
import { newPane, type Pane } from '#shared/model/wall.ts'
import {
  CALM_MS,
  LEAST_MS,
  REST_MS,
  explainingPane,
  noAttention,
  stepAttention,
  waveAway,
  type Attended,
  type Attention,
} from '#renderer/features/wall/attention.ts'

const T = 1_000_000_000
const alert = (id: string, strength: number, more: Partial<Attended> = {}): Attended => ({
  id,
  state: 'raised',
  strength,
  raised: 1,
  raisedAt: T,
  late: false,
  silenced: null,
  mutedUntil: null,
  ...more,
})
/** Every second over a while; which alerts had the middle, each change once. */
function play(state: Attention, from: number, to: number, alerts: (at: number) => Attended[], least = 6) {
  const seen: (string | null)[] = [state.id]
  for (let at = from; at <= to; at += 1_000) {
    state = stepAttention(state, alerts(at), at, least)
    if (seen.at(-1) !== state.id) seen.push(state.id)
  }
  return { state, seen }
}

describe('attention of a wall', () => {
  it('is given to the strongest alert that is strong enough, raised or in hand', () => {
    const step = (...alerts: Attended[]) => stepAttention(noAttention, alerts, T, 6).id
    expect(step(alert('a', 5))).toBe(null)
    expect(step(alert('a', 6), alert('b', 9))).toBe('b')
    expect(step(alert('a', 7, { state: 'taken' }))).toBe('a')
    expect(step(alert('a', 9, { state: 'noData' }), alert('b', 9, { state: 'resolved' }))).toBe(null)
    expect(step(alert('a', 9, { mutedUntil: T + 1 }))).toBe(null)
    expect(step(alert('a', 9, { silenced: 'Release 4.2' }), alert('b', 9, { late: true }))).toBe(null)
    expect(step(alert('a', 8, { raisedAt: T - 5 }), alert('b', 8))).toBe('b')
    expect(stepAttention(noAttention, [alert('a', 10)], T, 0).id).toBe(null)
  })

  it('is kept for a minute at least, and given back after a minute of calm', () => {
    const { state } = play(noAttention, T, T, () => [alert('a', 8)])
    const before = play(state, T + 1_000, T + CALM_MS, () => [])
    expect(before.state.id).toBe('a')
    expect(play(before.state, T + CALM_MS + 1_000, T + CALM_MS + 2_000, () => []).state.id).toBe(null)
  })

  it('does not flap: an alert that comes and goes every few seconds keeps it, and does not come back at once', () => {
    const blinking = (at: number) => (Math.floor(at / 10_000) % 2 === 0 ? [alert('a', 8)] : [])
    expect(play(noAttention, T, T + 600_000, blinking).seen).toEqual([null, 'a'])
    const calm = play(play(noAttention, T, T, () => [alert('a', 8)]).state, T, T + LEAST_MS + CALM_MS, () => [])
    expect(calm.state.id).toBe(null)
    const until = T + LEAST_MS + CALM_MS + REST_MS
    const again = play(calm.state, T + LEAST_MS + CALM_MS + 1_000, until - 60_000, () => [alert('a', 8)])
    // It was not known any more when it was given back: the station said that it is gone.
    expect(again.seen.length).toBeLessThanOrEqual(2)
  })

  it('two of nearly the same strength do not take turns; one that is two stronger takes over after a minute', () => {
    const both = (at: number) => [alert('a', 7), alert('b', at % 2_000 === 0 ? 8 : 7)]
    expect(play(play(noAttention, T, T, () => [alert('a', 7)]).state, T, T + 900_000, both).seen).toEqual(['a'])
    const stronger = () => [alert('a', 7), alert('b', 9)]
    const early = play(play(noAttention, T, T, () => [alert('a', 7)]).state, T, T + LEAST_MS - 1_000, stronger)
    expect(early.state.id).toBe('a')
    expect(play(early.state, T + LEAST_MS, T + LEAST_MS + 600_000, stronger).seen).toEqual(['a', 'b'])
  })

  it('goes on to the next that stands when one is over', () => {
    const first = play(noAttention, T, T + LEAST_MS, () => [alert('a', 9), alert('b', 7)])
    const then = play(first.state, T + LEAST_MS, T + LEAST_MS + 2_000, () => [
      alert('a', 9, { state: 'resolved' }),
      alert('b', 7),
    ])
    expect(then.seen).toEqual(['a', 'b'])
  })

  it('is waved away for good, unless it is two stronger or raised anew', () => {
    const alerts = [alert('a', 7), alert('b', 6)]
    let state = stepAttention(noAttention, alerts, T, 6)
    state = waveAway(state, alerts)
    expect(state.id).toBe(null)
    state = stepAttention(state, alerts, T + 1_000, 6)
    expect(state.id).toBe('b')
    state = waveAway(state, alerts)
    expect(play(state, T, T + 24 * 3_600_000, () => alerts).seen).toEqual([null])
    expect(stepAttention(state, [alert('a', 9)], T + 2_000, 6).id).toBe('a')
    expect(stepAttention(state, [alert('a', 7, { raised: 2 })], T + 2_000, 6).id).toBe('a')
    expect(waveAway(noAttention, alerts)).toBe(noAttention)
  })

  it('is given back at once where the wall is set to never, and survives a clock that was set back', () => {
    const state = stepAttention(noAttention, [alert('a', 9)], T, 6)
    expect(stepAttention(state, [alert('a', 9)], T + 1_000, 0).id).toBe(null)
    const back = T - 86_400_000
    expect(play(state, back, back + LEAST_MS + CALM_MS + 2_000, () => []).state.id).toBe(null)
  })

  it('holds while there is no data, and changes nothing where nothing changes', () => {
    const state = stepAttention(noAttention, [alert('a', 9)], T, 6)
    const noData = () => [alert('a', 9, { state: 'noData' })]
    expect(play(state, T, T + 600_000, noData).seen).toEqual(['a'])
    expect(stepAttention(state, [alert('a', 9)], T + 1_000, 6)).toBe(state)
  })
})

describe('the pane that explains an alert', () => {
  const pane = (kind: Pane['kind'], id: string, listenIds: string[] = []) =>
    newPane(kind, { id, w: 3, h: 3, listenIds })
  const about = (kind: 'listen' | 'problem' | 'source', id: string) => ({ kind, id, name: '' })
  const panes = [
    pane('stream', 'all'),
    pane('sentiment', 'theirs', ['l2']),
    pane('sentiment', 'ours', ['l1']),
    pane('sentiment', 'everything'),
    pane('problems', 'problems', ['l2']),
    pane('waiting', 'waiting'),
  ]
  it.each([
    ['rise', about('listen', 'l1'), 'ours'],
    ['rise', about('listen', 'l3'), 'everything'],
    ['negative', about('listen', 'l2'), 'theirs'],
    ['problem', about('problem', 'p1'), 'problems'],
    ['clocks', about('source', 'd'), 'waiting'],
    ['copies', about('listen', 'l1'), 'all'],
    ['ear', about('source', 's1'), 'attention'],
  ] as const)('of %s about %j is %s', (kind, of, id) => {
    expect(explainingPane({ kind, about: of }, panes).id).toBe(id)
  })

  it('is never one of other listens, and the alerts themselves where none explains it', () => {
    const found = explainingPane({ kind: 'rise', about: about('listen', 'l1') }, [pane('sentiment', 'theirs', ['l2'])])
    expect(found).toMatchObject({ id: 'attention', kind: 'alerts' })
    expect(explainingPane({ kind: 'ear', about: about('source', 's') }, [pane('alerts', 'mine')]).id).toBe('mine')
  })
})
