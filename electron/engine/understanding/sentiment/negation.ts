/** Words that turn round what follows, in the languages of the training data; matched in lower case. */
const NEGATORS = new Set(
  (
    'no not never none nobody nothing neither nor nowhere cannot without hardly barely dont doesnt didnt isnt wasnt arent werent wont wouldnt cant couldnt shouldnt aint havent hasnt hadnt ' +
    'nicht kein keine keinen keiner keines keinem nie niemals nichts ohne weder kaum ned net nich ' +
    'ne pas jamais rien aucun aucune sans ni ' +
    'nunca jamás jamas nada nadie ningún ningun ninguna sin tampoco ' +
    'non mai niente nessuno nessuna senza neanche nemmeno ' +
    'não nao nem nenhum nenhuma sem ninguém ' +
    'nahi nahin nhi mat na bina ' +
    'niet geen nooit niets zonder ' +
    'لا لم لن ليس ليست مش مو ما غير بدون بلا'
  ).split(' '),
)

/** Whether `word` (lower case) negates: the list, and English contractions on n't. */
export const isNegator = (word: string): boolean => NEGATORS.has(word) || word.endsWith("n't")
