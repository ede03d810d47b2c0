const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

/** Errors, warnings and hints of the query language, in English. Each says what is wrong and what to do. */
export const english = {
  tooLong: (length: number, most: number) =>
    `The query has ${length} characters; ${most} are the most. Split it into two listens.`,
  empty: () => 'The query is empty. Write a word to listen for.',
  unclosedQuote: () => 'This quotation mark is never closed. Add one at the end of the phrase.',
  tooManyParentheses: (most: number) => `More than ${most} parentheses inside each other. Take some away.`,
  closingAlone: () => 'This closing parenthesis has no opening one. Remove it or add “(” before.',
  emptyGroup: () => 'Nothing is in these parentheses. Write a word between them or remove them.',
  neverClosed: () => 'This parenthesis is never closed. Add “)”.',
  endsAfter: (operator: string) => `After ${operator} a word, a phrase or “(” is expected, but the query ends here.`,
  beginsWith: (operator: string) =>
    `The query begins with ${operator}, but a word, a phrase or “(” is expected before it.`,
  comesAfter: (before: string, operator: string) =>
    `After ${before} comes ${operator}, but a word, a phrase or “(” is expected before it.`,
  closedAfter: (operator: string) => `After ${operator} a word, a phrase or “(” is expected, not “)”.`,
  tooDeep: () => 'Too many NOTs or NEARs in a row. Use parentheses or split the query.',
  badNear: () => 'NEAR can only stand between words, phrases and OR-groups of them.',
  missingValue: (field: string) =>
    `After ${field} a value is expected, without a space in front. Several go into parentheses: ${field}(one OR two).`,
  loneWildcard: (written: string) => `${written} alone matches everything. Write at least one letter with it.`,
  addressAsWords: () => 'An address cannot be searched as words. Use link: before it, without https://.',
  nothingQuoted: () => 'Nothing stands between the quotation marks.',
  loneMinus: () => 'A minus stands directly before what it excludes: -word. Otherwise leave it out.',
  noLetters: (written: string) =>
    `“${written}” holds no letter, digit or emoji. Exact signs can be searched with raw:"${written}".`,
  unexpected: (wanted: readonly string[], found: string | null) =>
    `Expected ${wanted.length > 0 ? orList(wanted) : 'something else'}, but ${found === null ? 'the query ends here' : `found “${found}”`}.`,
  tooFar: (most: number) => `A distance is at most ${most} words.`,
  unknownField: (field: string, near: string | null, all: readonly string[]) =>
    `There is no field “${field}:”. ${near ? `Did you mean “${near}:”?` : `Fields are ${all.join(', ')}.`} To search for these characters put them in quotation marks.`,
  rawNeedsQuotes: () => 'raw: takes exact characters in quotation marks, such as raw:"iOS".',
  notAChoice: (field: string, written: string, choices: readonly string[]) =>
    `${field}: does not know “${written}”. It can be ${orList(choices)}.`,
  badLanguage: (written: string) =>
    `“${written}” is not a language code. Write one such as lang:de or lang:pt-BR; lang:und is “could not tell”.`,
  badCountry: (written: string) => `“${written}” is not a country code. Write two letters, such as country:DE.`,
  badDomain: (field: string) =>
    `${field}: needs a domain such as ${field}:example.org, or a pattern such as ${field}:*shop*.`,
  siteWithPath: (address: string) => `site: takes a domain without a path. For a path use link:${address}.`,
  saysNothing: (written: string) => `${written} says nothing. Leave it out.`,
  badNumber: (field: string) =>
    `${field}: takes a number, such as ${field}:>1000, ${field}:<=10k or ${field}:100..500.`,
  emptyRange: (written: string) => `${written} is empty: the first number is the greater one.`,
  belowZero: (field: string) => `${field}:<0 can match nothing.`,
  badDate: (field: string) =>
    `${field}: takes a date, such as ${field}:2026-11-20 or ${field}:2026-11-20T15:00+01:00 (UTC without an offset).`,

  contradiction: (part: string) => `${part} is asked for and excluded at once, so nothing can match.`,
  deadAlternative: (part: string) => `${part} can never decide: it is excluded elsewhere.`,
  judgedLater: () =>
    'relevance: is judged after a mention was heard. Use it in rules, panes and searches; a listen cannot know it yet.',
  twoValues: (field: string) =>
    `A mention has one ${field} only; two asked for at once can match nothing. Join them with OR.`,
  deadDates: () => 'since: lies after until:, so nothing can match.',
  deadNumbers: (field: string) => `No number of ${field} is in both ranges, so nothing can match.`,
  unknownNetwork: (network: string, known: readonly string[]) =>
    `No source is on a network named “${network}”. Known: ${orList(known)}.`,
  unknownLanguage: (code: string) => `“${code}” is not a known language code, so nothing can match.`,
  leadingWildcard: () =>
    'A pattern that begins with a wildcard looks at every word. On history it reads every mention and may take seconds.',
  shortPrefix: (written: string) =>
    `${written} stands for very many words. At least three letters before the * keep searches fast.`,
  onlyNot: () => 'Only exclusions: this matches nearly every mention. Add a word that must be there.',
  openAlternative: () => 'This alternative alone matches nearly every mention, so the others have no effect.',
  everydayOnly: () => 'Only everyday words: this matches very many mentions.',
  duplicate: (part: string) => `${part} stands here twice. The second one changes nothing.`,
  mixed: () => 'AND binds before OR: “a b OR c” means “(a AND b) OR c”. Parentheses make it plain.',
  lowercase: (word: string) => `“${word}” is searched as a word. The operator is ${word.toUpperCase()}.`,
  ignoredWildcard: (written: string) =>
    `The wildcard in ${written} has no effect: each character is a word by itself there.`,
  ignoredSigns: (written: string, searched: string) =>
    `${written} is searched as “${searched}”. For the exact signs use raw:"${written}".`,
  endsInQuestion: (written: string) =>
    `The ? in ${written} stands for one letter more. Leave it out if it only ends a question.`,
  oneWordWindow: () => 'A distance says something only with two words or more.',
  longDistance: () => 'Distances of this length say little more than AND.',
}

/** What the query language says to people. The German texts have the same shape; a missing one does not compile. */
export type Messages = typeof english
