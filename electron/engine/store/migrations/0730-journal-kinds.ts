import { sqlStep } from './migration.ts'

/** Mutes, labels and listens as they were at a moment are few among many decisions; replay looks for them with every card. */
export const journalKinds = sqlStep(730, 'journal kinds')`CREATE INDEX journal_kind ON journal (kind, at)`
