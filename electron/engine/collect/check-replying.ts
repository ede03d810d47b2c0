import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { ReplyContext, ReplyTo, Connector } from '#engine/connectors/connector.ts'

/** A mention that everything can be answered to: what stands against it then is the configuration. */
const anybody: ReplyTo = {
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
export async function checkReplying(connector: Connector, context: ReplyContext<unknown>): Promise<Said | null> {
  const { replying } = connector
  if (!replying) return null
  const set: string[] = []
  for (const { key } of connector.secrets) if ((await context.secret(key)) !== null) set.push(key)
  if (replying.ways(anybody, context.config, set).every(({ why }) => why !== null)) return null
  const { name } = await replying.account(context)
  return said('source.answersLeaveAs', { name })
}
