import type { Alert, AlertCause } from '#shared/model/alert.ts'
import type { AlertFacts, AlertLine, AlertMessage, AlertSaying } from '#shared/model/alert-message.ts'
import type { AlertRecipient } from '#shared/model/alert-recipient.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Said, SaidValue } from '#shared/model/said.ts'
import { nameOf } from '#shared/query/wording.ts'
import { dateLocale, type Language } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { cut } from '#shared/util/text-length.ts'
import { isWord } from '#engine/alerts/detect/crisis.ts'

/** Of one mention, in UTF-16 units; whole texts are read where they were written. */
const QUOTE_MOST = 280
const MOST_QUOTES = 3
const MOST_CAUSES = 6
/** Causes that an executive is told. */
const MOST_NAMED = 2

/** Who reads it, and how. */
export type Reading = Pick<AlertRecipient, 'language' | 'reader'> & {
  /** IANA name, for times. */
  timeZone: string
}

/** What is known of an alert besides its card. */
export interface Evidence {
  /** Mentions to read first, in that order. Private ones are left out here and count nowhere. */
  mentions: readonly Mention[]
  /** Whether anything that a cause rests on was said in public. */
  isPublic(cause: AlertCause): boolean
}

/** Numbers and names as a language writes them. */
export function writing(language: Language, timeZone: string) {
  const say = words(language)
  const locale = dateLocale(language)
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const moments = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  /** No finer than anybody reads. */
  const number = (value: number): string => plain.format(value < 100 ? value : Math.round(value))
  const network = (name: string): string => name.replace(/^./, (first) => first.toUpperCase())
  function readable(what: Said): Said {
    const values = Object.entries(what.values ?? {}).map(([hole, value]): [string, SaidValue] => {
      if (typeof value === 'number') return [hole, number(value)]
      if (typeof value !== 'string') return [hole, readable(value)]
      if (hole === 'network') return [hole, network(value)]
      return [hole, hole === 'country' ? nameOf('region', value, language) : value]
    })
    return { ...what, values: Object.fromEntries(values) }
  }
  return {
    number,
    network,
    share: (value: number): string => shares.format(value),
    moment: (at: number): string => moments.format(at),
    say: (code: Code, values?: Record<string, SaidValue>): string => say(readable(said(code, values))),
    sentence: (what: Said): string => say(readable(what)),
  }
}
type Writing = ReturnType<typeof writing>

/** A problem's name may be words that were written to the company alone, and so may who wrote them be nobody's business. */
function nameFor({ about, private: isPrivate }: Alert, w: Writing): string {
  if (about.kind === 'problem' && (isPrivate || about.name === '')) return w.say('tell.aProblem')
  if (about.kind === 'author' && (isPrivate || about.name === '')) return w.say('tell.aPerson')
  return about.name
}

const titleOf = (alert: Alert, w: Writing): string => {
  const name = nameFor(alert, w)
  const what = w.sentence(alert.what)
  return alert.about.kind === 'station' || name === '' ? what : w.say('tell.title', { name, what })
}

function causeName({ kind, id, label, author }: AlertCause, w: Writing, language: Language): string {
  if (kind === 'author') return author ?? label
  if (kind === 'network') return w.network(id ?? label)
  return kind === 'language' ? nameOf('language', id ?? label, language) : label
}

function causesFor(alert: Alert, { isPublic }: Evidence): AlertCause[] {
  return alert.causes.filter((cause) => cause.kind === 'network' || cause.kind === 'language' || isPublic(cause))
}

const holder = (alert: Alert, w: Writing): string =>
  alert.state === 'resolved'
    ? w.say('tell.isOver')
    : alert.takenBy === null
      ? w.say('tell.nobodyHasIt')
      : w.say('tell.hasIt', { by: alert.takenBy })

/** What happened to it, before everything else. */
function opening(alert: Alert, saying: AlertSaying, w: Writing): string {
  const since = w.moment(alert.since)
  const over = w.moment(alert.resolvedAt ?? alert.lastAt)
  if (saying === 'resolved')
    return alert.closedReason === null
      ? w.say('tell.resolved', { since, over })
      : w.say('tell.closed', { since, over, reason: said(`tell.closed_${alert.closedReason}`) })
  return w.say(`tell.${saying === 'worse' || saying === 'noData' || saying === 'dataAgain' ? saying : 'raised'}`, {
    since,
  })
}

function quotesOf({ mentions }: Evidence, w: Writing): AlertLine[] {
  const open = mentions.filter(({ private: isPrivate }) => !isPrivate).slice(0, MOST_QUOTES)
  if (open.length === 0) return []
  return [
    { text: '' },
    { text: w.say('tell.firstMentions') },
    ...open.flatMap(({ author, network, publishedAt, text, url }): AlertLine[] => [
      {
        text: w.say('tell.wrote', {
          who: author?.name ?? author?.handle ?? said('tell.somebody'),
          network: w.network(network),
          at: w.moment(publishedAt),
        }),
      },
      { text: cut(text, QUOTE_MOST), quote: true },
      ...(url === null ? [] : [{ text: url }]),
    ]),
  ]
}

function officerLines(
  alert: Alert,
  saying: AlertSaying,
  evidence: Evidence,
  reading: Reading,
  w: Writing,
): AlertLine[] {
  const { observed, expected, low, high, minutes, strength } = alert
  const causes = causesFor(alert, evidence).slice(0, MOST_CAUSES)
  const lines = [
    titleOf(alert, w),
    opening(alert, saying, w),
    w.say('tell.strength', { strength }),
    holder(alert, w),
    '',
    // Of what somebody asked to be told of nothing is usual.
    ...(isWord(alert.kind) ? [] : [w.say('tell.numbers', { observed, minutes, expected, low, high })]),
    w.sentence(alert.formula),
    w.sentence(alert.silentIf),
    ...(alert.learning ? [w.say('tell.learning')] : []),
    ...(causes.length === 0 ? [] : ['', w.say('tell.causes')]),
    ...causes.map((cause) =>
      w.say('tell.cause', {
        name: causeName(cause, w, reading.language),
        kind: said(`tell.cause_${cause.kind}`),
        share: w.share(cause.share),
        count: cause.count,
      }),
    ),
  ]
  return [...lines.map((text) => ({ text })), ...quotesOf(evidence, w)]
}

/** What, why, and who has it in hand. */
function executiveLines(
  alert: Alert,
  saying: AlertSaying,
  evidence: Evidence,
  reading: Reading,
  w: Writing,
): AlertLine[] {
  const named = causesFor(alert, evidence)
    .filter(({ kind }) => kind !== 'author')
    .slice(0, MOST_NAMED)
    .map((cause) => w.say('tell.named', { name: causeName(cause, w, reading.language), share: w.share(cause.share) }))
  return [
    w.say('tell.twoSentences', { first: titleOf(alert, w), second: opening(alert, saying, w) }),
    named.length === 0 ? w.say('tell.noCause') : w.say('tell.mostly', { names: named.join(', ') }),
    `${w.say('tell.strength', { strength: alert.strength })} ${holder(alert, w)}`,
  ].map((text) => ({ text }))
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

function factsOf(alert: Alert, evidence: Evidence, w: Writing, language: Language): AlertFacts {
  const { id, kind, state, strength, observed, expected, low, high, minutes, takenBy } = alert
  return {
    id,
    kind,
    state,
    about: { kind: alert.about.kind, name: nameFor(alert, w) },
    strength,
    since: new Date(alert.since).toISOString(),
    raisedAt: iso(alert.raisedAt),
    resolvedAt: iso(alert.resolvedAt),
    takenBy,
    observed,
    expected,
    low,
    high,
    minutes,
    causes: causesFor(alert, evidence).map((cause) => ({
      kind: cause.kind,
      label: causeName(cause, w, language),
      share: cause.share,
      count: cause.count,
    })),
    mentions: evidence.mentions
      .filter((mention) => !mention.private)
      .map(({ id: mention, network, author, text, url, publishedAt }) => ({
        id: mention,
        network,
        author: author?.handle ?? author?.name ?? '',
        text: cut(text, QUOTE_MOST),
        url,
        publishedAt: new Date(publishedAt).toISOString(),
      })),
  }
}

interface About {
  station: string
  now: number
}

/** Pure. What one reader is told of an alert: only what was said in public, in their language. */
export function messageOf(
  alert: Alert,
  saying: AlertSaying,
  evidence: Evidence,
  reading: Reading,
  { station, now }: About,
): AlertMessage {
  const { language, reader } = reading
  const w = writing(language, reading.timeZone)
  const lines = reader === 'officer' ? officerLines : executiveLines
  const name = nameFor(alert, w)
  return {
    saying,
    language,
    reader,
    station,
    at: new Date(now).toISOString(),
    subject: w.say(`tell.subject_${saying === 'held' || saying === 'test' ? 'raised' : saying}`, {
      strength: alert.strength,
      what: name === '' || alert.about.kind === 'station' ? said('tell.theStation') : name,
    }),
    lines: lines(alert, saying, evidence, reading, w),
    alert: factsOf(alert, evidence, w, language),
  }
}

/** What began and ended while somebody was not to be woken, in one line. */
export function heldMessage(alerts: readonly Alert[], reading: Reading, { station, now }: About): AlertMessage {
  const { language, reader } = reading
  const w = writing(language, reading.timeZone)
  const names = alerts.map((alert) =>
    w.say('tell.heldOne', {
      name: nameFor(alert, w) || w.say('tell.theStation'),
      from: w.moment(alert.since),
      over: w.moment(alert.resolvedAt ?? alert.lastAt),
    }),
  )
  const text = w.say('tell.held', { count: alerts.length, names: names.join('; ') })
  const subject = w.say('tell.subject_held', { count: alerts.length })
  return {
    saying: 'held',
    language,
    reader,
    station,
    at: new Date(now).toISOString(),
    subject,
    lines: [{ text }],
    alert: null,
  }
}

/** A message that says that it is only a test. */
export function testMessage(
  language: Language,
  reader: AlertRecipient['reader'],
  { station, now }: About,
): AlertMessage {
  const w = writing(language, 'UTC')
  return {
    saying: 'test',
    language,
    reader,
    station,
    at: new Date(now).toISOString(),
    subject: w.say('tell.subject_test'),
    lines: [{ text: w.say('tell.test') }],
    alert: null,
  }
}
