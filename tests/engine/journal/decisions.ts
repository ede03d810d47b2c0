import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import type { Engine } from '#engine/engine.ts'
import type { Client } from '#engine/api/router.ts'
import { connectionOf } from '#engine/store/connections.ts'

/** What a person can decide besides cases. `pick` chooses among what there is. */
export interface Decision {
  name: keyof typeof decisions
  pick: number
}

interface Station {
  engine: Engine
  client: Client
  /** Entries that can be taken back. */
  entries: number[]
}

/** There is nothing to choose from yet. */
class Nothing extends Error {}
function at<One>(list: readonly One[], pick: number): One {
  if (list.length === 0) throw new Nothing()
  return list[pick % list.length]!
}
const idsOf = ({ engine }: Station, sql: string): string[] =>
  connectionOf(engine.store).prepare(sql).pluck().all() as string[]
const anyId = (station: Station, table: string, pick: number): string =>
  String(at(idsOf(station, `SELECT id FROM ${table} ORDER BY id`), pick))
/** Half of the time one that is there, else a new one. */
const changing = (station: Station, table: string, pick: number): { id?: string } =>
  pick % 2 === 0 ? {} : { id: anyId(station, table, pick) }
const without = <One extends { id: string }>({ id: _id, ...rest }: One): Omit<One, 'id'> => rest
const anyMention = ({ engine }: Station, pick: number): string =>
  `${engine.store.stationId}-${((pick % 12) + 1).toString(36)}`
const anyProblem = (station: Station, pick: number): string =>
  `prb_${Number(at(idsOf(station, 'SELECT no FROM problem ORDER BY no'), pick)).toString(36)}`

const person = (pick: number) => ({
  name: `Person ${pick % 5}`,
  email: pick % 3 === 0 ? '' : `p${pick % 5}@example.org`,
  deskIds: ['desk_care'],
  skills: [],
  languages: ['en'],
  countries: [],
  capacity: 3,
  presence: 'available' as const,
  archived: false,
  hours: { timeZone: 'Europe/Berlin', spans: [], holidays: [] },
})

const decisions = {
  saveDesk: async (s, pick) => {
    const all = await s.client.desks.list()
    const { desk } = at(all, pick)
    await s.client.desks.save(
      pick % 3 === 0 ? { ...without(desk), key: 0, name: `Desk ${pick}` } : { ...desk, purpose: `of ${pick}` },
    )
  },
  archiveDesk: (s, pick) => s.client.desks.archive({ id: anyId(s, 'desks', pick) }),
  saveRule: async (s, pick) => {
    const rule = at(await s.client.desks.rules(), pick)
    await s.client.desks.saveRule({ ...(pick % 3 === 0 ? without(rule) : rule), name: `Rule ${pick}`, order: pick })
  },
  removeRule: async (s, pick) => s.client.desks.removeRule({ id: anyId(s, 'rules', pick) }),
  orderRules: async (s) =>
    s.client.desks.orderRules({ ids: (await s.client.desks.rules()).map(({ id }) => id).toReversed() }),
  savePerson: (s, pick) => s.client.desks.savePerson(person(pick)),
  changePerson: (s, pick) =>
    s.client.desks.savePerson({ ...person(pick), id: anyId(s, 'people', pick), deskIds: [anyId(s, 'desks', pick)] }),
  archivePerson: (s, pick) => s.client.desks.archivePerson({ id: anyId(s, 'people', pick) }),
  importPeople: (s, pick) =>
    s.client.desks.importPeople({
      csv: `name,email,desks\nPetra,p${pick % 5}@example.org,Care ${pick % 3}\nOmar,,Baggage\n`,
      apply: true,
    }),
  saveChannel: (s, pick) =>
    s.client.desks.saveChannel({
      ...changing(s, 'channels', pick),
      deskId: 'desk_care',
      name: `Hook ${pick}`,
      kind: 'webhook' as const,
      enabled: true,
      config: { url: 'https://desk.example/hook' },
      secrets: at<Record<string, string>>([{}, { secret: 'not for the journal' }, { secret: '' }], pick),
    }),
  removeChannel: (s, pick) => s.client.desks.removeChannel({ id: anyId(s, 'channels', pick) }),
  saveReply: (s, pick) =>
    s.client.cases.saveCanned({
      ...changing(s, 'canned_replies', pick),
      name: `Reply ${pick}`,
      text: 'Hello',
      lang: 'en',
    }),
  removeReply: (s, pick) => s.client.cases.removeCanned({ id: anyId(s, 'canned_replies', pick) }),
  saveListen: (s, pick) =>
    s.client.listens.save({
      ...changing(s, 'listens', pick),
      name: `Listen ${pick}`,
      colour: 1,
      query: 'bag OR parcel',
      enabled: true,
      routed: true,
    }),
  removeListen: (s, pick) => s.client.listens.remove({ id: anyId(s, 'listens', pick) }),
  saveSettings: (s, pick) =>
    s.client.station.saveSettings(
      at([{ brand: `Brand ${pick}` }, { maskOnWall: pick % 2 === 0 }, { unsureBelow: 0.5 }], pick),
    ),
  saveWall: (s, pick) =>
    s.client.station.saveLayout({ id: `wall_${pick % 3}`, name: `Wall ${pick}`, panes: [], attention: pick % 11 }),
  annotate: (s, pick) =>
    s.client.charts.annotate({
      id: pick % 2 === 0 ? null : anyId(s, 'annotation', pick),
      at: pick,
      to: pick % 3 === 0 ? pick + 1 : null,
      text: `Release ${pick}`,
      listenId: null,
    }),
  removeAnnotation: (s, pick) => s.client.charts.removeAnnotation({ id: anyId(s, 'annotation', pick) }),
  removeWall: (s, pick) => s.client.station.removeLayout({ id: `wall_${pick % 3}` }),
  startShift: (s, pick) => s.client.review.start({ name: `Shift ${pick}` }),
  renameShift: (s, pick) =>
    s.client.review.rename({ id: anyId(s, 'shifts', pick), name: `Renamed ${pick}`, note: 'quiet' }),
  saveSource: (s, pick) =>
    s.client.sources.save({
      ...changing(s, 'sources', pick),
      connector: 'feed',
      name: `Feed ${pick}`,
      enabled: false,
      config: { url: 'https://news.example/feed' },
      secrets: {},
    }),
  removeSource: (s, pick) => s.client.sources.remove({ id: anyId(s, 'sources', pick) }),
  muteAuthor: (s, pick) => s.client.mentions.muteAuthor({ id: anyMention(s, pick) }),
  muteThread: (s, pick) => s.client.mentions.muteThread({ id: anyMention(s, pick) }),
  relabel: (s, pick) =>
    s.client.mentions.relabel({
      id: anyMention(s, pick),
      label: at(['negative', 'neutral', 'positive'] as const, pick >> 4),
    }),
  judge: (s, pick) => s.client.relevance.mark({ mentionId: anyMention(s, pick), relevant: pick % 2 === 0 }),
  forget: (s, pick) => s.client.relevance.forget({ listenId: anyId(s, 'listens', pick) }),
  saveCategory: (s, pick) =>
    s.client.categories.save({
      ...changing(s, 'category', pick),
      name: `Category ${pick % 5}`,
      about: '',
      texts: [`The parcel ${pick} is late`, 'My bag is lost', 'No refund came'].slice(0, 1 + (pick % 3)),
    }),
  removeCategory: (s, pick) => s.client.categories.remove({ id: anyId(s, 'category', pick) }),
  categorise: (s, pick) =>
    s.client.categories.mark({
      mentionId: anyMention(s, pick),
      categoryId: anyId(s, 'category', pick >> 4),
      belongs: pick % 2 === 0,
    }),
  link: async (s, pick) => {
    const other = (await s.client.persons.ofMention({ mentionId: anyMention(s, pick >> 4) })).accounts[0]!
    return s.client.persons.link({ mentionId: anyMention(s, pick), account: other.key })
  },
  unlink: async (s, pick) => {
    const linked = (await s.client.persons.ofMention({ mentionId: anyMention(s, pick) })).accounts.filter(
      (one) => one.linked,
    )
    return s.client.persons.unlink({ mentionId: anyMention(s, pick), account: linked.at(-1)!.key })
  },
  nameProblem: (s, pick) => s.client.problems.rename({ id: anyProblem(s, pick), label: `Problem ${pick}` }),
  closeProblem: (s, pick) => s.client.problems.close({ id: anyProblem(s, pick) }),
  reopenProblem: (s, pick) => s.client.problems.reopen({ id: anyProblem(s, pick) }),
  mergeProblems: (s, pick) => s.client.problems.merge({ id: anyProblem(s, pick), into: anyProblem(s, pick >> 4) }),
  splitProblem: (s, pick) =>
    s.client.problems.split({
      id: anyProblem(s, pick),
      mentionIds: [0, 1, 2, 3].map((n) => anyMention(s, pick + n)),
      label: pick % 2 === 0 ? '' : 'Apart',
    }),
  useCorrection: async (s, pick) => {
    const { entry, use } = at(await s.client.learning.ledger({}), pick)
    return s.client.learning.use({ entry, learns: use === 'off' })
  },
  resetLearning: (s) => s.client.learning.reset({}),
  saveAspects: (s, pick) => s.client.learning.saveAspects({ text: `Falcon: falcon ${pick}, fx` }),
  dismiss: (s, pick) =>
    Promise.resolve({
      undo: s.engine.board.dismissals.set(
        { key: `k${pick % 3}`, support: pick, name: 'A rule', dismissed: pick % 4 !== 0 },
        { kind: 'officer', id: 'o', name: 'Olga' },
      ),
    }),
  undo: async (s, pick) => {
    const entry = at(s.entries, pick)
    await s.client.cases.undo({ entry })
  },
} satisfies Record<string, (station: Station, pick: number) => Promise<unknown>>

export const anyDecision: fc.Arbitrary<Decision> = fc.record({
  name: fc.constantFrom(...(Object.keys(decisions) as Decision['name'][])),
  pick: fc.nat(255),
})

/** Does it; what cannot be done is refused and changes nothing. Says whether it was done. */
export async function decide(station: Station, { name, pick }: Decision): Promise<boolean> {
  try {
    const done = (await decisions[name](station, pick)) as { undo?: number | null } | undefined
    if (typeof done?.undo === 'number') station.entries.push(done.undo)
    return true
  } catch (error) {
    // Bugs cross as a failure too, of a kind of their own.
    const isRefusal = error instanceof ORPCError && error.code === 'FAILURE' && error.data?.kind !== 'bug'
    if (isRefusal || error instanceof Nothing) return false
    throw error
  }
}
