import type { Channel } from '#shared/model/handoff.ts'
import type { HttpResponse } from '#engine/platform/http.ts'
import { cut } from '#shared/util/text-length.ts'

export interface FailureInside {
  /** A web page: `sure` as people see it who are not signed in, so that no receiver was reached; `unsure`: it may be a receiver's thanks. */
  page: 'sure' | 'unsure' | false
  /** In the receiver's words. */
  why: string
  /** The receiver is only busy: the same may be taken later. */
  passes: boolean
}

type Fields = Readonly<Record<string, unknown>>

/**
 * A failure that stands in the body of a 2xx. Slack's API says `ok: false`, Teams' connectors put “Webhook message delivery
 * failed with error: … HTTP error 413 …” into a 200 (MicrosoftDocs/msteams-docs#400), Zulip `result: "error"`, GraphQL `errors`.
 * null: it was taken.
 */
export function failureInside(response: HttpResponse, { kind, config }: Channel): FailureInside | null {
  const text = new TextDecoder().decode(response.body).trim()
  if (text === '') return null
  const isPage = /\bx?html\b/i.test(response.headers['content-type'] ?? '') || /^(<!doctype html|<html)\b/i.test(text)
  if (isPage && /^</.test(text))
    // A webhook of one's own may say its thanks in HTML, as small scripts do: then nobody knows. Chats and trackers never do.
    return { page: kind === 'webhook' && !isForPeople(text) ? 'unsure' : 'sure', why: '', passes: false }
  const why = bodiesOf(text).reduce<string | null>((found, body) => found ?? bodySays(body, kind), null)
  const inWords = why ?? wordsOf(text, response.headers['content-type'] ?? '', kind, config.flavour ?? 'slack')
  return inWords === null ? null : { page: false, why: short(inWords), passes: PASSES.test(inWords) }
}

/** What a JSON body holds: a list is looked through, and so are lines of JSON and what stands behind a guard (`)]}',`). */
function bodiesOf(text: string): unknown[] {
  const bare = text.replace(/^(?:\)\]\}',?|for ?\(;;\);|while ?\(1\);)\s*/, '')
  const body = parsed(bare)
  if (body !== undefined) return Array.isArray(body) ? body : [body]
  const lines = bare.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.every((line) => /^\s*\{/.test(line)) ? lines.map(parsed) : []
}

const bodySays = (body: unknown, kind: Channel['kind']): string | null =>
  isFields(body) ? fieldsSay(lowered(body), kind) : body === false ? 'false' : null

/** Words instead of JSON, or a problem by its type (RFC 9457) or its markup. */
function wordsOf(text: string, type: string, kind: Channel['kind'], flavour: string): string | null {
  const body = parsed(text)
  if (/\bproblem\+(?:json|xml)\b/i.test(type)) return text
  if (/^<[?\w]/.test(text)) return FAULT.test(text) ? text : null
  if (body !== undefined && typeof body !== 'string') return null
  const words = typeof body === 'string' ? body : text
  if (kind === 'chat') return wordsSay(words, flavour)
  return BEGINS_FAILED.test(words) || /^RT\/[\d.]+ [45]\d\d\b/.test(words) || /^# (?:could not|invalid)/im.test(words)
    ? words
    : null
}

/** SOAP, and APIs that answer in XML. */
const FAULT =
  /<(?:\w+:)?(?:\w*Fault|\w*Errors?(?:Response|Message|Code)?|\w*Exception)\b(?!\s*\/>)|\b(?:status|result|stat)\s*=\s*["'](?:error|fail\w*)["']/i
/** How small scripts and gateways say in plain words that they failed. */
const BEGINS_FAILED =
  /^(?:(?:php |http |fatal |parse |internal |server |application |uncaught |unhandled )*(?:error|exception|failed|failure|fail)|not? ?ok|ng|ko|nok|invalid|denied|forbidden|unauthori[sz]ed|access denied|bad (?:request|gateway)|service unavailable|gateway time-?out|not found|too many requests|rate limit\w*)(?=[\s.!:,(-]|$)/i

/** A sign-in, an error, the page of a captive portal or of an app: it has a form, runs a script, sends the browser on, or says so. */
const isForPeople = (markup: string): boolean =>
  /<(?:form|input|script|iframe|frameset|link|nav|button)\b|http-equiv\s*=\s*["']?refresh/i.test(markup) ||
  /\b(?:sign(?:ed)?[ -]?[io]n|log(?:ged)?[ -]?[io]n|password|passwort|anmeld\w*|einloggen|portal|hotspot|connexion|iniciar sesi|redirect\w*|not found|forbidden|denied|unauthori[sz]ed|error)\b/i.test(
    markup,
  ) ||
  markup.length > 2_000

/** What passes by itself, as receivers name it. */
const PASSES = /\b(rate[_ -]?limit(ed|s|_exceeded)?|ratelimited|too many requests|HTTP error (429|5\d\d))\b/i

const short = (text: string): string => cut(text.replace(/<[^>]*>|[\p{Cc}\s]+/gu, ' ').trim(), 200)

/** Brackets within brackets. No receiver nests so deep, and one that means ill could exhaust the stack of whoever looks inside. */
const MOST_NESTED = 500

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const sign of text) {
    if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') depth--
    if (depth > MOST_NESTED) return true
  }
  return false
}

/** undefined: it is no JSON, or none that is looked into. */
function parsed(text: string): unknown {
  if (isTooDeep(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isFields = (body: unknown): body is Fields => typeof body === 'object' && body !== null && !Array.isArray(body)

/** Names whose `false` says that it was not taken. */
const TAKEN = ['ok', 'success', 'succeeded', 'successful', 'issuccess', 'accepted', 'delivered']
/** Names under which bots of chats give a number that is 0 when all went well (Lark, DingTalk, WeCom). */
const CODES = ['errcode', 'statuscode', 'code', 'errorcode']
/** Names of what went wrong. */
const ERRORS = [
  'error',
  'errors',
  'errormessage',
  'errormessages',
  'error_message',
  'fault',
  'faultstring',
  'exception',
  'usererrors',
  'failures',
  'failed_items',
]
/** Names of how many were not taken. */
const FAILED = [
  'failed',
  'failure',
  'failures',
  'failedcount',
  'failedrecordcount',
  'errorcount',
  'rejected',
  'num_failed',
]
const BAD =
  /^(error|errored|fail|failed|failure|rejected|invalid|unsuccessful|declined|denied|ng|ko|nok|not[ _]?ok|exception)\b/i

const isFalse = (value: unknown): boolean => value === false || value === 0 || /^(?:false|0|no)$/i.test(String(value))

function fieldsSay(body: Fields, kind: Channel['kind']): string | null {
  const { status, result } = body
  const failed =
    TAKEN.some((name) => name in body && isFalse(body[name])) ||
    status === false ||
    result === false ||
    [status, result].some((word) => typeof word === 'string' && BAD.test(word)) ||
    [status, body['status_code'], body['statuscode']].some(isHttpFailure) ||
    (isFields(body['data']) && isHttpFailure(body['data']['status'])) ||
    ERRORS.some((name) => isTold(body[name])) ||
    FAILED.some((name) => typeof body[name] === 'number' && body[name] > 0) ||
    (kind === 'chat' &&
      CODES.some((name) => typeof body[name] === 'number' && body[name] !== 0 && body[name] !== 200)) ||
    (typeof body['errorcode'] === 'string' && body['errorcode'] !== '' && body['errorcode'] !== '0')
  if (!failed) return insideSays(body, kind)
  return (
    firstWords(
      ...ERRORS.map((name) => body[name]),
      ...['message', 'msg', 'errmsg', 'statusmessage', 'description', 'detail', 'title', 'results', 'data'].map(
        (name) => body[name],
      ),
      status,
      result,
    ) ?? JSON.stringify(body)
  )
}

/** One item of a batch, or what one call of a GraphQL mutation answered: its own words count. */
function insideSays(body: Fields, kind: Channel['kind']): string | null {
  const { data, results, items, responses } = body
  const inside = [
    ...(isFields(data)
      ? Object.values(data).filter((one) => isFields(one) && CALL_SAYS.some((name) => name in lowered(one)))
      : []),
    ...[results, items, responses].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])),
  ]
  for (const one of inside) {
    const why = isFields(one) ? fieldsSay(lowered(one), kind) : null
    if (why !== null) return why
  }
  return null
}
/** By which an answer of a mutation is told from a ticket that has a field of this name. */
const CALL_SAYS = ['success', 'ok', 'errors', 'usererrors']

/** 400 … 599, as a number or in digits. */
const isHttpFailure = (code: unknown): boolean =>
  (typeof code === 'number' || (typeof code === 'string' && /^\d{3}$/.test(code))) &&
  Number(code) >= 400 &&
  Number(code) < 600

/** Names in small letters: .NET and Java write `Error`, `Success`, `StatusCode`. */
const lowered = (body: Fields): Fields =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]))

/** `error: null`, `""`, `false` and `errors: []` tell of none. */
const isTold = (error: unknown): boolean =>
  Array.isArray(error)
    ? error.length > 0
    : typeof error === 'string'
      ? error !== ''
      : isFields(error)
        ? Object.keys(error).length > 0
        : error === true

function firstWords(...found: unknown[]): string | null {
  for (const one of found) {
    if (typeof one === 'string' && one !== '') return one
    if (Array.isArray(one)) {
      const words = firstWords(...one)
      if (words !== null) return words
    } else if (isFields(one)) {
      const { message, errormessage, description, detail, error, code, errorcode } = lowered(one)
      const words =
        firstWords(message, errormessage, description, detail, error, code, errorcode) ??
        firstWords(...Object.values(one))
      if (words !== null) return words
    }
  }
  return null
}

/** Words instead of JSON. Slack and Mattermost say `ok`; Teams a number, or nothing when a workflow took it. */
function wordsSay(text: string, flavour: string): string | null {
  if (/^(?:["']?(ok|accepted|success)["']?[.!]?|\d+)$/i.test(text)) return null
  if (flavour === 'teams') return text
  return /\b(fail(ed|ure)?|error|invalid|denied|forbidden|not[_ ](found|allowed|accepted)|unauthori[sz]ed|expired|disabled|no_\w+|\w+_not_\w+|is_archived|ratelimited)\b|^(invalid|missing|action|channel|user|posting|team|too)_\w+/i.test(
    text,
  )
    ? text
    : null
}
