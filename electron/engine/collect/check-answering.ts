import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { AnswerContext, AnswerTo, Connector } from '#engine/connectors/connector.ts'

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

/**
 * Says whose name answers would leave under; null: this source is only to listen. Says nothing to anybody else. Throws what
 * stands in the way.
 */
export async function checkAnswering(connector: Connector, context: AnswerContext<unknown>): Promise<Said | null> {
  const { answering } = connector
  if (!answering) return null
  const set: string[] = []
  for (const { key } of connector.secrets) if ((await context.secret(key)) !== null) set.push(key)
  if (answering.ways(anybody, context.config, set).every(({ why }) => why !== null)) return null
  const { name } = await answering.account(context)
  return said('source.answersLeaveAs', { name })
}
