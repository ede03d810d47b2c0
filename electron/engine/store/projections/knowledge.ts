import { replaceAspectWords, setCounts } from '#engine/store/queries/corrections.ts'
import { removeDismissed, writeDismissed } from '#engine/store/queries/dismissed-proposals.ts'
import { clearApart, removeLink, setApart, writeLink, type LinkRow } from '#engine/store/queries/persons.ts'
import { moveMember, problemNo, putProblem, type ProblemState } from '#engine/store/queries/problems.ts'
import type { Projection } from './projection.ts'

/** What `proposal.dismissed` says. */
export interface Dismissal {
  key: string
  /** Corrections that spoke for it. */
  support: number
  name: string
  /** false: it stands again. */
  dismissed: boolean
}

export const dismissed: Projection = (db, { at, actor, data }) => {
  const { key, support, dismissed: aside } = data as unknown as Dismissal
  if (aside) writeDismissed(db, { key, support, at, byName: actor.name })
  else removeDismissed(db, key)
}

/** What `person.changed` says: the links of accounts that it touched, as they were and as they are. */
export interface PersonChange {
  change: string
  /** Keys of the two accounts. */
  a: number
  b: number
  before: LinkRow[]
  after: LinkRow[]
  /** Whether the machine may link the two again by itself (false), or a person took them apart. */
  apart: boolean
}

export const persons: Projection = (db, { data }) => {
  const { a, b, before, after, apart } = data as unknown as PersonChange
  const kept = new Set(after.map((row) => row.author_key))
  for (const row of before) if (!kept.has(row.author_key)) removeLink(db, row.author_key)
  for (const row of after) writeLink(db, row)
  if (apart) setApart(db, a, b)
  else clearApart(db, a, b)
}

/** What `problem.changed` says: problems as they were and as they are, and mentions that another one has now. */
export interface ProblemChange {
  problemId: string
  change: string
  before: ProblemState[]
  after: ProblemState[]
  /** Ids of mentions that `to` has now. */
  moved?: string[]
  /** What shows that they belong there, where the machine found it. */
  because?: string[]
  to?: string
}

export const problems: Projection = (db, { at, actor, data }) => {
  const { after, moved = [], to = '' } = data as unknown as ProblemChange
  for (const problem of after) putProblem(db, problem, at)
  const no = problemNo(to)
  if (no !== undefined) for (const mentionId of moved) moveMember(db, mentionId, no, actor.kind !== 'engine')
}

/** What `learning.changed` says: corrections that count or do not, or the whole dictionary of aspects. */
export interface LearningChange {
  change: string
  /** Journal entries of relabellings. */
  entries?: number[]
  counts?: 0 | 1
  words?: { aspect: string; word: string }[]
}

export const learning: Projection = (db, { data }) => {
  const { entries = [], counts = 0, words } = data as unknown as LearningChange
  for (const entry of entries) setCounts(db, entry, counts)
  if (words) replaceAspectWords(db, words)
}
