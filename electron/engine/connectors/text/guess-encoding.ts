import chardet from 'chardet'

/**
 * Which encoding a text without a mark and not of UTF-8 is in, by evidence. Three questions in turn: is it one of East
 * Asia's (chardet, which counts its commonest characters); are its words written in high bytes alone, so of another
 * alphabet, and under which reading do the commonest letters of that alphabet come out; else it is Latin: under which
 * reading do all accented letters belong to one language. Short columns of text are enough for that; a detector that
 * counts triples of letters needs more.
 */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 256 * 1024)
  const asian = eastAsian(sample)
  if (asian !== null) return asian
  const words = highWords(sample)
  return words.alone > words.mixed ? otherAlphabet(sample) : latin(sample)
}

/** Escapes of ISO-2022-JP: the only encoding in use that is pure ASCII in bytes. */
export const hasJapaneseEscapes = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 65_536)).includes('\u001b$B', 0, 'latin1')

const ASIAN: Record<string, string> = {
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
}

function eastAsian(bytes: Uint8Array): string | null {
  const [first] = chardet.analyse(bytes.subarray(0, 32 * 1024))
  const encoding = first && first.confidence >= 50 ? ASIAN[first.name] : undefined
  if (encoding === undefined) return null
  const text = new TextDecoder(encoding).decode(bytes)
  const high = text.match(/[^\0-\x7f]/gu) ?? [] // eslint-disable-line no-control-regex
  const right = high.filter((sign) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u.test(sign),
  )
  return right.length >= high.length * 0.85 ? encoding : null
}

/** Words of three high bytes or more, and words that mix them with ASCII letters. */
function highWords(bytes: Uint8Array): { alone: number; mixed: number } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  let [alone, mixed] = [0, 0]
  for (const [word] of text.matchAll(/[A-Za-z\x80-\xff]{3,}/g)) {
    const high = word.replace(/[A-Za-z]/g, '').length
    if (high === word.length) alone++
    else if (high > 0) mixed++
  }
  return { alone, mixed }
}

/** Encoding, its alphabet in lower case, and the letters that make up more than half of any text in it. */
const ALPHABETS: [encoding: string, letters: RegExp, common: RegExp][] = [
  ...['windows-1251', 'koi8-u', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'].map(
    (encoding): [string, RegExp, RegExp] => [encoding, /[а-яёіїєґўђћљњџј]/gu, /[оеаинтсрі]/gu],
  ),
  ...['windows-1253', 'iso-8859-7'].map((encoding): [string, RegExp, RegExp] => [
    encoding,
    /[α-ωά-ώϊϋΐΰς]/gu,
    /[αοιετσνόάίέή]/gu,
  ]),
  ['windows-1255', /[א-ת]/gu, /[יוהלאמת]/gu],
  ['windows-1256', /[ء-ي]/gu, /[اليمنوتره]/gu],
  ['iso-8859-6', /[ء-ي]/gu, /[اليمنوتره]/gu],
  ['windows-874', /[ก-ฮะ-ู็-๋เ-ไ]/gu, /[าร นกอเง่้ัมยลวทสีิ]/gu],
]

function otherAlphabet(bytes: Uint8Array): string {
  let best: [string, number] = ['windows-1251', 0]
  for (const [encoding, letters, common] of ALPHABETS) {
    const text = new TextDecoder(encoding).decode(bytes).replace(/[\0-\x7f]/g, '') // eslint-disable-line no-control-regex
    const share = (form: RegExp): number => (text.match(form)?.length ?? 0) / Math.max(1, text.length)
    // Letters, weighed by how common they are; capitals and signs in their place count against a reading.
    const score = share(letters) + 1.5 * share(common)
    if (score > best[1] + 0.01) best = [encoding, score]
  }
  return best[0]
}

/** The accented letters of languages, by the encodings that their spreadsheets save in. The commonest first. */
const ACCENTS: [encodings: string[], languages: string[]][] = [
  [
    ['windows-1252', 'macintosh', 'iso-8859-15'],
    [
      'äöüßé',
      'àâæçéèêëîïôœùûüÿ',
      'áéíóúüñºª',
      'áâãàçéêíóôõúü',
      'àèéìíîòóùú',
      'åäöé',
      'æøåéöäü',
      'éëïóöüèá',
      'àçéèíïóòúü·',
    ],
  ],
  [
    ['windows-1250', 'iso-8859-2'],
    ['ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'áéíóöőúüű', 'čćđšž', 'ăâîşţ'],
  ],
  [['windows-1254'], ['çğıöşüİâîû']],
  [['windows-1257'], ['ąčęėįšųūž', 'āčēģīķļņšūž', 'äõöüšž']],
  // Iceland's letters stand where Turkey's do, and has more of them.
  [['windows-1252'], ['áðéíóúýþæö']],
  [['windows-1258'], ['àâăèéêđìíòóôơùúưỳýảẻỏủỷ']],
]

function latin(bytes: Uint8Array): string {
  let best: [string, number] = ['windows-1252', -1]
  for (const [encodings, languages] of ACCENTS) {
    for (const encoding of encodings) {
      const text = new TextDecoder(encoding).decode(bytes)
      // What stands inside words: a sign there, or a capital behind a small letter, speaks against the reading.
      const inside =
        text
          .match(/(?<=[\p{L}])[^\0-\x7f]|[^\0-\x7f](?=\p{L})/gu)
          ?.filter((sign) => !/[\u2000-\u203a\u00a0\u00ad\u20ac]/u.test(sign)) ?? [] // eslint-disable-line no-control-regex
      const odd = text.match(/\p{Ll}(?![\0-\x7f])\p{Lu}/gu)?.length ?? 0 // eslint-disable-line no-control-regex
      // Nothing but quotes and dashes: all of these encodings but the Macintosh's have them in the same places.
      if (inside.length === 0 && encoding === 'windows-1252') return encoding
      if (inside.length === 0) continue
      for (const language of languages) {
        const own =
          inside.filter((sign) => language.includes(sign) || language.includes(sign.toLowerCase())).length - odd
        const score = own / inside.length
        if (score > best[1] + 0.01) best = [encoding, score]
      }
    }
  }
  return best[0]
}
