import type { Code } from '#shared/words/said.ts'
import { commandNames, commands, decisionKinds } from './command.ts'
import type { JournalEntry, JournalKind } from './journal.ts'

interface UndoWords {
  undone: Code
  /** What lies outside Earshot and stays. */
  stays?: Code
}

/** Of what Earshot, a rule or a desk did, which may be taken back by its entry too. */
const furtherWords: Partial<Record<JournalKind, UndoWords>> = {
  'case.opened': { undone: 'undo.closedAgain' },
  'case.undone': { undone: 'undo.doneAgain' },
  'case.escalated': { undone: 'undo.backWhereItWas' },
  'case.queued': { undone: 'undo.notWaiting' },
  'handoff.asked': { undone: 'undo.questionAside' },
  'handoff.solved': { undone: 'undo.deskNotSolved' },
  'handoff.bounced': { undone: 'undo.withDeskAgain' },
}

/** What is said when an entry of a case is taken back; what is not here cannot be. */
export const undoWords: Partial<Record<JournalKind, UndoWords>> = Object.assign(
  furtherWords,
  ...commandNames.map((name) => commands[name].makes),
)

/** That a hand-off has left is not taken back with what it came of. */
export const handoffStays: Code = 'undo.deskKeepsIt'

/** Kinds of entries that Earshot makes by itself because of a decision. */
export const follows: ReadonlySet<string> = new Set(commandNames.flatMap((name) => commands[name].follows))

/** Whether Earshot made this entry by itself, because of a decision before it. */
export const isConsequence = ({ kind, actor }: JournalEntry): boolean => actor.kind === 'engine' && follows.has(kind)

/** Whether `later` came of `entry` by itself. What became of another answer did not. */
export function cameOf(entry: JournalEntry, later: JournalEntry): boolean {
  const { kind, data } = later
  if (data['answer'] !== undefined && data['answer'] !== entry.data['answer']) return false
  // That the network took an answer is said in the name of whoever wrote it.
  return isConsequence(later) || (kind === 'case.replied' && data['answer'] !== undefined)
}

const decisions = new Set<JournalKind>(decisionKinds)

/** The newest decision of a person about a case, which any colleague may take back; null: there is none, or it was. */
export function lastDecision(entries: readonly JournalEntry[]): number | null {
  const undone = new Set(entries.map(({ data }) => data['undoes']))
  const left = entries.filter((entry) => !undone.has(entry.seq) && !isConsequence(entry))
  const newest = left.toSorted((a, b) => b.seq - a.seq)[0]
  return newest?.actor.kind === 'officer' && decisions.has(newest.kind) ? newest.seq : null
}
