/**
 * Letters that readers of one script take for the same, because keyboards, neighbours' alphabets or habit write them in more
 * than one way. Decomposed (NFKD) and without optional marks, as fold.ts has them by then.
 */
const letters: Readonly<Record<string, string>> = {
  // Arabic, Persian, Urdu, Kurdish, Pashto, Uyghur: kaf, yeh, heh and alef of each other's keyboards.
  ک: 'ك',
  ڪ: 'ك',
  ګ: 'گ',
  ی: 'ي',
  ې: 'ي',
  ۍ: 'ي',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ٱ: 'ا',
  // Ukrainian.
  ґ: 'г',
  // Nasals of Hindi and its neighbours: हँसी is also written हंसी.
  'ँ': 'ं',
  // Malayalam letters without a vowel, and the Bengali one, which older texts write with a virama.
  ൺ: 'ണ്',
  ൻ: 'ന്',
  ർ: 'ര്',
  ൽ: 'ല്',
  ൾ: 'ള്',
  ൿ: 'ക്',
  ৎ: 'ত্',
}
const known = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu')
/** Nukta, which is left out as often as not in Devanagari and Gurmukhi. */
const nukta = /[\u093c\u0a3c]/g
/** Alef maqsura stands at the end of a word; in Egypt so does yeh without its dots. */
const maqsura = /\u0649$/
const anusvara = /\u0902(?=([\u0915-\u092e]))/g

/** हिंदी is हिन्दी: before a stop, the dot above is the nasal of its row. */
function nasal(dot: string, stop: string): string {
  const row = Math.floor((stop.charCodeAt(0) - 0x0915) / 5)
  // The row of न has one letter more (ऩ), which moves the last row by one.
  const sound = stop >= '\u092a' ? 'म' : stop === '\u0929' ? 'न' : ['ङ', 'ञ', 'ण', 'न'][row]
  return sound === undefined ? dot : `${sound}\u094d`
}

const digit = /\p{Nd}/gu
const isDigit = /^\p{Nd}$/u
const values = new Map<string, string>()

/** Digits of a script stand in a row from 0 to 9. */
function valueOf(written: string): string {
  let value = values.get(written)
  if (value === undefined) {
    const code = written.codePointAt(0)!
    let zero = code
    while (isDigit.test(String.fromCodePoint(zero - 1))) zero--
    values.set(written, (value = String((code - zero) % 10)))
  }
  return value
}

/** A run of letters and digits beyond Latin, with what is written in several ways written in one. */
export const ofScript = (run: string): string =>
  run
    .replace(known, (letter) => letters[letter] ?? letter)
    .replace(maqsura, 'ي')
    .replace(nukta, '')
    .replace(anusvara, nasal)
    .replace(digit, valueOf)
