let context: AudioContext | null = null
/** A browser that waits for a first click keeps a tone back: after so many milliseconds it would say something old. */
const TOO_LATE_MS = 2_000

/** Two short notes, a fourth apart, about a third of a second; quiet where this machine or this browser plays nothing. */
export function alertTone(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const to = context
  const asked = performance.now()
  void to.resume().then(
    () => {
      if (performance.now() - asked > TOO_LATE_MS) return
      for (const [hertz, after] of [
        [660, 0],
        [880, 0.16],
      ] as const) {
        const note = to.createOscillator()
        const loudness = to.createGain()
        const from = to.currentTime + after
        note.frequency.value = hertz
        // In and out without a click.
        loudness.gain.setValueAtTime(0, from)
        loudness.gain.linearRampToValueAtTime(0.12, from + 0.02)
        loudness.gain.linearRampToValueAtTime(0, from + 0.15)
        note.connect(loudness).connect(to.destination)
        note.start(from)
        note.stop(from + 0.16)
      }
    },
    () => {},
  )
}
