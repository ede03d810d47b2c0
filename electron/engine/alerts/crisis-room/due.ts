import type { Crisis } from '#shared/model/crisis.ts'
import type { Notice } from '#shared/model/notice.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { openCrises } from '#engine/store/queries/crises.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'

/** What was promised in a crisis that runs and is due by now: its next update, and steps of its plan. */
export function dueNotices(store: Store, now: number): Notice[] {
  const say = words(readSettings(store).language)
  return openCrises(store).flatMap((crisis) => {
    const { id, nextUpdateAt, steps } = crisis
    const late = steps.flatMap(({ doneAt, dueAt }) => (doneAt === null && dueAt !== null && dueAt <= now ? dueAt : []))
    const stepsDue = late.length === 1 ? said('crisis.stepDue') : said('crisis.stepsDue', { n: late.length })
    const notice = (what: Said, key: string, at: number): Notice =>
      noticeOf(crisis, say(what), `${key} ${id} ${at}`, at)
    return [
      ...(nextUpdateAt !== null && nextUpdateAt <= now
        ? [notice(said('crisis.updateDue'), 'update', nextUpdateAt)]
        : []),
      ...(late.length > 0 ? [notice(stepsDue, `steps ${late.length}`, Math.max(...late))] : []),
    ]
  })
}

const noticeOf = ({ name, alertIds, private: isPrivate }: Crisis, text: string, id: string, at: number): Notice => ({
  id,
  kind: 'alert',
  at,
  // Of words that were written to the company alone a wall hears nothing.
  by: isPrivate ? '' : name,
  count: 1,
  caseId: null,
  alertId: alertIds[0] ?? null,
  mentionId: '',
  author: '',
  text,
  network: '',
  problem: null,
  priority: null,
  state: null,
  deskId: null,
})
