import { TokenKind, type Token } from '../tokens.ts'

const listed = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** English words of the lexicon that are as often something that is done, or meant otherwise: `muscles contract`, `tap the button`, `emotional baggage`. */
const acts = listed(
  'contract contracts tap taps report reports saw iron swing fan fans drill judge support charge charges order orders likes patch rent quote baggage crop crops drain drains',
)
/** Directly before them, or before what may stand between, they are things. */
const before = listed(
  'the a an my our your this that these those no any every each another some of with for in on from by per via under without about tech phone mobile lost checked carry',
)
const between = listed('old new last whole entire own first other same current second latest')
/** German forms that are a verb's alone: without its dots `Verträge` looks like `vertrage`. */
const germanActs = listed('vertrage vertragen')

/** Whether a word at this place of a text in this language is something that is done rather than a thing. At the beginning of a sentence it is a thing. */
export function isAct(tokens: readonly Token[], at: number, lang: string): boolean {
  const { text } = tokens[at]!
  if (lang.startsWith('de')) return germanActs.has(text)
  if ((lang !== 'und' && !lang.startsWith('en')) || !acts.has(text)) return false
  let back = at - 1
  if (back >= 0 && between.has(tokens[back]!.text)) back--
  const found = tokens[back]
  return found?.kind === TokenKind.word && !before.has(found.text)
}
