import type { Ear } from '#engine/alerts/watch.ts'
import type { Collect } from '#engine/collect/collect.ts'

/** Sources that are expected to bring something, as the alarm looks at them. */
export const earsOf = (collect: Pick<Collect, 'list'>): Ear[] =>
  collect
    .list()
    .flatMap(({ source, health: { state } }) =>
      state === 'off' || state === 'finished' || state === 'starting'
        ? []
        : [{ id: source.id, name: source.name, broken: state === 'broken', everyMinutes: 1 }],
    )
