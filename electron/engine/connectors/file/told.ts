import type { SentimentLabel } from '#shared/model/sentiment.ts'

/** What tools call a mood, in the languages of their users; in lower case. */
const MOODS: [SentimentLabel, string][] = [
  [
    'positive',
    'positive pos positiv positif positivo positiva positief pozytywny позитивный olumlu ポジティブ 正面 긍정 + good',
  ],
  [
    'negative',
    'negative neg negativ négatif negatif negativo negativa negatief negatywny негативный olumsuz ネガティブ 负面 부정 - bad',
  ],
  [
    'neutral',
    'neutral neu neutre neutro neutra neutraal neutralny нейтральный nötr ニュートラル 中性 중립 mixed gemischt 0',
  ],
]
const moods = new Map(MOODS.flatMap(([label, words]) => words.split(' ').map((word) => [word, label])))

/** The mood that a cell names, or that the sign of its number is; null for neither. */
export function moodNamed(cell: string): SentimentLabel | null {
  const word = cell.trim().toLowerCase()
  const named = moods.get(word)
  if (named !== undefined || word === '') return named ?? null
  if (!/^[+-]?\d{1,3}([.,]\d+)?$/.test(word)) return null
  const number = Number(word.replace(',', '.'))
  return number < 0 ? 'negative' : number > 0 ? 'positive' : 'neutral'
}

/** Names of networks that are called otherwise here. */
const CALLED: Record<string, string> = {
  'x-formerly-twitter': 'x',
  'x-twitter': 'x',
  'twitter-x': 'x',
  tweet: 'twitter',
  'facebook-page': 'facebook',
  'facebook-public': 'facebook',
  fb: 'facebook',
  'instagram-business': 'instagram',
  'instagram-public': 'instagram',
  ig: 'instagram',
  'linkedin-page': 'linkedin',
  yt: 'youtube',
  'online-news': 'news',
  'news-sites': 'news',
  blog: 'blogs',
  forum: 'forums',
  email: 'mail',
  'e-mail': 'mail',
}

/** A network as it is named here: `X (formerly Twitter)` is `x`, `Online News` is `news`; null: no name of one. */
export function networkNamed(cell: string): string | null {
  const host =
    /^(?:https?:\/\/)?(?:www\.)?([\p{L}\p{N}-]+)\.(?:com|net|org|app|social)\/?$/iu.exec(cell.trim())?.[1] ?? cell
  const name = host
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  if (name === '' || name.length > 40) return null
  return CALLED[name] ?? name
}
