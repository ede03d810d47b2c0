import type { Statement } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionOf, lend } from '#engine/store/connections.ts'
import { caseCounts, waitingCases } from '#engine/store/queries/case-counts.ts'
import { casesOfDeskToWarn, casesToEscalate, casesToWarn, firstToWarn } from '#engine/store/queries/case-clocks.ts'
import { casesByUrgency, type CaseSelection } from '#engine/store/queries/case-pages.ts'
import { queuedCases } from '#engine/store/queries/case-queue.ts'
import { caseById, caseOfConversation, caseOfMention } from '#engine/store/queries/cases.ts'
import { casesOpenedBetween, deskEntries, mentionStart } from '#engine/store/queries/decisions.ts'
import { deskNumbers } from '#engine/store/queries/desks.ts'
import {
  casesWithDeskWords,
  lastEntryBefore,
  undeliveredCases,
  waitingBetween,
  wordsBetween,
} from '#engine/store/queries/notices.ts'
import {
  parcelById,
  parcelsDue,
  parcelsInterrupted,
  parcelsOfCase,
  replyThatIs,
  waitingLanes,
} from '#engine/store/queries/parcels.ts'
import { heldBy, peopleCount, peopleOfDesk, peoplePage } from '#engine/store/queries/people.ts'
import { lastReply, mentionOfCase, solvedCasesOfProblem, waitingUntouched } from '#engine/store/queries/precedents.ts'
import { hashedEntries, lastSeenBy } from '#engine/store/queries/review.ts'
import { mentionsToRoute } from '#engine/store/queries/routing-cursor.ts'
import { lastEntrySeq } from '#engine/store/queries/journal.ts'
import type { Reads } from '#engine/store/reads.ts'
import { openHouse, type House } from './house.ts'

let house: House
beforeAll(() => {
  house = openHouse()
})
afterAll(() => house.close())

/** Plans of every statement that `ask` prepares, on a connection that remembers them. */
function plansOf(ask: (db: Reads) => unknown): string[] {
  const db = connectionOf(house.store)
  const texts: string[] = []
  const spy = new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') {
        return (sql: string): Statement => {
          texts.push(sql)
          return target.prepare(sql)
        }
      }
      const value = Reflect.get(target, name, target) as unknown
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value
    },
  })
  ask(lend({}, spy))
  return texts.flatMap((sql) => {
    const names = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1]))
    const places = (sql.match(/\?/g) ?? []).map(() => 1)
    const explained = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(places.length > 0 ? places : [names])) as {
      detail: string
    }[]
    return explained.map((row) => row.detail)
  })
}

const all: CaseSelection = {
  states: [],
  deskIds: [],
  priorities: [],
  undecided: false,
  overdue: false,
  problemIds: [],
  officerIds: [],
  tags: [],
  approval: false,
}

describe('hot queries on cases', () => {
  it.each<[string, (db: Reads) => unknown]>([
    ['caseById', (db) => caseById(db, 'x')],
    ['caseOfMention', (db) => caseOfMention(db, 'st-1')],
    ['caseOfConversation', (db) => caseOfConversation(db, 1, 1)],
    ['caseCounts', (db) => caseCounts(db, 1)],
    ['waitingCases', (db) => waitingCases(db, 1)],
    ['casesToWarn', (db) => casesToWarn(db, 1, 1)],
    ['casesOfDeskToWarn', (db) => casesOfDeskToWarn(db, 'desk_care', 1, 1)],
    ['firstToWarn', (db) => firstToWarn(db, 1)],
    ['casesToEscalate', (db) => casesToEscalate(db, 1, 1)],
    ['queuedCases', (db) => queuedCases(db, 1)],
    ['closed cases', (db) => casesByUrgency(db, { ...all, states: ['closed'] }, { now: 1 }, 1)],
    ['open cases', (db) => casesByUrgency(db, { ...all, states: ['new', 'routed'] }, { now: 1 }, 1)],
    ['deskNumbers', (db) => deskNumbers(db, 1)],
    ['heldBy', (db) => heldBy(db, ['x'])],
    ['peopleOfDesk', (db) => peopleOfDesk(db, 'x')],
    ['peoplePage', (db) => peoplePage(db, { search: '', deskId: null, after: null, limit: 1 })],
    ['waitingLanes', (db) => waitingLanes(db)],
    ['parcelsDue', (db) => parcelsDue(db, { kind: 'reply', lane: 'src', at: 1 }, 1, 1)],
    ['parcelById', (db) => parcelById(db, 'x')],
    ['parcelsOfCase', (db) => parcelsOfCase(db, 'reply', 'x')],
    ['parcelsInterrupted', (db) => parcelsInterrupted(db)],
    ['replyThatIs', (db) => replyThatIs(db, 'mastodon', '1', 'https://x.example')],
    ['lastReply', (db) => lastReply(db, 'x')],
    ['mentionOfCase', (db) => mentionOfCase(db, 'x')],
    ['waitingUntouched', (db) => waitingUntouched(db, 1)],
    ['solvedCasesOfProblem', (db) => solvedCasesOfProblem(db, 'st-1', 'prb_1', 1)],
    ['casesOpenedBetween', (db) => casesOpenedBetween(db, 1, 2, 1)],
    ['deskEntries', (db) => deskEntries(db, 'x')],
    ['mentionStart', (db) => mentionStart(db, 'st-1', 1)],
    ['hashedEntries', (db) => hashedEntries(db, { from: null, to: null, mentionId: null, afterSeq: 0, limit: 1 })],
    ['lastSeenBy', (db) => lastSeenBy(db, 1)],
    ['lastEntrySeq', (db) => lastEntrySeq(db)],
    ['lastEntryBefore', (db) => lastEntryBefore(db, 1)],
    ['waitingBetween', (db) => waitingBetween(db, 1, 2)],
    ['undeliveredCases', (db) => undeliveredCases(db, 1)],
    ['casesWithDeskWords', (db) => casesWithDeskWords(db, 1)],
    ['mentionsToRoute', (db) => mentionsToRoute(db, 0, 1)],
  ])('%s walks no whole table', (name, ask) => {
    const plans = plansOf(ask)
    expect(plans.length).toBeGreaterThan(0)
    for (const plan of plans) {
      // A scan along an index that is cut by LIMIT is a walk of what is read; without an index it is the whole table.
      expect(plan, name).not.toMatch(/^SCAN (?!value|json_each|t\b)(?!.*(?:USING|VIRTUAL)).*/)
    }
  })

  it('a search among the people looks through the index alone, and a desk begins with its own', () => {
    const asked = { search: 'a', deskId: null, after: 'x', limit: 1 }
    expect(plansOf((db) => peoplePage(db, { ...asked, search: '' }))[0]).toMatch(/^SEARCH p USING INDEX people_list/)
    expect(plansOf((db) => peopleCount(db, asked))).toEqual([
      expect.stringMatching(/^SEARCH p USING COVERING INDEX people_list/),
    ])
    expect(plansOf((db) => peoplePage(db, { ...asked, deskId: 'x' }))[0]).toMatch(/^SEARCH d USING PRIMARY KEY \(desk_id=\?\)$/) // prettier-ignore
  })

  it('parcels that are due come by their lane without sorting, and a reply is found by its place on the network', () => {
    expect(plansOf((db) => parcelsDue(db, { kind: 'reply', lane: 'src', at: 1 }, 1, 1))).toEqual([
      expect.stringMatching(/^SEARCH parcels USING INDEX parcels_due \(kind=\? AND lane=\? AND next_attempt_at<\?\)$/),
    ])
    expect(plansOf((db) => waitingLanes(db))).toEqual([expect.stringMatching(/USING COVERING INDEX parcels_due$/)])
    expect(plansOf((db) => replyThatIs(db, 'mastodon', '1', 'https://x.example'))).toEqual([
      expect.stringMatching(/USING INDEX parcels_external/),
      expect.stringMatching(/USING INDEX parcels_url/),
    ])
  })

  it('what is new in the journal is read by its number, whatever kinds are asked for', () => {
    for (const ask of [waitingBetween, wordsBetween])
      expect(plansOf((db) => ask(db, 1, 2))).toEqual(['SEARCH journal USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'])
  })

  it('closed cases come in order without sorting', () => {
    expect(plansOf((db) => casesByUrgency(db, { ...all, states: ['closed'] }, { now: 1 }, 1)).join()).not.toMatch(
      /TEMP B-TREE/,
    )
  })
})
