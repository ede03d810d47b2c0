import type { Alert, AlertComment } from '#shared/model/alert.ts'
import type { Crisis, CrisisAnswer, CrisisComment, CrisisStep, HoldingStatement } from '#shared/model/crisis.ts'
import type { CrisisMoment } from '#shared/model/crisis-view.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import type { Said, SaidValue } from '#shared/model/said.ts'
import { commas, said, type Code } from '#shared/words/said.ts'
import type { AlertChange } from '#engine/store/projections/alerts.ts'
import type { CrisisChange, CrisisPatch } from '#engine/store/projections/crises.ts'
import type { ProblemChange } from '#engine/store/projections/knowledge.ts'

/*
 * Entries of the journal as moments of a crisis. Instants stand in the hole `when`, languages in `lang`, networks in `network`: whoever
 * shows them writes them as its reader does.
 */

type Kind = CrisisMoment['kind']
const moment = (
  { at, seq, actor }: JournalEntry,
  kind: Kind,
  code: Code,
  values: Record<string, SaidValue> = {},
  isPrivate = false,
): CrisisMoment => ({ at, entry: seq, kind, by: actor.name, what: said(code, values), private: isPrivate })

/** The one member of a list that an entry is about, as it left it or, gone, as it was. */
function memberOf<T>({ before, after }: CrisisChange): T {
  const last = (patch: CrisisPatch | null): unknown => Object.values(patch ?? {})[0]
  return (last(after) ?? last(before)) as T
}

const part = (code: Code, hole: string, value: string): SaidValue[] =>
  value === '' ? [] : [said(code, { [hole]: value })]
/** `Mastodon, German, refunds`, or that it is all. */
export function answersWhat({ network, lang, topic }: Pick<CrisisAnswer, 'network' | 'lang' | 'topic'>): SaidValue {
  const parts = [
    ...part('moment.onNetwork', 'network', network),
    ...part('moment.inLanguage', 'lang', lang),
    ...(topic === '' ? [] : [topic]),
  ]
  return parts.length === 0 ? said('moment.everything') : commas(parts)
}

function changed(entry: JournalEntry, after: CrisisPatch): CrisisMoment {
  const { name, lead, nextUpdateAt } = after as Partial<Crisis>
  if (typeof lead === 'string')
    return lead === '' ? moment(entry, 'crisis', 'moment.noLead') : moment(entry, 'crisis', 'moment.lead', { lead })
  if (typeof name === 'string') return moment(entry, 'crisis', 'moment.renamed', { name })
  return typeof nextUpdateAt === 'number'
    ? moment(entry, 'crisis', 'moment.nextUpdate', { when: nextUpdateAt })
    : moment(entry, 'crisis', 'moment.noUpdate')
}

/** A card as it is called now. */
export type AlertOf = (id: string) => Pick<Alert, 'about' | 'private'> | undefined

/** Long: a case for each kind of entry. */
function momentOfCrisis(entry: JournalEntry, alertOf: AlertOf): CrisisMoment | null {
  const change = entry.data as unknown as CrisisChange
  const after = change.after ?? {}
  switch (entry.kind) {
    case 'crisis.started':
      return after.lead === ''
        ? moment(entry, 'crisis', 'moment.startedAlone', { name: String(after.name) })
        : moment(entry, 'crisis', 'moment.started', { name: String(after.name), lead: String(after.lead) })
    case 'crisis.joined': {
      const alert = alertOf(((after.alertIds ?? []) as string[]).at(-1) ?? '')
      const name = nameOr(alert?.about.name ?? '')
      return moment(entry, 'crisis', 'moment.joined', { name }, alert?.private)
    }
    case 'crisis.changed':
      return changed(entry, after)
    case 'crisis.planned': {
      const { text } = memberOf<CrisisStep>(change)
      const isNew = Object.values(change.before ?? {})[0] === null
      return moment(entry, 'step', isNew ? 'moment.planned' : 'moment.replanned', { text })
    }
    case 'crisis.struck':
      return moment(entry, 'step', 'moment.struck', { text: memberOf<CrisisStep>(change).text })
    case 'crisis.ticked': {
      const { text, doneAt } = memberOf<CrisisStep>(change)
      return moment(entry, 'step', doneAt === null ? 'moment.notDone' : 'moment.done', { text })
    }
    case 'crisis.stated': {
      const { id: lang, version, text } = memberOf<HoldingStatement>(change)
      return moment(entry, 'statement', 'moment.stated', { lang, version, text })
    }
    case 'crisis.approved': {
      const { id: lang, approved } = memberOf<HoldingStatement>(change)
      return moment(entry, 'statement', 'moment.approved', {
        lang,
        version: approved?.version ?? 0,
        approver: approved?.by ?? '',
      })
    }
    case 'crisis.answering': {
      const row = memberOf<CrisisAnswer>(change)
      return moment(entry, 'crisis', 'moment.answers', { who: row.who, what: answersWhat(row) })
    }
    case 'crisis.answerStruck': {
      const row = memberOf<CrisisAnswer>(change)
      return moment(entry, 'crisis', 'moment.answersNot', { who: row.who, what: answersWhat(row) })
    }
    case 'crisis.commented':
      return moment(entry, 'comment', 'moment.commented', { text: memberOf<CrisisComment>(change).text })
    case 'crisis.ended':
      return moment(entry, 'crisis', 'moment.ended', { text: String(after.closing) })
    default:
      return null
  }
}

/** Also what was taken back, and that it was. */
export function momentsOfCrisis(entries: readonly JournalEntry[], alertOf: AlertOf): CrisisMoment[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]))
  return entries.flatMap((entry) => {
    if (entry.kind !== 'crisis.undone') return momentOfCrisis(entry, alertOf) ?? []
    const first = bySeq.get(Number(entry.data.undoes))
    const what = first && momentOfCrisis(first, alertOf)
    return what
      ? [
          {
            ...what,
            at: entry.at,
            entry: entry.seq,
            by: entry.actor.name,
            what: said('moment.undone', { what: what.what }),
          },
        ]
      : []
  })
}

const nameOr = (name: string): SaidValue => (name === '' ? said('moment.station') : name)

type Alerted = Pick<Alert, 'about' | 'private'>
/** Long: a case for each kind of entry. */
function momentOfAlert({ about: subject, private: isPrivate }: Alerted, entry: JournalEntry): CrisisMoment | null {
  const { after } = entry.data as unknown as AlertChange
  const name = nameOr(subject.name)
  const about = (code: Code, values: Record<string, SaidValue> = {}) =>
    moment(entry, 'alert', code, { name, ...values }, isPrivate)
  switch (entry.kind) {
    case 'alert.raised':
      return after?.what ? about('moment.alertRaised', { what: after.what as Said }) : null
    case 'alert.worse': {
      const newest = [...(after.signs ?? [])].sort((a, b) => b.at - a.at)[0]
      const what = after.what ?? newest?.what
      return what ? about('moment.alertWorse', { what }) : null
    }
    case 'alert.resolved':
      return about('moment.alertOver')
    case 'alert.noData':
      return about('moment.alertNoData')
    case 'alert.dataAgain':
      return about('moment.alertDataAgain')
    case 'alert.taken':
      return about('moment.alertTaken')
    case 'alert.commented':
      return about('moment.alertCommented', { text: (after.comments as AlertComment[]).at(-1)?.text ?? '' })
    case 'alert.muted':
      return about('moment.alertMuted', { when: Number(after.mutedUntil) })
    case 'alert.closed':
      return about('moment.alertClosed', { text: String(after.closedNote ?? '') })
    case 'alert.told': {
      // How a message fared is an entry too; that somebody is told is one with what is said.
      if (entry.data.saying === undefined) return null
      const told = (after.told ?? []).filter((one) => one.at === entry.at).map(({ who }) => who)
      return told.length === 0 ? null : about('moment.alertTold', { who: commas([...new Set(told)]) })
    }
    case 'alert.undone':
      return about('moment.alertUndone')
    default:
      return null
  }
}
export const momentsOfAlert = (alert: Alerted, entries: readonly JournalEntry[]): CrisisMoment[] =>
  entries.flatMap((entry) => momentOfAlert(alert, entry) ?? [])

const problemCodes: Readonly<Record<string, Code>> = {
  rename: 'moment.problemRenamed',
  close: 'moment.problemSolved',
  reopen: 'moment.problemBack',
  merge: 'moment.problemMerged',
  split: 'moment.problemSplit',
  move: 'moment.problemMoved',
}
/** `isPrivate`, `nameOf`: of a problem by its id, as it is now. */
export const momentsOfProblems = (
  entries: readonly JournalEntry[],
  isPrivate: (id: string) => boolean,
  nameOf: (id: string) => string,
): CrisisMoment[] =>
  entries.flatMap((entry) => {
    const { change, after, problemId: id, to = '', moved = [] } = entry.data as unknown as ProblemChange
    const code = problemCodes[change]
    if (code === undefined) return []
    const name = after?.find((one) => one.id === id)?.label ?? nameOf(id)
    const values: Record<string, SaidValue> =
      code === 'moment.problemMoved' ? { name, n: moved.length, to: nameOf(to) } : { name }
    return [moment(entry, 'problem', code, values, isPrivate(id) || (to !== '' && isPrivate(to)))]
  })
