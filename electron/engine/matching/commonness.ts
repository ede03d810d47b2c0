/**
 * How often a term is met, as a share of mentions, before any were seen: enough to pick `lufthansa` over `the` as the term
 * that a listen waits for. The matcher replaces it by what it counts.
 */
const everyday = new Set(
  (
    'a about after all also am an and any are as at back be because been best but by can could day did do does don for from get go good got great ' +
    'had has have he her here him his how i if in is it its just know like ll lol love m make me more my need new no not now of off on one only or ' +
    'our out over people please re really right s see she should so some still t take than thank thanks that the their them then there they thing ' +
    'this time to today too u up us use ve very via want was we well were what when where which who why will with work would yes you your ' +
    'aber als am an auch auf aus bei bin bis da das dass dem den der des die doch ein eine einen einer er es fur habe haben hat hier ich ihr im in ist ' +
    'ja jetzt kann kein keine mal man mehr mein meine mich mir mit nach nicht noch nur oder schon sehr sein sich sie sind so uber um und uns vom ' +
    'von vor war was wenn wer wie wieder wir wird zu zum zur ' +
    'al como con de del di e el en es est et il je la las le les lo los ma mais me mi no non nous o os para pas per plus por pour que qui se si sur te ' +
    'tu un una une vous y'
  ).split(' '),
)

const facetShare: Record<string, number> = { network: 0.4, kind: 0.5, lang: 0.4, source: 0.2, country: 0.2, has: 0.4, is: 0.3, site: 0.3, link: 0.02, author: 0.001 } // prettier-ignore

/** 0 … 1. Only the order matters. */
export function guessedShare(term: string): number {
  const equals = term.indexOf('=')
  if (equals > 0) return facetShare[term.slice(0, equals)] ?? 0.3
  if (everyday.has(term)) return 0.2
  const first = term.charCodeAt(0)
  if (first === 35 || first === 64) return 0.002
  // Single characters of scripts without spaces are as common as letters; two of them make a word.
  if (first >= 0x0e00) return 0.02
  return term.length <= 2 ? 0.03 : term.length <= 4 ? 0.01 : 0.004
}

/** A pattern is as common as all the words it stands for. */
export const guessedGlobShare = (prefix: string): number =>
  prefix.length === 0 ? 0.5 : Math.min(0.5, 0.4 / 4 ** (prefix.length - 1))
