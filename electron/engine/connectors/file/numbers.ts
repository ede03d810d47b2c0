import { evenDigits } from '../text/written-dates.ts'

/**
 * Counts as spreadsheets and networks write them: `12.345` is twelve thousand where the column groups by dots, `3.0` is
 * three where it has decimals. One cell often cannot tell, its column can.
 */
export type Decimal = '.' | ',' | null

/** What databases write where nothing is. */
export const isNothing = (cell: string): boolean => cell === 'NULL' || cell === '\\N'

const FACTORS: [RegExp, number][] = [
  [/^(k|tsd\.?|mil|тыс\.?|千|천|हज़ार|ألف|هزار|rb|ribu|bin)$/iu, 1e3],
  [/^(m|mio\.?|mill\.?|млн\.?|百万|백만|مليون|میلیون|jt|juta|mn)$/iu, 1e6],
  [/^(b|mrd\.?|млрд\.?)$/iu, 1e9],
  [/^[万萬만]$/u, 1e4],
  [/^[億亿억]$/u, 1e8],
]

const clean = (cell: string): string =>
  evenDigits(cell)
    .replace(/[\s\u00a0'’_٬]/gu, '')
    .replace('٫', ',')

/** The mark before a column's decimals, by those cells that can be read one way only; null: nothing tells. */
export function decimalOf(cells: Iterable<string>): Decimal {
  const votes = { '.': 0, ',': 0 }
  for (const cell of cells) {
    const told = decimalIn(clean(cell))
    if (told !== null) votes[told]++
  }
  if (votes['.'] === votes[',']) return null
  return votes['.'] > votes[','] ? '.' : ','
}

/** Which mark of one number stands before decimals, when there is no other way to read it. */
function decimalIn(text: string): Decimal {
  text = /^[+-]?[\d.,]*/.exec(text)![0]
  const marks = text.replace(/[^.,]/g, '')
  if (marks === '' || !/^[+-]?\d/.test(text)) return null
  const last = marks.at(-1) as '.' | ','
  const other = last === '.' ? ',' : '.'
  if (marks.includes(other))
    return marks.lastIndexOf(other) === marks.length - 2 && marks.indexOf(last) === marks.length - 1 ? last : null
  // Twice the same mark groups; so the other one would be before decimals.
  if (marks.length > 1) return other
  const [whole, fraction] = text.split(last) as [string, string]
  return /^\d{3}$/.test(fraction) && /^[+-]?[1-9]\d{0,2}$/.test(whole) ? null : last
}

/** A non-negative whole count, or null. `decimal`: of its column. What only might be decimals of three digits is a group. */
export function readCount(cell: string, decimal: Decimal): number | null {
  if (/^\d{0,15}$/.test(cell)) return cell === '' ? null : Number(cell)
  const text = clean(cell)
  const match = /^\+?(\d[\d.,]*)(e[+-]?\d+)?([^\d.,].*)?$/iu.exec(text)
  if (!match) return null
  const [, digits, power = '', unit = ''] = match
  const factor = unit === '' || UNIT.test(unit) ? 1 : FACTORS.find(([form]) => form.test(unit))?.[1]
  if (factor === undefined) return null
  const mark = decimalIn(digits!) ?? (factor > 1 || power !== '' ? (/[.,]/.exec(digits!)?.[0] as Decimal) : decimal)
  const plain =
    mark === null ? digits!.replace(/[.,]/g, '') : digits!.replaceAll(mark === '.' ? ',' : '.', '').replace(mark, '.')
  const number = Number(`${plain}${power}`) * factor
  return Number.isFinite(number) ? Math.floor(Number(number.toPrecision(15))) : null
}

/** What is counted, behind the number: it says nothing more. */
const UNIT =
  /^(?:followers?|following|likes?|views?|shares?|retweets?|comments?|replies|abonnenten|abonnés|seguidores|seguidores|volgers|подписчик\p{L}*|フォロワー|人|次|명|\+)$/iu

export const looksLikeCount = (cell: string): boolean =>
  readCount(cell, null) !== null || /^\s*-?\d+([.,]\d+)?\s*$/.test(cell)
