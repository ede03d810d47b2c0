import type { DeskAct } from '#shared/model/desk-door.ts'

/** What a desk writes first when it replies to a hand-off, in English and German. */
const WORDS: readonly [DeskAct, RegExp][] = [
  ['notOurs', /^(?:not (?:ours|us|for us|our desk)|wrong desk|nicht (?:zuständig|unsere?s?|für uns)|falsche (?:stelle|abteilung)|unzuständig)/],
  ['answered', /^(?:answered|replied|beantwortet|geantwortet)/],
  ['solved', /^(?:done|solved|fixed|resolved|erledigt|gelöst|behoben)/],
  ['accept', /^(?:accept(?:ed)?|taken|übernommen|übernehmen|angenommen)/],
] // prettier-ignore
const ASK = /^(?:ask|question|frage|rückfrage)(?:[\s:,.–-]+|$)/
const GREETING = /^(?:hi|hello|dear|hallo|moin|guten (?:tag|morgen|abend)|liebes?r?|sehr geehrte?r?)\b.{0,60}$/

/**
 * What a reply says. The word has to stand alone, or before a mark or a line's end: "done" decides, "done nothing yet" is a
 * note for the officer. So is everything else: nothing is decided by a guess. `text` is what was written besides.
 */
export function readDeskWords(fresh: string): { act: DeskAct; text: string } {
  const lines = fresh.normalize('NFC').trim().split('\n')
  const begin = lines.findIndex((line) => line.trim() !== '' && !GREETING.test(line.trim().toLowerCase()))
  if (begin < 0) return { act: 'note', text: fresh.trim() }
  const first = (lines[begin] as string).trim().replace(/^["'“„»*_]+|["'“”«*_]+$/gu, '')
  const lower = first.toLowerCase()
  const rest = (line: string): string => [line, ...lines.slice(begin + 1)].join('\n').trim()
  for (const [act, pattern] of WORDS) {
    const word = pattern.exec(lower)?.[0]
    if (word === undefined) continue
    const after = first.slice(word.length)
    // A mark ends the word; a question mark asks whether, and says nothing.
    if (/^\s*(?:$|[.,:;!–—](?!\S*\?)|-\s|\()/.test(after))
      return { act, text: rest(after.replace(/^[\s.,:;!–—-]+/, '')) }
  }
  const ask = ASK.exec(lower)?.[0]
  const question = ask === undefined ? '' : rest(first.slice(ask.length))
  if (question !== '') return { act: 'ask', text: question }
  return { act: 'note', text: fresh.trim() }
}
