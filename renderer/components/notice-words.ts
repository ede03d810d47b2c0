import type { Notice } from '#shared/model/notice.ts'

type Say = (key: string, values?: Record<string, unknown>, plural?: number) => string

/** What happened, in a few words; and whom or what it is about. */
export function noticeWords(notice: Notice, t: Say, n: (value: number) => string): { what: string; about: string } {
  // A card says itself what happened, and its number is of people, minutes or cases.
  if (notice.alertId !== null) return { what: notice.text, about: notice.problem?.label ?? notice.by }
  const what = notice.kind === 'alert' ? notice.by : t(`notice.${notice.kind}`, { by: notice.by })
  const about = notice.problem
    ? notice.count > 1
      ? `${notice.problem.label}, ${t('notice.mentions', { n: n(notice.count) }, notice.count)}`
      : notice.problem.label
    : [notice.author, notice.text].filter(Boolean).join(': ')
  return { what, about }
}
