/** Words that stand for something in brackets of any kind, in languages that texts are kept in. */
const STANDS_FOR =
  '(?:(?:your|customer|client|first|last|full|order|case|ticket|phone|company|agent|user|contact|ihr|ihre|kunden|vor|nach|bestell|auftrags)[ _.-]?)?' +
  '(?:name|names|number|nr|no|id|date|time|link|url|address|mail|email|amount|author|autor|autorin|customer|client|user|username|order|ticket|company|brand|agent|officer|desk|' +
  'kunde|kundin|nummer|datum|uhrzeit|adresse|betrag|firma|marke|anrede|nom|prénom|client|cliente|nombre|apellido|nome|cognome|naam|voornaam|imię|numero|número)'

/**
 * What looks like a hole that somebody forgot to fill: `{name}`, `{{contact.name}}`, `${name}`, `#{name}`, `{% if x %}`, `<%= name %>`,
 * `[[name]]`, `%name%`, `%%name%%`, `*|FNAME|*`, `@@name@@`, `##NAME##`, `__NAME__`; in plain brackets (`[Name]`, `<Vorname>`,
 * `«Name»`) only words that stand for something, or capitals with an underscore.
 */
const PLACEHOLDER = new RegExp(
  [
    String.raw`[$#]?\{\{\{?[^{}\n]{0,80}\}?\}\}`,
    String.raw`\{%[^{}\n]{0,80}%\}`,
    String.raw`<%[^<>\n]{0,80}%>`,
    String.raw`[$#]?[{｛][^{}｛｝\n]{0,80}[}｝]`,
    String.raw`\[\[[^[\]\n]{1,80}\]\]`,
    String.raw`\*\|[^|\n]{1,60}\|\*`,
    String.raw`(?<![\p{L}\p{N}%])%%?\p{L}[\p{L}\p{N}_.-]*%%?(?![\p{L}\p{N}])`,
    String.raw`@@\p{L}[\p{L}\p{N}_.]*@@`,
    String.raw`##?\p{Lu}[\p{Lu}\p{N}_]*##?(?<=#)`,
    String.raw`(?<!\w)__\p{Lu}[\p{Lu}\p{N}_]*__(?!\w)`,
    String.raw`[[<«‹]\s*(?:[Yy]our |[Ii]nsert )?${STANDS_FOR}\s*[\]>»›]`,
    String.raw`[[<]\p{Lu}+_[\p{Lu}\p{N}_]+[\]>]`,
    String.raw`\$${STANDS_FOR}(?![\p{L}\p{N}_])`,
  ].join('|'),
  'giu',
)

/** Addresses may hold anything between two percent signs; what stands in braces is a hole there too. */
const ADDRESS = /https?:\/\/\S+/giu
const BRACES = /^[$#]?[{｛]/u

/**
 * Replaces what looks like a placeholder. `fill` gets it as it is written and what stands inside its braces, without blanks; null:
 * it is no brace.
 */
export function replacePlaceholders(text: string, fill: (whole: string, inside: string | null) => string): string {
  const addresses = [...text.matchAll(ADDRESS)].map(({ index, 0: found }) => [index, index + found.length] as const)
  return text.replace(PLACEHOLDER, (whole, ...rest) => {
    const at = rest.find((one) => typeof one === 'number') as number
    const isBrace = BRACES.test(whole)
    if (!isBrace && addresses.some(([from, to]) => at >= from && at < to)) return whole
    return fill(whole, isBrace ? whole.replace(/^[$#]?[{｛]+\s*|\s*[}｝]+$/gu, '') : null)
  })
}

export const hasPlaceholder = (text: string): boolean => text.search(PLACEHOLDER) >= 0

/** As it is shown to whoever has to fill it: a name that we know stands in braces, all else as it was written. */
export const placeholderShown = (name: string): string => (/^\w+$/.test(name) ? `{${name}}` : name)
