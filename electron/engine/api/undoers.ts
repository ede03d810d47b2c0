import { said } from '#shared/words/said.ts'
import type { Undoer, Undoers } from '#engine/cases/undo.ts'
import type { MentionDecisions } from '#engine/journal/mention-decisions.ts'
import type { Knowledge } from '#engine/knowledge/knowledge.ts'
import type { Listens } from '#engine/listens/listens.ts'

/** Who takes back which kinds of entries. */
export function undoersOf(decisions: MentionDecisions, listens: Listens, knowledge: Knowledge): Undoers {
  const ofMention: Undoer = (entry, by) => {
    decisions.undo(entry.seq, by)
    return said('undo.asBefore')
  }
  const ofListen: Undoer = (entry, by) => listens.undo(entry, by)
  const ofCategory: Undoer = (entry, by) => knowledge.categories.undo(entry, by)
  return {
    'listen.saved': ofListen,
    'listen.removed': ofListen,
    'mention.relabelled': ofMention,
    'author.muted': ofMention,
    'author.unmuted': ofMention,
    'thread.muted': ofMention,
    'thread.unmuted': ofMention,
    'problem.changed': (entry, by) => knowledge.problems.undo(entry.seq, by),
    'person.changed': (entry, by) => knowledge.persons.undo(entry.seq, by),
    'learning.changed': (entry, by) => knowledge.learning.undo(entry.seq, by),
    'mention.categorised': ofCategory,
    'category.saved': ofCategory,
    'category.removed': ofCategory,
    'mention.judged': (entry, by) => knowledge.relevance.undo(entry.seq, by),
  }
}
