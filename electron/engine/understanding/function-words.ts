import stopWords from 'stopwords-iso/stopwords-iso.json' with { type: 'json' }

const lists = stopWords as Record<string, string[]>

/**
 * On the lists, but a person who reads why a text was understood so does learn something from them: what is asked, wanted,
 * denied, broken or thanked for.
 */
const telling =
  'able affected allow announce appreciate ask asked asking asks available back bad best better big call cancel case cases cause causes click computer detail early cannot cant change changes clear clearly consider contact ' +
  'couldnt different does didnt doesnt dont down empty end ended ever fail failed far fifty find fix found free full gave get give gone good goods great group hasnt help ignored immediate immediately ' +
  'hello high how important information interest interested interesting issue item keep kept late lately latest less line long look looking lower make mail many member members ' +
  'mill move need needed needing needs never new newer next no nobody none not nothing novel number off often old older open opened ' +
  'opening opens order ordered ordering orders page part parted parts place places please point pointed pointing points poorly possible present provide provided provides quickly research result results right presented presents problem problems ' +
  'promptly recent reserved room rooms run safe saw search second seconds section send sent serious seriously shed show showed showing sick sincere site slightly small ' +
  'smaller sorry specified specify state states stop strongly sub successfully sufficiently system take taken test text thank thanks tip top tried try trying turn turned ' +
  'turning twice unfortunately unlike unlikely useful usefully usefulness value want wanted wanting wants warning webpage welcome well what when where which who why win without wonder ' +
  'wont work worked working works wouldnt wrong year young youngest zero ' +
  'nicht nie nichts kein keine keinen keiner keines warum wann wie wo was wer welche welcher welches wieso weshalb danke bitte gut neu neue neuen neuer neues ' +
  'lange gar gross großen große großer zurück ' +
  'pas non jamais rien pourquoi quand comment combien quel quelle quels quelles merci no nunca nada porqué cuando cómo dónde cuánto gracias não mai niente perché quando come dove grazie niet nooit niets waarom wanneer hoe waar bedankt'
const plain = (word: string): string => word.replace(/['’`]/gu, '')

const functionWords = new Set(
  ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'].flatMap((language) => lists[language] ?? []).map(plain),
)
for (const word of telling.split(' ')) functionWords.delete(word)

/** Whether `word` (lower case) only holds a sentence together: it may weigh in a model, but nobody is told it as a reason. */
export const isFunctionWord = (word: string): boolean =>
  functionWords.has(word) || (hasApostrophe(word) && functionWords.has(plain(word)))

// Asked of every word that is heard: three looks cost less than a pattern.
const hasApostrophe = (word: string): boolean => word.includes("'") || word.includes('’') || word.includes('`')
