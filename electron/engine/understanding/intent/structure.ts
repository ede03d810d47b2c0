import type { Intent } from '#shared/model/mention.ts'
import { TokenKind, type Token } from '../tokens.ts'

const openings =
  'who what when where which why how can could do does did is are am will would should may any anyone anybody ' +
  'wer was wann wo wohin wie welche welcher welches welchen warum wieso kann können könnt könntet gibt ist sind darf muss habt hat weiß weiss ' +
  'comment quand où combien pourquoi quel quelle quels est-ce puis-je peut-on pouvez ' +
  'cómo cuándo dónde cuánto cuánta cuál qué puedo pueden alguien hay ' +
  'come quando dove quanto quale posso potete qualcuno ' +
  'como onde qual quais alguém vocês'
const asking = new Set(openings.split(' '))
/** Words that may stand before what is said. */
const greetings = new Set(
  'hi hey hello hallo moin servus bonjour hola ciao olá oi please bitte and und so but aber also sorry'.split(' '),
)

/** What the shape of a post says about why it was written, whatever its words. */
export interface Structure {
  /** Ends a sentence with a question mark. */
  mark: boolean
  /** A sentence begins as questions do. */
  opens: boolean
  links: number
  hashtags: number
  /** Begins with a handle: it is written to somebody. */
  addressed: boolean
}

export function structureOf(tokens: readonly Token[]): Structure {
  const found: Structure = {
    mark: false,
    opens: false,
    links: 0,
    hashtags: 0,
    addressed: tokens[0]?.kind === TokenKind.handle,
  }
  let begins = true
  for (const { kind, text } of tokens) {
    if (kind === TokenKind.url) found.links++
    else if (kind === TokenKind.hashtag) found.hashtags++
    else if (kind === TokenKind.punctuation) {
      if (/[?¿？؟]/.test(text)) found.mark = true
      if (/[.!?¿？؟;:]/.test(text)) begins = true
    } else if (kind === TokenKind.word) {
      if (begins && asking.has(text)) found.opens = true
      begins &&= greetings.has(text)
    }
  }
  return found
}

/** What the probability of a reason is multiplied with. */
export function structureFactor(label: Intent['label'] | string, structure: Structure): number {
  if (label === 'question') return structure.mark ? (structure.opens ? 3 : 1.6) : structure.opens ? 0.9 : 0.35
  if (label === 'noise') {
    const pushed = (structure.links > 0 ? 1.5 : 0.8) * (structure.hashtags > 3 ? 1.5 : 1)
    return structure.addressed ? pushed * 0.3 : pushed
  }
  return 1
}
