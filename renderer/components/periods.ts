/** How far back an officer may look, in days. */
export const periods = [1, 7, 30, 90, 365] as const
export type Period = (typeof periods)[number]
/** One of them; else a week. */
export const periodOf = (days: number | undefined): Period => periods.find((period) => period === days) ?? 7
