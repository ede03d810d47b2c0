import type { JournalKind } from '#shared/model/journal.ts'
import { alertRecipients, alertRota, alerts } from './alerts.ts'
import { baselined } from './baseline.ts'
import * as knowledge from './knowledge.ts'
import * as mentions from './mentions.ts'
import type { Projection } from './projection.ts'
import * as station from './station.ts'

/** What each kind of entry writes besides itself. Kinds of cases are not here: the ledger writes those rows, see case-projection.ts. */
export const projections: { readonly [kind in JournalKind]?: Projection } = {
  'station.baselined': baselined,
  'desk.saved': station.desks,
  'rule.saved': station.rules,
  'rule.removed': station.rules,
  'people.saved': station.people,
  'people.imported': station.people,
  'channel.saved': station.channels,
  'channel.removed': station.channels,
  'canned.saved': station.canned,
  'canned.removed': station.canned,
  'listen.saved': station.listens,
  'listen.removed': station.listens,
  'source.saved': station.sources,
  'source.removed': station.sources,
  'annotation.saved': station.annotations,
  'annotation.removed': station.annotations,
  'layout.saved': station.layouts,
  'layout.removed': station.layouts,
  'settings.saved': station.settings,
  'shift.started': station.shifts,
  'shift.ended': station.shifts,
  'shift.renamed': station.shifts,
  'author.muted': mentions.muted,
  'author.unmuted': mentions.unmuted,
  'thread.muted': mentions.muted,
  'thread.unmuted': mentions.unmuted,
  'mention.relabelled': mentions.relabelled,
  'mention.judged': mentions.judged,
  'proposal.dismissed': knowledge.dismissed,
  'person.changed': knowledge.persons,
  'problem.changed': knowledge.problems,
  'learning.changed': knowledge.learning,
  'alert.raised': alerts,
  'alert.worse': alerts,
  'alert.resolved': alerts,
  'alert.noData': alerts,
  'alert.dataAgain': alerts,
  'alert.told': alerts,
  'alert.undone': alerts,
  'alert.taken': alerts,
  'alert.commented': alerts,
  'alert.muted': alerts,
  'alert.closed': alerts,
  'recipient.saved': alertRecipients,
  'recipient.removed': alertRecipients,
  'rota.saved': alertRota,
}
