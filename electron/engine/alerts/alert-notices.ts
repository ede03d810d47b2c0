import { isToBeHeard } from '#shared/model/alert.ts'
import type { Notice } from '#shared/model/notice.ts'
import type { Said } from '#shared/model/said.ts'
import { nameOf } from '#shared/query/wording.ts'
import { words } from '#shared/words/words.ts'
import { openAlerts } from '#engine/store/queries/alerts.ts'
import { aboutNow } from './about-now.ts'
import { isWord } from './detect/crisis.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'

/** Cards that wait for somebody: not those that are muted or in a planned silence, nor what was only found afterwards. */
export function alertNotices(store: Store, now: number): Notice[] {
  const waiting = openAlerts(store)
    .filter((alert) => alert.state === 'raised' && isToBeHeard(alert, now))
    // What a rule said of mentions that were taken back calls nobody any more.
    .filter(({ kind, readFirst }) => !isWord(kind) || readFirst.some((id) => mentionById(store, id) !== undefined))
  if (waiting.length === 0) return []
  const { language } = readSettings(store)
  const inWords = words(language)
  const named = ({ values, ...what }: Said): Said => {
    const country = values?.['country']
    return {
      ...what,
      values: { ...values, ...(typeof country === 'string' && { country: nameOf('region', country, language) }) },
    }
  }
  return waiting
    .map((alert) => aboutNow(store, alert))
    .map(({ id, raised, strength, raisedAt, since, about, observed, what, readFirst, private: isPrivate }) => ({
      // Worse, it is something new.
      id: `card ${id} ${raised} ${strength}`,
      kind: 'alert',
      at: raisedAt ?? since,
      // A problem's name may be words that were written to the company alone, and who wrote those is nobody's business.
      by: about.kind === 'problem' || (about.kind === 'author' && isPrivate) ? '' : about.name,
      count: Math.max(1, Math.round(observed)),
      caseId: null,
      alertId: id,
      mentionId: readFirst[0] ?? '',
      author: '',
      text: inWords(named(what)),
      network: readFirst[0] === undefined ? '' : (mentionById(store, readFirst[0])?.network ?? ''),
      problem: about.kind === 'problem' && about.id !== null ? { id: about.id, label: about.name } : null,
      priority: null,
      state: null,
      deskId: null,
    }))
}
