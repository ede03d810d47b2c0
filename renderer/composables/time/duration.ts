/** The two coarsest useful parts of a stretch of time: 38 s, 12 min, 2 h 10, 3 d. Input in ms, sign ignored. */
export interface Stretch {
  /** Message key under `time.`. */
  unit: 's' | 'min' | 'h' | 'hmin' | 'd'
  n: number
  /** Minutes beside the hours, two digits; only with `hmin`. */
  rest: string
}

export function stretch(ms: number): Stretch {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return { unit: 's', n: seconds, rest: '' }
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return { unit: 'min', n: minutes, rest: '' }
  const hours = Math.floor(minutes / 60)
  if (hours < 48) {
    const rest = minutes % 60
    return hours < 10 && rest
      ? { unit: 'hmin', n: hours, rest: String(rest).padStart(2, '0') }
      : { unit: 'h', n: hours, rest: '' }
  }
  return { unit: 'd', n: Math.floor(hours / 24), rest: '' }
}
