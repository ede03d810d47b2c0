import { AlertSign, type Alert, type AlertAbout } from '#shared/model/alert.ts'
import { newId } from '#shared/util/ids.ts'
import { lifeSetting, stepCard, type CardEvent, type CardLife } from '#engine/alerts/detect/card.ts'
import { belongsToOthers, crisisOf, groupedBy, isWord, type Standing } from '#engine/alerts/detect/crisis.ts'
import type { Detector, Verdict } from '#engine/alerts/detect/verdict.ts'
import { putWatchState, removeWatchState, watchStates } from '#engine/store/queries/alerts.ts'
import { newestOfKey, openAlerts, type StoredAlert } from '#engine/store/queries/alerts.ts'
import type { WritingStore } from '#engine/store/store.ts'
import type { AlertBook } from './book.ts'
import { noCause, type Cause } from './cause.ts'
import type { Silenced } from './planned-silences.ts'

/** What a detector says of one subject in one minute. */
export interface Judged {
  /** Of the detector and its subject. */
  key: string
  /** undefined: there is no data to judge by. */
  verdict: Verdict | null | undefined
  about: AlertAbout
  /** Everything that it belongs to besides, so that one crisis is one card. */
  subjects(): readonly string[]
  cause(): Cause
}

/** What is kept of a key between two minutes. JSON-safe. */
interface Kept {
  life: CardLife
  crisis: string
  subjects: string[]
  about: AlertAbout
}

/** Other signs on a card. */
const MOST_SIGNS = 12
const prefix = 'card '

export interface Crises {
  /** One minute's word of a detector. `late`: of a time when nobody listened; nobody is told. */
  step(judged: Judged, at: number, late: boolean): void
  /** The minute is over: what nobody spoke of in it is calm. */
  calm(at: number): void
  save(at: number): void
  /** The clock was set back to `now`. */
  back(now: number): void
}

/** Whether two faults, subjects of cards, are one crisis. `rising`: listens that are above usual now, as subjects. */
export type AreOne = (fault: string, other: string, rising: ReadonlySet<string>, at: number) => boolean
/** Cards about faults this much apart are two. */
const WITHIN_MS = 2 * 60 * 60_000
const inRise: ReadonlySet<string> = new Set(['rise', 'negative', 'mood'])

type Loudness = Pick<AlertSign, 'kind' | 'strength' | 'observed'>

/** Stronger, or of two faults as strong the one that more people speak of: strength ends at 10, people do not. */
const isLouder = (one: Loudness, other: Loudness): boolean =>
  one.strength !== other.strength
    ? one.strength > other.strength
    : one.kind === 'problem' && other.kind === 'problem' && one.observed > other.observed

/** Long: one memory of lives, and each thing that can happen to one of them. Verdicts become cards: each key has a life of its own, and keys of one crisis share a card. */
export function createCrises(
  store: WritingStore,
  book: AlertBook,
  deps: {
    areOne: AreOne
    silenced: Silenced
    /** So long what comes back is the same, in minutes. */
    coolMinutes(): number
  },
): Crises {
  const { areOne, silenced } = deps
  const kept = new Map<string, Kept>()
  const changed = new Set<string>()
  for (const { name, content } of watchStates(store, prefix)) kept.set(name, JSON.parse(content) as Kept)

  const standing = (): Standing[] =>
    [...kept].flatMap(([key, { life, crisis, subjects }]) =>
      life.raised === 0
        ? []
        : [
            {
              key,
              crisis,
              detector: life.verdict.detector,
              about: groupedBy(life.verdict.detector, subjects),
              since: life.since,
              lastAt: life.lastAt,
            },
          ],
    )

  const subjectOf = ({ key }: Pick<Standing, 'key'>): string => key.slice(key.indexOf(' ') + 1)
  const risingAmong = (all: readonly Standing[], at: number): ReadonlySet<string> =>
    new Set(all.filter((one) => inRise.has(one.detector) && one.lastAt >= at - WITHIN_MS).map(subjectOf))
  const faultsAmong = (all: readonly Standing[], at: number): Standing[] =>
    all
      .filter(({ detector, lastAt }) => detector === 'problem' && lastAt >= at - WITHIN_MS)
      .sort((a, b) => a.since - b.since)

  /** What stands out in a listen joins the fault behind it. Two faults are never one card because one listen hears both, but when they are kin or drive its rise together. */
  function crisisFor(judged: Judged, verdict: Verdict, subjects: readonly string[], at: number): string {
    const all = standing().filter(({ key }) => key !== judged.key)
    const faults = faultsAmong(all, at)
    if (verdict.detector !== 'problem') return crisisBehind(all, faults, judged, verdict.detector, subjects, at)
    const rising = risingAmong(all, at)
    const own = subjectOf(judged)
    const kin = faults.find((one) => areOne(own, subjectOf(one), rising, at))
    if (kin !== undefined) return kin.crisis
    const ofFaults = new Set(faults.map(({ crisis }) => crisis))
    const others = all.filter(({ crisis }) => !ofFaults.has(crisis))
    return crisisOf(others, judged.key, 'problem', subjects, at)
  }

  /** The fault that most of it is about, else what stands out beside it, else the one fault that its own listen hears: of several, nobody knows which. */
  function crisisBehind(
    all: readonly Standing[],
    faults: readonly Standing[],
    judged: Judged,
    detector: Detector,
    subjects: readonly string[],
    at: number,
  ): string {
    const behind = faults.find((one) => subjects.includes(subjectOf(one)))
    if (behind !== undefined && belongsToOthers(detector)) return behind.crisis
    const ofFaults = new Set(faults.map(({ crisis }) => crisis))
    const beside = all.filter(({ crisis }) => !ofFaults.has(crisis))
    const crisis = crisisOf(beside, judged.key, detector, subjects, at)
    const own = subjectOf(judged)
    const hearing = new Set(faults.filter(({ about }) => about.includes(own)).map((one) => one.crisis))
    return crisis === judged.key && hearing.size === 1 && belongsToOthers(detector) ? [...hearing][0]! : crisis
  }

  let nextPair = 0
  /** Faults that turn out to be one become one card: the older. One pair a minute is looked at, what was joined by a person or the slower look at once. */
  function foldFaults(at: number): void {
    const all = standing()
    const faults = faultsAmong(all, at)
    const pairs = faults.flatMap((one, place) => faults.slice(0, place).map((older) => [older, one] as const))
    const apart = pairs.filter(([older, one]) => older.crisis !== one.crisis)
    const pair = apart[nextPair++ % Math.max(1, apart.length)]
    if (pair === undefined) return
    const [older, younger] = pair
    if (!areOne(subjectOf(younger), subjectOf(older), risingAmong(all, at), at)) return
    // By when each crisis began: a late sign of an old card must not end it as the duplicate of a younger one.
    const beganOf = (crisis: string): number =>
      Math.min(...all.filter((one) => one.crisis === crisis).map(({ since }) => since))
    if (beganOf(younger.crisis) < beganOf(older.crisis)) fold(older.crisis, younger.crisis, at)
    else fold(younger.crisis, older.crisis, at)
  }

  function fold(younger: string, older: string, at: number): void {
    for (const [key, one] of kept) {
      if (one.crisis !== younger) continue
      one.crisis = older
      changed.add(key)
    }
    const card = newestOfKey(store, younger)
    const open = newestOfKey(store, older)
    if (card === undefined || card.state === 'resolved') return
    // The older was over already: what is left of it is this one.
    if (open === undefined || open.state === 'resolved') {
      book.change(card, 'alert.worse', { key: older })
      return
    }
    const own = { ...pickSign(card), at: card.lastAt }
    const theirs = { ...pickSign(open), at: open.lastAt }
    const [lead, other] = isLouder(own, theirs) ? [own, theirs] : [theirs, own]
    const known = new Set([lead, ...open.signs].map(nameOfSign))
    const more = [other, ...card.signs].filter((sign) => !known.has(nameOfSign(sign)))
    book.change(card, 'alert.resolved', { state: 'resolved', resolvedAt: at, closedReason: 'duplicate' })
    // The louder of them says best what it is about.
    const { at: _at, ...fields } = lead
    const { causes, readFirst, private: isPrivate } = lead === own ? card : open
    book.change(open, 'alert.worse', {
      ...fields,
      causes,
      readFirst,
      private: isPrivate,
      // Of one that is heard, whatever joins it.
      silenced: card.silenced === null ? null : open.silenced,
      signs: [...open.signs, ...more]
        .filter((sign) => nameOfSign(sign) !== nameOfSign(lead))
        .sort((a, b) => b.strength - a.strength)
        .slice(0, MOST_SIGNS),
      lastAt: Math.max(open.lastAt, card.lastAt),
    })
  }

  function raise(one: Kept, judged: Judged, at: number, late: boolean): void {
    const open = newestOfKey(store, one.crisis)
    const sign = signOf(one, at)
    if (open === undefined || open.state === 'resolved') {
      const why = silencedNow(one, at)
      const fresh = { ...cardOf(one, judged.cause(), { at, late, before: open }), silenced: why }
      book.open(fresh)
    } else join(open, sign, judged, at, late)
  }

  /** A further sign of what is known already: told again only when it is stronger than all before. */
  function join(open: StoredAlert, sign: AlertSign, judged: Judged, at: number, late: boolean): void {
    const others = open.signs.filter(({ kind, about }) => kind !== sign.kind || about.id !== sign.about.id)
    const isSame = open.kind === sign.kind && open.about.id === sign.about.id
    const isStronger = sign.strength > open.strength
    // A fault says best what a crisis is about, and of several the one that most speak of.
    const leads = isSame || (sign.kind === 'problem' && (open.kind !== 'problem' || isLouder(sign, open)))
    const own: AlertSign = { ...pickSign(open), at: open.lastAt }
    const signs = (leads ? (isSame ? others : [own, ...others]) : [sign, ...others])
      .sort((a, b) => b.strength - a.strength)
      .slice(0, MOST_SIGNS)
    const { at: _at, ...lead } = sign
    // Whose name the card keeps says whether everybody may read it.
    const found = leads || isStronger ? judged.cause() : null
    const cause = found && (leads ? found : { ...found, private: open.private })
    const strength = Math.max(open.strength, sign.strength)
    book.change(open, 'alert.worse', {
      ...(leads && lead),
      ...cause,
      strength,
      signs,
      lastAt: at,
      late: open.late && (late || (!isStronger && !isWord(sign.kind))),
    })
  }

  /** Somebody dealt with what was said: what is said next is another thing. */
  function isDealtWith({ crisis }: Kept): boolean {
    const card = newestOfKey(store, crisis)
    return card?.state === 'resolved' && card.closedReason === 'dealtWith'
  }

  /** One more of what is known: evidence, and no louder than it was told. */
  function addTo(one: Kept, verdict: Verdict, judged: Judged, at: number, late: boolean): void {
    const open = newestOfKey(store, one.crisis)
    if (open === undefined || open.state === 'resolved') return
    one.subjects = [...new Set([...one.subjects, ...judged.subjects()])]
    const strength = Math.min(verdict.strength, open.strength)
    join(open, signOf({ ...one, life: { ...one.life, verdict: { ...verdict, strength } } }, at), judged, at, late)
  }

  const silencedNow = ({ life, subjects }: Kept, at: number): string | null =>
    silenced(life.verdict.detector, subjects, at)

  /** What was planned is over, and this is not: now somebody has to hear of it. */
  function endSilences(at: number): void {
    for (const card of openAlerts(store)) {
      if (card.silenced === null || ofCrisis(card.key).some((one) => silencedNow(one, at) !== null)) continue
      book.change(card, 'alert.unsilenced', { silenced: null, ...(card.state === 'raised' && { raisedAt: at }) })
    }
  }

  const ofCrisis = (crisis: string): Kept[] => [...kept.values()].filter((one) => one.crisis === crisis)

  function happened(event: CardEvent, one: Kept, judged: Judged, at: number, late: boolean): void {
    // Worse than what somebody closed, it is a card again.
    if (event === 'raised' || event === 'worse') return raise(one, judged, at, late)
    const open = newestOfKey(store, one.crisis)
    if (open === undefined || open.state === 'resolved') return
    const states = ofCrisis(one.crisis).map(({ life }) => life.state)
    if (event === 'resolved' && states.every((state) => state === 'resolved' || state === 'pending'))
      book.change(open, 'alert.resolved', { state: 'resolved', resolvedAt: at, lastAt: one.life.lastAt })
    const blind = states.filter((state) => state !== 'resolved').every((state) => state === 'noData')
    if (event === 'noData' && blind) book.change(open, 'alert.noData', { state: 'noData' })
    if (event === 'dataAgain' && open.state === 'noData')
      book.change(open, 'alert.dataAgain', { state: open.takenAt === null ? 'raised' : 'taken' })
  }

  const stepped = new Set<string>()
  /** As the settings had it when the last minute was over. */
  let coolMinutes = deps.coolMinutes()
  function step(judged: Judged, at: number, late: boolean): void {
    const { key, verdict, about } = judged
    const before = kept.get(key)
    if (before === undefined && !verdict) return
    const word = isWord((verdict ?? before!.life.verdict).detector)
    // A word is not repeated by its series: it stands until the next would be a new one.
    const calmMinutes = word ? Math.max(lifeSetting.calmMinutes, coolMinutes) : lifeSetting.calmMinutes
    const life = before === undefined || (word && verdict && isDealtWith(before)) ? null : before.life
    const { card, event } = stepCard(key, life, verdict, at, { ...lifeSetting, calmMinutes, coolMinutes })
    if (card === null) {
      if (kept.delete(key)) removeWatchState(store, prefix + key)
      changed.delete(key)
      return
    }
    const one: Kept = before ?? { life: card, crisis: key, subjects: [], about }
    one.life = card
    one.about = about
    if (event === 'raised' && verdict) {
      one.subjects = [...judged.subjects()]
      one.crisis = crisisFor(judged, verdict, groupedBy(verdict.detector, one.subjects), at)
    }
    kept.set(key, one)
    changed.add(key)
    if (event !== null) happened(event, one, judged, at, late)
    else if (word && verdict) addTo(one, verdict, judged, at, late)
  }

  return {
    step(judged, at, late) {
      stepped.add(judged.key)
      step(judged, at, late)
    },
    calm(at) {
      for (const [key, { about, subjects }] of kept) {
        if (stepped.has(key)) continue
        step({ key, verdict: null, about, subjects: () => subjects, cause: () => noCause }, at, false)
      }
      stepped.clear()
      coolMinutes = deps.coolMinutes()
      foldFaults(at)
      endSilences(at)
    },
    save(at) {
      for (const key of changed) {
        const one = kept.get(key)
        if (one) putWatchState(store, { name: prefix + key, at, content: JSON.stringify(one) })
      }
      changed.clear()
    },
    back(now) {
      for (const [key, { life }] of kept) {
        if (life.lastAt <= now) continue
        life.lastAt = now
        changed.add(key)
      }
    },
  }
}

/** The names of a sign's fields, which a card has besides its own. */
const signFields = Object.keys(AlertSign.omit({ at: true }).shape) as (keyof Omit<AlertSign, 'at'>)[]
const pickSign = (alert: Alert): Omit<AlertSign, 'at'> =>
  Object.fromEntries(signFields.map((name) => [name, alert[name]])) as Omit<AlertSign, 'at'>

const nameOfSign = ({ kind, about }: Pick<AlertSign, 'kind' | 'about'>): string => `${kind} ${about.id}`

const signOf = ({ life: { verdict }, about }: Kept, at: number): AlertSign => {
  const { detector: kind, ...numbers } = verdict
  return { ...numbers, kind, about, at }
}

function cardOf(
  one: Kept,
  cause: Cause,
  { at, late, before }: { at: number; late: boolean; before: StoredAlert | undefined },
): StoredAlert {
  const { at: _at, ...sign } = signOf(one, at)
  return {
    ...sign,
    ...cause,
    id: newId('alt'),
    key: one.crisis,
    state: 'raised',
    since: one.life.since,
    raisedAt: at,
    lastAt: at,
    resolvedAt: null,
    takenAt: null,
    takenBy: null,
    // Somebody said so of the card before it.
    mutedUntil: before?.mutedUntil != null && before.mutedUntil > at ? before.mutedUntil : null,
    closedReason: null,
    closedNote: '',
    raised: one.life.raised,
    late,
    silenced: null,
    signs: [],
    told: [],
    comments: [],
  }
}
