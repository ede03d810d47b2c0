import type { Migration } from './migration.ts'
import { arrivals } from './0760-arrivals.ts'
import { waitingCases } from './0770-waiting-cases.ts'
import { imports } from './0780-imports.ts'
import { answers } from './0640-answers.ts'
import { authorCases } from './0480-author-cases.ts'
import { baseline } from './0740-baseline.ts'
import { canned } from './0350-canned.ts'
import { cases } from './0320-cases.ts'
import { casesByMention } from './0745-cases-by-mention.ts'
import { cursors } from './0210-cursors.ts'
import { deskAnswers } from './0660-desk-answers.ts'
import { desks } from './0300-desks.ts'
import { journalKinds } from './0730-journal-kinds.ts'
import { importsAgain } from './0785-imports-again.ts'
import { alerts } from './0795-alerts.ts'
import { annotations } from './0810-annotations.ts'
import { wallAttention } from './0815-wall-attention.ts'
import { alertRecipients } from './0818-alert-recipients.ts'
import { listensAbout } from './0800-listens-about.ts'
import { crises } from './0850-crises.ts'
import { journal } from './0040-journal.ts'
import { listens } from './0020-listens.ts'
import { mentionKeys } from './0735-mention-keys.ts'
import { mentions } from './0010-mentions.ts'
import { mutes } from './0050-mutes.ts'
import { outbox } from './0340-outbox.ts'
import { parcels } from './0750-parcels.ts'
import { knownAccounts } from './0630-known-accounts.ts'
import { learning } from './0620-learning.ts'
import { dismissedProposals } from './0680-dismissed-proposals.ts'
import { people } from './0330-people.ts'
import { peopleList } from './0720-people-list.ts'
import { persons } from './0610-persons.ts'
import { problems } from './0600-problems.ts'
import { rereading } from './0790-rereading.ts'
import { rollups } from './0030-rollups.ts'
import { rules } from './0310-rules.ts'
import { shifts } from './0500-shifts.ts'
import { sourceHealth } from './0220-source-health.ts'
import { sources } from './0200-sources.ts'
import { station } from './0510-station.ts'

import { categories } from './0840-categories.ts'
import { alertKeys } from './0860-alert-keys.ts'
import { countedSeries } from './0870-counted-series.ts'
import { relevance } from './0700-relevance.ts'

/** Every migration in ascending order of version; a test holds it to that. */
export const migrations: readonly Migration[] = [
  mentions,
  listens,
  rollups,
  journal,
  mutes,
  sources,
  cursors,
  sourceHealth,
  desks,
  rules,
  cases,
  people,
  outbox,
  canned,
  authorCases,
  shifts,
  station,
  problems,
  persons,
  learning,
  knownAccounts,
  answers,
  deskAnswers,
  dismissedProposals,
  relevance,
  peopleList,
  journalKinds,
  mentionKeys,
  baseline,
  casesByMention,
  parcels,
  arrivals,
  waitingCases,
  imports,
  importsAgain,
  rereading,
  alerts,
  listensAbout,
  annotations,
  wallAttention,
  alertRecipients,
  categories,
  crises,
  alertKeys,
  countedSeries,
]
