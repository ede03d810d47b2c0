import type { AnswerContext, AnswerTo, Connector } from '#engine/connectors/connector.ts'
import { describeFailure } from './listening.ts'

/** A mention that everything can be answered to: what stands against it then is the configuration. */
const anybody: AnswerTo = {
  mention: {
    externalId: '1',
    kind: 'post',
    url: 'https://example.org/1',
    author: { id: 'somebody@example.org', handle: '@somebody@example.org', name: null, url: null, followers: null },
    title: null,
    text: '',
    threadId: null,
    inReplyTo: null,
    publishedAt: 0,
    private: false,
  },
  raw: null,
  own: true,
}

/** Whose name answers would leave under, or why they would not. null: this source is only to listen. Says nothing to anybody. */
export async function checkAnswering(
  connector: Connector,
  context: AnswerContext<unknown>,
): Promise<{ ok: boolean; message: string } | null> {
  const { answering } = connector
  if (!answering) return null
  const set: string[] = []
  for (const { key } of connector.secrets) if ((await context.secret(key)) !== null) set.push(key)
  if (answering.ways(anybody, context.config, set).every(({ why }) => why !== null)) return null
  try {
    const { name } = await answering.account(context)
    return { ok: true, message: `Answers leave as ${name}.` }
  } catch (error) {
    return { ok: false, message: describeFailure(error).message }
  }
}
