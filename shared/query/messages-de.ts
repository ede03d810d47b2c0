import type { Messages } from './messages-en.ts'

const oderListe = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} oder ${items.at(-1)}`
const felder: Record<string, string> = {
  network: 'ein Netzwerk',
  kind: 'eine Art',
  lang: 'eine Sprache',
  country: 'ein Land',
  sentiment: 'eine Stimmung',
  intent: 'ein Anliegen',
  relevance: 'eine Zugehörigkeit',
}

/** Fehler, Warnungen und Hinweise der Abfragesprache auf Deutsch. */
export const german: Messages = {
  tooLong: (length, most) =>
    `Die Abfrage hat ${length} Zeichen; höchstens ${most} sind möglich. Auf zwei Abfragen verteilen.`,
  empty: () => 'Die Abfrage ist leer. Ein Wort eingeben, auf das gehört werden soll.',
  unclosedQuote: () => 'Dieses Anführungszeichen wird nie geschlossen. Am Ende der Wortfolge eines ergänzen.',
  tooManyParentheses: (most) => `Mehr als ${most} Klammern ineinander. Einige entfernen.`,
  closingAlone: () => 'Zu dieser schließenden Klammer fehlt die öffnende. Entfernen oder davor „(“ ergänzen.',
  emptyGroup: () => 'In diesen Klammern steht nichts. Ein Wort eintragen oder die Klammern entfernen.',
  neverClosed: () => 'Diese Klammer wird nie geschlossen. „)“ ergänzen.',
  endsAfter: (operator) =>
    `Nach ${operator} wird ein Wort, eine Wortfolge oder „(“ erwartet, aber die Abfrage endet hier.`,
  beginsWith: (operator) =>
    `Die Abfrage beginnt mit ${operator}; davor wird ein Wort, eine Wortfolge oder „(“ erwartet.`,
  comesAfter: (before, operator) =>
    `Nach ${before} folgt ${operator}; dazwischen wird ein Wort, eine Wortfolge oder „(“ erwartet.`,
  closedAfter: (operator) => `Nach ${operator} wird ein Wort, eine Wortfolge oder „(“ erwartet, nicht „)“.`,
  tooDeep: () => 'Zu viele NOT oder NEAR hintereinander. Klammern setzen oder die Abfrage teilen.',
  badNear: () => 'NEAR kann nur zwischen Wörtern, Wortfolgen und OR-Gruppen davon stehen.',
  missingValue: (field) =>
    `Nach ${field} wird ein Wert erwartet, ohne Leerzeichen davor. Mehrere in Klammern: ${field}(eins OR zwei).`,
  loneWildcard: (written) => `${written} allein trifft alles. Mindestens einen Buchstaben dazuschreiben.`,
  addressAsWords: () => 'Eine Adresse lässt sich nicht als Wörter suchen. link: davorsetzen, ohne https://.',
  nothingQuoted: () => 'Zwischen den Anführungszeichen steht nichts.',
  loneMinus: () => 'Ein Minus steht direkt vor dem, was es ausschließt: -wort. Sonst weglassen.',
  noLetters: (written) =>
    `„${written}“ enthält keinen Buchstaben, keine Ziffer und kein Emoji. Genaue Zeichen sucht raw:"${written}".`,
  unexpected: (wanted, found) =>
    `Erwartet: ${wanted.length > 0 ? oderListe(wanted.map(begriff)) : 'etwas anderes'}; ${found === null ? 'die Abfrage endet hier' : `gefunden: „${found}“`}.`,
  tooFar: (most) => `Ein Abstand beträgt höchstens ${most} Wörter.`,
  unknownField: (field, near, all) =>
    `Es gibt kein Feld „${field}:“. ${near ? `Ist „${near}:“ gemeint?` : `Felder sind ${all.join(', ')}.`} Um nach diesen Zeichen zu suchen, in Anführungszeichen setzen.`,
  rawNeedsQuotes: () => 'raw: nimmt genaue Zeichen in Anführungszeichen, etwa raw:"iOS".',
  notAChoice: (field, written, choices) => `${field}: kennt „${written}“ nicht. Möglich: ${oderListe(choices)}.`,
  badLanguage: (written) =>
    `„${written}“ ist kein Sprachcode. Möglich ist etwa lang:de oder lang:pt-BR; lang:und heißt „nicht erkennbar“.`,
  badCountry: (written) => `„${written}“ ist kein Ländercode. Zwei Buchstaben schreiben, etwa country:DE.`,
  badDomain: (field) => `${field}: braucht eine Domain wie ${field}:example.org oder ein Muster wie ${field}:*shop*.`,
  siteWithPath: (address) => `site: nimmt eine Domain ohne Pfad. Für einen Pfad link:${address} verwenden.`,
  saysNothing: (written) => `${written} sagt nichts aus. Weglassen.`,
  badNumber: (field) => `${field}: nimmt eine Zahl, etwa ${field}:>1000, ${field}:<=10k oder ${field}:100..500.`,
  emptyRange: (written) => `${written} ist leer: die erste Zahl ist die größere.`,
  belowZero: (field) => `${field}:<0 kann nichts treffen.`,
  badDate: (field) =>
    `${field}: nimmt ein Datum, etwa ${field}:2026-11-20 oder ${field}:2026-11-20T15:00+01:00 (ohne Angabe UTC).`,

  contradiction: (part) => `${part} wird zugleich verlangt und ausgeschlossen; so kann nichts treffen.`,
  deadAlternative: (part) => `${part} kann nie entscheiden: es ist an anderer Stelle ausgeschlossen.`,
  judgedLater: () =>
    'relevance: wird erst beurteilt, nachdem eine Erwähnung gehört wurde. Für Regeln, Spalten und Suchen; ein Suchprofil kann es noch nicht wissen.',
  twoValues: (field) =>
    `Eine Erwähnung hat nur ${felder[field] ?? 'einen Wert'}; zwei zugleich können nichts treffen. Mit OR verbinden.`,
  deadDates: () => 'since: liegt nach until:; so kann nichts treffen.',
  deadNumbers: (field) => `Keine Zahl von ${field} liegt in beiden Bereichen; so kann nichts treffen.`,
  unknownNetwork: (network, known) =>
    `Keine Quelle gehört zu einem Netzwerk „${network}“. Bekannt: ${oderListe(known)}.`,
  unknownLanguage: (code) => `„${code}“ ist kein bekannter Sprachcode; so kann nichts treffen.`,
  leadingWildcard: () =>
    'Ein Muster mit Platzhalter am Anfang prüft jedes Wort. In der Vergangenheit liest es jede Erwähnung und kann Sekunden dauern.',
  shortPrefix: (written) =>
    `${written} steht für sehr viele Wörter. Mit mindestens drei Buchstaben vor dem * bleibt die Suche schnell.`,
  onlyNot: () => 'Nur Ausschlüsse: das trifft fast jede Erwähnung. Ein Wort ergänzen, das vorkommen muss.',
  openAlternative: () => 'Diese Möglichkeit allein trifft fast jede Erwähnung; die anderen bewirken nichts.',
  everydayOnly: () => 'Nur Allerweltswörter: das trifft sehr viele Erwähnungen.',
  duplicate: (part) => `${part} steht hier zweimal. Das zweite ändert nichts.`,
  mixed: () => 'AND bindet stärker als OR: „a b OR c“ heißt „(a AND b) OR c“. Klammern machen es deutlich.',
  lowercase: (word) => `„${word}“ wird als Wort gesucht. Der Operator heißt ${word.toUpperCase()}.`,
  ignoredWildcard: (written) =>
    `Der Platzhalter in ${written} bewirkt nichts: dort ist jedes Zeichen ein eigenes Wort.`,
  ignoredSigns: (written, searched) =>
    `${written} wird als „${searched}“ gesucht. Die genauen Zeichen sucht raw:"${written}".`,
  endsInQuestion: (written) =>
    `Das ? in ${written} steht für einen weiteren Buchstaben. Weglassen, wenn es nur eine Frage beendet.`,
  oneWordWindow: () => 'Ein Abstand sagt erst bei zwei oder mehr Wörtern etwas aus.',
  longDistance: () => 'Ein so großer Abstand sagt kaum mehr als AND.',
}

/** Names that the grammar gives to what it expects. */
const begriffe: Record<string, string> = {
  'a word': 'ein Wort',
  'a closing parenthesis': 'eine schließende Klammer',
  'a value': 'ein Wert',
  'a number': 'eine Zahl',
  'a quotation mark': 'ein Anführungszeichen',
  'a closing quotation mark': 'ein schließendes Anführungszeichen',
  'end of input': 'das Ende',
}
const begriff = (name: string): string => begriffe[name] ?? name
