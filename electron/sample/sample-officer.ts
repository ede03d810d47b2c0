import type { Case } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'

const minute = 60_000

/** 0 … 1, always the same for the same mention and question: the sample shift has no dice. */
function chance(id: string, salt: number): number {
  let hash = 2_166_136_261 ^ salt
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
}

const answers: Record<'en' | 'de', Record<string, string>> = {
  en: {
    press:
      'Thank you for asking us first. Version 4.2 of the app declines cards since this morning; the correction is in review. You have our statement with numbers before your deadline.',
    safety:
      'We are sorry. Please switch the machine off and leave it off. A colleague from product safety calls you within the hour.',
    lead: 'Thank you for your interest. A colleague for business customers writes to you today with an offer.',
    job: 'Thank you for asking. All open positions are on our careers page; a colleague from recruiting answers your question by mail.',
    fault:
      'Thank you for telling us, and sorry for the trouble. The fault is in version 4.2 of the app. Until the correction is out, holding your card to the machine works. Double charges are refunded without a request.',
    other: 'Thank you for telling us. We look into it and come back to you today.',
  },
  de: {
    press:
      'Danke für die Anfrage. Version 4.2 der App lehnt seit heute früh Karten ab, die Korrektur wird geprüft. Unsere Stellungnahme mit Zahlen haben Sie vor Redaktionsschluss.',
    safety:
      'Das tut uns leid. Bitte schalten Sie die Maschine aus und lassen Sie sie aus. Die Produktsicherheit ruft Sie innerhalb einer Stunde an.',
    lead: 'Danke für Ihr Interesse. Eine Kollegin für Geschäftskunden schreibt Ihnen heute mit einem Angebot.',
    job: 'Danke für die Frage. Alle offenen Stellen stehen auf unserer Karriereseite, das Recruiting antwortet per Mail.',
    fault:
      'Danke für den Hinweis, und Entschuldigung für den Ärger. Der Fehler liegt in Version 4.2 der App. Bis zur Korrektur funktioniert die Karte direkt an der Maschine. Doppelte Abbuchungen erstatten wir von selbst.',
    other: 'Danke für den Hinweis. Wir gehen der Sache nach und melden uns heute.',
  },
}

const aboutTheProduct = /grind|basket|mahlgrad|siebe/i
const aboutTheFault = /pay|4\.2|charge|declin|refund|zahl|abbuch|abgelehnt|abgemeldet|logg?ed|update/i

function answer(c: Case, mention: { lang: string; text: string }): string {
  const texts = answers[mention.lang === 'de' ? 'de' : 'en']
  const about = ['press', 'safety', 'lead', 'job'].find((tag) => c.tags.includes(tag))
  return texts[about ?? (aboutTheFault.test(mention.text) ? 'fault' : 'other')] as string
}

/** What an officer reads of a mention. */
interface Known {
  key: string
  text: string
  lang: string
}

/** Most urgent first, as the board shows them: late ones, then by priority, then what is due next. */
function byUrgency(now: number): (a: Case, b: Case) => number {
  const due = (c: Case): number => c.dueAt ?? Number.MAX_SAFE_INTEGER
  const late = (c: Case): number => (due(c) <= now ? 0 : 1)
  const rank = (c: Case): number => priorities.indexOf(c.priority)
  return (a, b) => late(a) - late(b) || rank(a) - rank(b) || due(a) - due(b) || a.openedAt - b.openedAt
}

/**
 * The officers of the sample shift. They follow the board's changes instead of asking for it each minute: the hours that have
 * passed are lived through while a newcomer waits.
 */
export class SampleOfficers {
  readonly #client: Client
  readonly #colleague: Client
  readonly #open = new Map<string, Case>()
  readonly #known = new Map<string, Known>()
  readonly leave: () => void

  constructor(engine: Engine) {
    this.#client = engine.client('officer')
    this.#colleague = engine.client('officer', { kind: 'officer', id: 'kim', name: 'Kim' })
    this.leave = engine.board.onChanged((changed) => {
      for (const c of changed) {
        if (c.state === 'closed') this.#open.delete(c.id)
        else this.#open.set(c.id, c)
      }
    })
  }

  async #read(c: Case): Promise<Known> {
    let known = this.#known.get(c.id)
    if (known === undefined) {
      const { mention } = await this.#client.mentions.get({ id: c.mentionId })
      known = { key: mention.externalId, text: mention.text, lang: mention.lang }
      this.#known.set(c.id, known)
    }
    return known
  }

  async #take(
    state: Case['state'],
    now: number,
    most: number,
    ready: (c: Case, known: Known) => boolean,
    act: (c: Case, known: Known) => Promise<unknown>,
  ): Promise<void> {
    const waiting = [...this.#open.values()].filter((c) => c.state === state).sort(byUrgency(now))
    let left = most
    for (const c of waiting) {
      const known = await this.#read(c)
      if (!ready(c, known)) continue
      await act(c, known)
      if (--left === 0) break
    }
  }

  /**
   * What they do in one minute: decide what waits for a decision, accept, answer and close, at most so many of each as the
   * desks manage. In the crisis they fall behind, some are overlooked, and the board shows it.
   */
  async minute(now: number): Promise<void> {
    const { cases } = this.#client
    const aged = (since: number | null, least: number, spread: number, key: string, salt: number): boolean =>
      since !== null && now - since >= (least + spread * chance(key, salt)) * minute

    await this.#take(
      'new',
      now,
      3,
      (c, { key }) => aged(c.openedAt, 2, 9, key, 1) && chance(key, 9) > 0.55,
      (c, { key }) => {
        const deskId = c.explanation.deskId
        const nothing = deskId === null || chance(key, 2) < 0.15
        return nothing ? cases.close({ id: c.id, reason: 'noAction' }) : cases.route({ id: c.id, deskId })
      },
    )
    // The rules send every question to care; what concerns grinding and filter baskets, only the product desk knows.
    await this.#take(
      'routed',
      now,
      4,
      (c, { key, text }) =>
        c.deskId?.startsWith('desk_care') === true &&
        aboutTheProduct.test(text) &&
        aged(c.routedAt, 1, 2, key, 13) &&
        chance(key, 14) < 0.94,
      (c) => cases.route({ id: c.id, deskId: 'desk_product' }),
    )
    await this.#take(
      'routed',
      now,
      10,
      (c, { key }) => aged(c.routedAt, 1, 8, key, 3) && chance(key, 12) > 0.05,
      (c) => cases.accept({ id: c.id }),
    )
    await this.#take(
      'accepted',
      now,
      10,
      (c, { key }) => c.pendingReply === null && c.answer !== 'queued' && aged(c.acceptedAt, 3, 14, key, 4),
      (c, known) => this.#reply(c, known),
    )
    await this.#take(
      'accepted',
      now,
      1,
      (c, { key }) => aged(c.pendingReply?.at ?? null, 1, 5, key, 8),
      (c) => cases.approve({ id: c.id, approve: true }),
    )
    await this.#take(
      'replied',
      now,
      20,
      (c, { key }) => aged(c.repliedAt, 8, 22, key, 5) && chance(key, 6) < 0.97,
      (c, { key }) =>
        chance(key, 7) < 0.35 ? cases.confirm({ id: c.id }) : cases.close({ id: c.id, reason: 'answered' }),
    )
  }

  async #reply(c: Case, known: Known): Promise<unknown> {
    const { cases } = this.#colleague
    const text = answer(c, known)
    const [first] = await cases.replyWays({ id: c.id })
    const { way, sourceId } = first?.possible ? first : { way: 'elsewhere' as const, sourceId: null }
    return c.needsApproval
      ? cases.askApproval({ id: c.id, text, way, sourceId })
      : cases.reply({ id: c.id, text, way, sourceId })
  }
}
