import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { intents, mentionKinds, OLD_THREAT } from '#shared/model/mention.ts'
import { sentimentLabels } from '#shared/model/sentiment.ts'
import { err, ok, type Result } from '#shared/util/result.ts'
import {
  problem,
  fieldNames,
  hasValues,
  isValues,
  numberFields,
  relevanceValues,
  textFields,
  timeFields,
  type FieldValue,
  type Node,
  type NumberField,
  type QueryProblem,
  type Span,
  type TextField,
  type TimeField,
} from './ast.ts'
import { readTime } from './dates.ts'
import type { AnyField } from './grammar.generated.js'
import { listed } from './wording.ts'

/** Fields with a closed list of values. */
const choices: Partial<Record<TextField, readonly string[]>> = {
  kind: mentionKinds,
  has: hasValues,
  is: isValues,
  sentiment: sentimentLabels,
  intent: intents,
  relevance: relevanceValues,
}
const plurals = [
  'link',
  'image',
  'video',
  'hashtag',
  'mention',
  'emoji',
  'complaint',
  'question',
  'lead',
  'job',
  'suggestion',
]
const aliases: Record<string, string> = {
  location: 'country',
  retweet: 'repost',
  [OLD_THREAT]: 'legal',
  threats: 'legal',
  ...Object.fromEntries(plurals.map((one) => [`${one}s`, one])),
}

/** A field as the grammar read it → a node with checked values, or what is wrong with it. */
export function checkField(raw: AnyField): Result<Node, QueryProblem> {
  const span = { start: raw.start, end: raw.end }
  const name = raw.field
  if (includes(numberFields, name)) return numberNode(name, raw, span)
  if (includes(timeFields, name)) return timeNode(name, raw, span)
  if (!includes(textFields, name)) return err(unknownField(raw))
  const values: FieldValue[] = []
  for (const value of raw.values) {
    const checked = checkValue(name, value)
    if (!checked.ok) return checked
    values.push(checked.value)
  }
  return ok({ type: 'field', field: name, values, ...span })
}

function checkValue(field: TextField, value: FieldValue): Result<FieldValue, QueryProblem> {
  const text = value.text.trim()
  const fail = (code: string, what: Said): Result<FieldValue, QueryProblem> => err(problem(code, what, value))
  if (text === '') return fail('missing-value', said('query.missingValue', { field: `${field}:` }))
  const list = choices[field]
  if (list) {
    const lower = text.toLowerCase()
    const found = list.includes(lower) ? lower : aliases[lower]
    if (found === undefined || !list.includes(found)) {
      return fail(
        'unknown-value',
        said('query.notAChoice', { field, written: text, choices: listed(list, 'query.or') }),
      )
    }
    return ok({ ...value, text: found })
  }
  if (field === 'lang' && !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(text)) {
    return fail('unknown-value', said('query.badLanguage', { written: text }))
  }
  if (field === 'country' && !/^[a-z]{2}$/i.test(text)) {
    return fail('unknown-value', said('query.badCountry', { written: text }))
  }
  if (field === 'site' || field === 'link' || field === 'url') {
    const address = text.replace(/^https?:\/\//i, '').replace(/^www\./i, '')
    if (!/^[^\s/]+\.[^\s/]+/.test(address) && !address.includes('*')) {
      return fail('unknown-value', said('query.badDomain', { field }))
    }
    if (field === 'site' && address.replace(/\/$/, '').includes('/')) {
      return fail('unknown-value', said('query.siteWithPath', { address }))
    }
    return ok({ ...value, text: address.replace(/\/$/, '') })
  }
  if (/^[*?]+$/.test(text) && !value.quoted)
    return fail('unknown-value', said('query.saysNothing', { written: `${field}:${text}` }))
  return ok({ ...value, text })
}

function numberNode(field: NumberField, raw: AnyField, span: Span): Result<Node, QueryProblem> {
  const [value] = raw.values
  const bad = (): Result<Node, QueryProblem> =>
    err(problem('bad-number', said('query.badNumber', { field }), value ?? span))
  if (raw.values.length !== 1 || !value) return bad()
  const range = /^([^.]+(?:\.\d+)?[km]?)\.\.([^.]+(?:\.\d+)?[km]?)$/i.exec(value.text)
  if (range) {
    const from = readNumber(range[1] ?? '')
    const to = readNumber(range[2] ?? '')
    if (from === null || to === null) return bad()
    if (from > to)
      return err(problem('bad-number', said('query.emptyRange', { written: `${field}:${value.text}` }), value))
    return ok({ type: 'number', field, from, to, ...span })
  }
  const found = /^(>=|<=|>|<|=|≥|≤)?(.+)$/.exec(value.text)
  const number = readNumber(found?.[2] ?? '')
  if (!found || number === null) return bad()
  const whole = { type: 'number' as const, field, ...span }
  switch (found[1]) {
    case '>':
      return ok({ ...whole, from: number + 1, to: null })
    case '>=':
    case '≥':
      return ok({ ...whole, from: number, to: null })
    case '<':
      return number === 0
        ? err(problem('bad-number', said('query.belowZero', { field }), value))
        : ok({ ...whole, from: null, to: number - 1 })
    case '<=':
    case '≤':
      return ok({ ...whole, from: null, to: number })
    default:
      return ok({ ...whole, from: number, to: number })
  }
}

/** `1000`, `1.000` is not accepted (thousands or decimals?), `10k`, `1.5m`. */
function readNumber(text: string): number | null {
  const found = /^(\d{1,15})(?:\.(\d{1,3}))?([km])?$/i.exec(text)
  if (!found || (found[2] !== undefined && found[3] === undefined)) return null
  const scale = found[3] === undefined ? 1 : found[3].toLowerCase() === 'k' ? 1_000 : 1_000_000
  const value = Math.round(Number(`${found[1]}.${found[2] ?? '0'}`) * scale)
  return Number.isSafeInteger(value) ? value : null
}

function timeNode(field: TimeField, raw: AnyField, span: Span): Result<Node, QueryProblem> {
  const [value] = raw.values
  const time = raw.values.length === 1 && value ? readTime(value.text.trim()) : null
  if (!time) {
    const message = said('query.badDate', { field })
    return err(problem('bad-date', message, value ?? span))
  }
  return ok({ type: 'time', field, at: field === 'since' ? time.from : time.to, ...span })
}

function unknownField(raw: AnyField): QueryProblem {
  const span = { start: raw.start, end: raw.start + raw.field.length + 1 }
  if (raw.field === 'http' || raw.field === 'https') {
    return problem('unknown-field', said('query.addressAsWords'), span)
  }
  if (raw.field === 'raw') return problem('missing-value', said('query.rawNeedsQuotes'), raw)
  const [field, near] = [raw.field, closest(raw.field)]
  const all = fieldNames.join(', ')
  const message =
    near === null ? said('query.unknownField', { field, all }) : said('query.unknownFieldNear', { field, near })
  return problem('unknown-field', message, span)
}

/** The field one typing slip away. */
function closest(name: string): string | null {
  const plural = fieldNames.find((field) => `${field}s` === name || field.startsWith(name))
  if (plural) return plural
  const other: Record<string, string> = { from: 'author', user: 'author', by: 'author', language: 'lang', domain: 'site', after: 'since', before: 'until', type: 'kind', reason: 'intent', topic: 'aspect', about: 'aspect', meaning: 'concept', part: 'concept', symptom: 'concept', mood: 'sentiment', platform: 'network', likes: 'engagement', followers_count: 'followers' } // prettier-ignore
  return other[name] ?? null
}

const includes = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value)
