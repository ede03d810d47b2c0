import type { Migration } from './migration.ts'

/** Mutes, labels and listens as they were at a moment are few among many decisions; replay looks for them with every card. */
export const journalKinds: Migration = {
  version: 730,
  name: 'journal kinds',
  up(db) {
    db.exec('CREATE INDEX journal_kind ON journal (kind, at)')
  },
}
