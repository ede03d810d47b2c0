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
 * Says whose name answers would leave under; empty: this source is only to listen. Says nothing to anybody else. Throws what
 * stands in the way.
 */
export async function checkAnswering(connector: Connector, context: AnswerContext<unknown>): Promise<string> {
  const { answering } = connector
  if (!answering) return ''
  const set: string[] = []
  for (const { key } of connector.secrets) if ((await context.secret(key)) !== null) set.push(key)
  if (answering.ways(anybody, context.config, set).every(({ why }) => why !== null)) return ''
  const { name } = await answering.account(context)
  return `Answers leave as ${name}.`
}
