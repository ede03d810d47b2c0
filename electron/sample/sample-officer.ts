import type { Case } from '#shared/model/case.ts'
import type { PublicMention } from '#shared/model/mention.ts'
import type { Client } from '#engine/api/router.ts'

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

/**
 * What the officers of the sample shift do in one minute: decide what waits for a decision, accept, answer and close, at
 * most so many of each as the desks manage. In the crisis they fall behind, some are overlooked, and the board shows it.
 */
export async function officersMinute(client: Client, colleague: Client, now: number): Promise<void> {
  const take = async (
    states: Case['state'][],
    most: number,
    ready: (c: Case, key: string, text: string) => boolean,
    act: (c: Case, mention: PublicMention) => Promise<unknown>,
  ) => {
    const page = await client.cases.page({ filter: { states }, limit: 200 })
    let left = most
    for (const { case: c, mention } of page.items) {
      if (left === 0) break
      if (c === null || !ready(c, mention.externalId, mention.text)) continue
      left--
      await act(c, mention)
    }
  }
  const aged = (since: number | null, least: number, spread: number, key: string, salt: number): boolean =>
    since !== null && now - since >= (least + spread * chance(key, salt)) * minute

  await take(
    ['new'],
    3,
    (c, key) => aged(c.openedAt, 2, 9, key, 1) && chance(key, 9) > 0.55,
    async (c, { externalId: key }) => {
      const deskId = c.explanation.deskId
      if (deskId === null || chance(key, 2) < 0.15) await client.cases.close({ id: c.id, reason: 'noAction' })
      else await client.cases.route({ id: c.id, deskId })
    },
  )
  // The rules send every question to care; what concerns grinding and filter baskets, only the product desk knows.
  await take(
    ['routed'],
    4,
    (c, key, text) =>
      c.routedAt !== null &&
      c.deskId?.startsWith('desk_care') === true &&
      aboutTheProduct.test(text) &&
      aged(c.routedAt, 1, 2, key, 13) &&
      chance(key, 14) < 0.94,
    (c) => client.cases.route({ id: c.id, deskId: 'desk_product' }),
  )
  await take(
    ['routed'],
    10,
    (c, key) => aged(c.routedAt, 1, 8, key, 3) && chance(key, 12) > 0.05,
    (c) => client.cases.accept({ id: c.id }),
  )
  await take(
    ['accepted'],
    10,
    (c, key) => c.pendingReply === null && c.answer !== 'queued' && aged(c.acceptedAt, 3, 14, key, 4),
    async (c, mention) => {
      const text = answer(c, mention)
      const [first] = await colleague.cases.replyWays({ id: c.id })
      const { way, sourceId } = first?.possible ? first : { way: 'elsewhere' as const, sourceId: null }
      await (c.needsApproval
        ? colleague.cases.askApproval({ id: c.id, text, way, sourceId })
        : colleague.cases.reply({ id: c.id, text, way, sourceId }))
    },
  )
  await take(
    ['accepted'],
    1,
    (c, key) => aged(c.pendingReply?.at ?? null, 1, 5, key, 8),
    (c) => client.cases.approve({ id: c.id, approve: true }),
  )
  await take(
    ['replied'],
    20,
    (c, key) => aged(c.repliedAt, 8, 22, key, 5) && chance(key, 6) < 0.97,
    (c, { externalId: key }) =>
      chance(key, 7) < 0.35 ? client.cases.confirm({ id: c.id }) : client.cases.close({ id: c.id, reason: 'answered' }),
  )
}
