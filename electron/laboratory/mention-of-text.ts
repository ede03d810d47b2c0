import type { Mention } from '#shared/model/mention.ts'
import { draftOf } from '#engine/connectors/draft.ts'

/** A text as a mention that a station heard, for what asks for one. `at`: which of its shift, from 0. */
export function mentionOfText(
  { id, text, network, minute }: { id: string; text: string; network: string; minute: number },
  at: number,
  { lang, sentiment, intent, aspects }: Pick<Mention, 'lang' | 'sentiment' | 'intent' | 'aspects'>,
): Mention {
  const draft = draftOf({ externalId: id, kind: 'post', text, publishedAt: minute * 60_000, raw: null })
  const known = { id, seq: at + 1, sourceId: 'laboratory', network, seenAt: minute * 60_000 }
  return { ...draft, ...known, lang, sentiment, intent, aspects, listenIds: [], duplicateOf: null }
}
