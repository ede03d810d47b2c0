import type { Mention } from '#shared/model/mention.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'

const parsed = parseQuery(
  `(thanks OR "thank you" OR thx OR ty OR solved OR "works again" OR "works now" OR perfect OR danke OR dankeschön
   OR "vielen dank" OR gelöst OR erledigt OR "geht wieder" OR "klappt wieder" OR "funktioniert wieder" OR 🙏)
   NOT (but OR still OR "not yet" OR "no thanks" OR aber OR trotzdem OR "immer noch" OR nicht OR not)`,
)
if (!parsed.ok) throw new Error(parsed.error.code)
const thanks = parsed.value

/**
 * Whether a customer's message in an answered case says that all is well: words of thanks, nothing that takes them back,
 * and no bad mood. In doubt it is not one: then the case opens again, which costs a look and loses nobody.
 */
export const isThanks = (mention: Mention): boolean =>
  mention.sentiment.label !== 'negative' && mention.text.length < 280 && matchQuery(thanks, documentOfMention(mention))
