import type { Case } from '#shared/model/case.ts'
import type { Client } from '#engine/api/router.ts'

const minute = 60_000

/** 0 … 1, always the same for the same mention and question: the sample shift has no dice. */
function chance(id: string, salt: number): number {
  let hash = 2_166_136_261 ^ salt
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
}

const answers = {
  en: 'Thank you for telling us, and sorry for the trouble. The fault is in version 4.2 of the app. Until the correction is out, holding your card to the machine works. Double charges are refunded without a request.',
  de: 'Danke für den Hinweis, und Entschuldigung für den Ärger. Der Fehler liegt in Version 4.2 der App. Bis zur Korrektur funktioniert die Karte direkt an der Maschine. Doppelte Abbuchungen erstatten wir von selbst.',
}

/**
 * What the officers of the sample shift do in one minute: decide what waits for a decision, accept, answer and close, at
 * most so many of each as the desks manage. In the crisis they fall behind, some are overlooked, and the board shows it.
 */
export async function officersMinute(client: Client, colleague: Client, now: number): Promise<void> {
  const take = async (
    states: Case['state'][],
    most: number,
    ready: (c: Case, key: string) => boolean,
    act: (c: Case, lang: string, key: string) => Promise<unknown>,
  ) => {
    const page = await client.cases.page({ filter: { states }, limit: 200 })
    let left = most
    for (const { case: c, mention } of page.items) {
      if (left === 0) break
      if (c === null || !ready(c, mention.externalId)) continue
      left--
      await act(c, mention.lang, mention.externalId)
    }
  }
  const aged = (since: number | null, least: number, spread: number, key: string, salt: number): boolean =>
    since !== null && now - since >= (least + spread * chance(key, salt)) * minute

  await take(
    ['new'],
    3,
    (c, key) => aged(c.openedAt, 2, 9, key, 1) && chance(key, 9) > 0.2,
    async (c, _lang, key) => {
      const deskId = c.explanation.deskId
      if (deskId === null || chance(key, 2) < 0.15) await client.cases.close({ id: c.id, reason: 'noAction' })
      else await client.cases.route({ id: c.id, deskId })
    },
  )
  await take(
    ['routed'],
    6,
    (c, key) => aged(c.routedAt, 1, 8, key, 3) && chance(key, 12) > 0.05,
    (c) => client.cases.accept({ id: c.id }),
  )
  await take(
    ['accepted'],
    6,
    (c, key) => c.pendingReply === null && aged(c.acceptedAt, 3, 14, key, 4),
    (c, lang) => {
      const text = lang === 'de' ? answers.de : answers.en
      return c.needsApproval
        ? colleague.cases.askApproval({ id: c.id, text })
        : colleague.cases.reply({ id: c.id, text })
    },
  )
  await take(
    ['accepted'],
    1,
    (c, key) => aged(c.pendingReply?.at ?? null, 2, 20, key, 8),
    (c) => client.cases.approve({ id: c.id, approve: true }),
  )
  await take(
    ['replied'],
    8,
    (c, key) => aged(c.repliedAt, 12, 30, key, 5) && chance(key, 6) < 0.85,
    (c, _lang, key) =>
      chance(key, 7) < 0.35 ? client.cases.confirm({ id: c.id }) : client.cases.close({ id: c.id, reason: 'answered' }),
  )
}
