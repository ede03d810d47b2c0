/** Long enough for a log to be written; what still holds the process then would hold it for ever. */
const GRACE_MS = 3000

/** After a failure that was said: nothing that was left open keeps the process, deaf to Ctrl-C. */
export function endSoon(): void {
  setTimeout(() => process.exit(), GRACE_MS).unref()
}
