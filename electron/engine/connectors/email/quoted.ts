/**
 * Mail programs repeat what is answered. These are the lines that stand before it, in English and German, as Outlook,
 * Gmail, Apple Mail and Thunderbird write them. A line that only looks like one costs no words: without anything left, the
 * whole text is kept.
 */
const ATTRIBUTION = [
  /^(?:on|le|el|il)\s.{6,200}\b(?:wrote|a écrit|escribió|ha scritto)\s*:$/i,
  /^am\s.{6,200}\bschrieb\b.{0,200}:$/i,
  /^\d{4}[-/]\d\d?[-/]\d\d?\b.{0,200}<[^<>@\s]+@[^<>\s]+>\s*:?$/,
  /^.{1,120}<[^<>@\s]+@[^<>\s]+>\s+(?:wrote|schrieb)(?:\s.{0,120})?:$/i,
]
const SEPARATOR =
  /^-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|originalnachricht|forwarded message|weitergeleitete nachricht)\s*-{2,}$/i
const HEADER_BLOCK = /^\*?(?:from|von)\s?:\*?\s/i
const HEADER_NEXT = /^\*?(?:sent|date|to|gesendet|datum|an)\s?:\*?\s/i
const SIGNATURE = /^-- ?$/
const QUOTED = /^\s{0,3}>/

const isAttribution = (line: string): boolean => ATTRIBUTION.some((pattern) => pattern.test(line))

/** Where what is repeated begins and goes on to the end, as the number of its first line; -1: nowhere. */
function cutAt(lines: readonly string[]): number {
  return lines.findIndex((line, i) => {
    const next = lines[i + 1]?.trim() ?? ''
    return SEPARATOR.test(line.trim()) || (HEADER_BLOCK.test(line.trim()) && HEADER_NEXT.test(next))
  })
}

/** The first line from here on that is not empty. */
function nextWords(lines: readonly string[], from: number): string | undefined {
  for (let i = from; i < lines.length; i++) if (lines[i]?.trim() !== '') return lines[i]
  return undefined
}

/** What somebody wrote anew; empty when there is nothing but repetition. */
export function freshText(text: string, options: { signature?: boolean } = {}): string {
  let lines = text.split(/\r\n?|\n/)
  const cut = cutAt(lines)
  if (cut >= 0) lines = lines.slice(0, cut)
  if (options.signature === false) {
    const end = lines.findIndex((line) => SIGNATURE.test(line))
    if (end >= 0) lines = lines.slice(0, end)
  }
  const kept: string[] = []
  let hasWords = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    if (QUOTED.test(line)) continue
    // An attribution may be folded onto a second line.
    const here = line.trim()
    const two = `${here} ${(lines[i + 1] ?? '').trim()}`
    const folded = !isAttribution(here) && here.length > 8 && isAttribution(two)
    if (folded || isAttribution(here)) {
      const after = nextWords(lines, i + (folded ? 2 : 1))
      const isQuoted = after === undefined || QUOTED.test(after)
      // In front of the rest of the mail, which then is what is repeated without marks.
      if (!isQuoted && hasWords) break
      if (isQuoted) {
        if (folded) i++
        continue
      }
    }
    hasWords ||= here !== ''
    kept.push(line)
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
