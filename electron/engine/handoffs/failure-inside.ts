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
  const body = parsed(text)
  const why = isFields(body)
    ? fieldsSay(body, kind)
    : kind === 'chat' && typeof body !== 'number' && body !== true
      ? wordsSay(typeof body === 'string' ? body : text, config.flavour ?? 'slack')
      : body === false
        ? text
        : null
  if (why === null) return null
  return { page: false, why: short(why), passes: PASSES.test(why) }
}

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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isFields = (body: unknown): body is Fields => typeof body === 'object' && body !== null && !Array.isArray(body)

/** Names whose `false` says that it was not taken. */
const TAKEN = ['ok', 'success', 'succeeded', 'successful', 'accepted', 'delivered']
/** Names under which bots of chats give a number that is 0 when all went well (Lark, DingTalk, WeCom). */
const CODES = ['errcode', 'StatusCode', 'code']

function fieldsSay(body: Fields, kind: Channel['kind']): string | null {
  const { error, errors, status, result } = body
  const failed =
    TAKEN.some((name) => body[name] === false || body[name] === 'false') ||
    [status, result].some(
      (word) => typeof word === 'string' && /^(error|errored|fail|failed|failure|rejected)$/i.test(word),
    ) ||
    [status, body['status_code'], body['statusCode']].some(
      (code) => typeof code === 'number' && code >= 400 && code < 600,
    ) ||
    isTold(error) ||
    isTold(errors) ||
    (kind === 'chat' && CODES.some((name) => typeof body[name] === 'number' && body[name] !== 0 && body[name] !== 200))
  if (!failed) return null
  return (
    firstWords(
      error,
      errors,
      body['message'],
      body['msg'],
      body['errmsg'],
      body['StatusMessage'],
      body['description'],
      status,
      result,
    ) ?? JSON.stringify(body)
  )
}

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
      const words = firstWords(one['message'], one['description'], one['code'])
      if (words !== null) return words
    }
  }
  return null
}

/** Words instead of JSON. Slack and Mattermost say `ok`; Teams a number, or nothing when a workflow took it. */
function wordsSay(text: string, flavour: string): string | null {
  if (/^["']?(ok|accepted|success)["']?[.!]?$/i.test(text)) return null
  if (flavour === 'teams') return text
  return /\b(fail(ed|ure)?|error|invalid|denied|forbidden|not[_ ](found|allowed|accepted)|unauthori[sz]ed|expired|disabled|no_\w+|\w+_not_\w+|is_archived|ratelimited)\b|^(invalid|missing|action|channel|user|posting|team|too)_\w+/i.test(
    text,
  )
    ? text
    : null
}
