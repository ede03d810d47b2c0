/** What the shell does about a page whose process ended or hangs; the parts of Electron are passed in, so that it is tested without. */
export interface Crashing {
  /** `reason` as Electron names it: `crashed`, `oom`, `killed`, `clean-exit` … */
  onGone(listener: (reason: string) => void): void
  onUnresponsive(listener: () => void): void
  reload(): void
}

export interface CrashOptions {
  /** Which page, for the log. */
  name: string
  /** A line of the shell's log. */
  tell(line: string): void
  /** Says to the person at the machine that it cannot go on. */
  giveUp(line: string): void
  after(ms: number, call: () => void): void
  now(): number
}

/** A page is loaded anew after 0.5 s, 1 s, 2 s …; six failures within a minute are not an accident. */
const FIRST_WAIT_MS = 500
const MOST = 5
const WITHIN_MS = 60_000

/** A wall has nobody at its keyboard: a page that crashed comes back by itself. The engine listens on meanwhile. */
export function reviveAfterCrash(page: Crashing, { name, tell, giveUp, after, now }: CrashOptions): void {
  const failures: number[] = []
  page.onGone((reason) => {
    // It was closed, by the person or by the end of the app.
    if (reason === 'clean-exit') return
    failures.push(now())
    while (failures[0] !== undefined && failures[0] < now() - WITHIN_MS) failures.shift()
    if (failures.length > MOST) {
      const line = `The page of the ${name} stops again and again (${reason}). The engine goes on; open the page anew from the tray.`
      tell(line)
      return giveUp(line)
    }
    tell(`The page of the ${name} ended (${reason}) and is loaded again.`)
    after(FIRST_WAIT_MS * 2 ** (failures.length - 1), () => page.reload())
  })
  page.onUnresponsive(() => tell(`The page of the ${name} does not answer.`))
}
