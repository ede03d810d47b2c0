import type { AnswerState, AnswerWay } from '#shared/model/answer.ts'
import type { Actor } from '#shared/model/journal.ts'
import { fixed, flag, json, named, plain, saying, table } from '../table.ts'

/** What leaves for customers. */
export const answerTable = table('answers', ['id'], {
  id: plain<string>(),
  caseId: fixed(plain<string>()),
  way: fixed(plain<AnswerWay>()),
  sourceId: fixed(plain<string>()),
  sourceName: fixed(plain<string>()),
  network: fixed(plain<string>()),
  /** Whose name it leaves under; null: not known. */
  account: plain<string | null>(),
  text: fixed(plain<string>()),
  actor: fixed(json<Actor>()),
  /** Journal entry that let it go. */
  entry: plain<number>(),
  state: plain<AnswerState>(),
  attempts: plain<number>(),
  /** An attempt ended without a word from the network. */
  maybeThere: flag(),
  /** Wanted back while it was on its way. */
  takeBack: flag(),
  createdAt: fixed(plain<number>()),
  triedAt: plain<number | null>(),
  nextAttemptAt: plain<number | null>(),
  sentAt: plain<number | null>(),
  externalId: plain<string | null>(),
  url: plain<string | null>(),
  advice: saying(),
})

/** The accounts that answers are given by; a removed source's stays ours. */
export const answerAccountTable = table('answer_accounts', ['sourceId'], {
  sourceId: plain<string>(),
  network: plain<string>(),
  name: plain<string>(),
  /** As `author.id` of drafts; null: drafts do not tell. */
  authorId: plain<string | null>(),
  /** Characters that its server takes; null: not said. */
  limit: named('most', plain<number | null>()),
  checkedAt: plain<number>(),
})
