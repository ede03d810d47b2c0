/** `last hour`, `last 8 h`, `last 7 d`: how far back something looks. */
export function lastWords(
  minutes: number,
  words: { t(key: string, named?: Record<string, unknown>): string; duration(ms: number): string },
): string {
  return minutes === 60 ? words.t('time.lastHour') : words.t('time.last', { age: words.duration(minutes * 60_000) })
}
