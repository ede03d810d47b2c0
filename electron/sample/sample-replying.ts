import { said } from '#shared/words/said.ts'
import { graphemes } from '#shared/util/text-length.ts'
import type { ReplyChoice, Replying } from '#engine/connectors/connector.ts'

/** How the invented networks can be answered, and what they allow. Nobody answers the hotline or a news page from here. */
const ways: Record<string, { account: string; choices: Omit<ReplyChoice, 'why'>[] }> = {
  mastodon: {
    account: '@care@kaffora.example',
    choices: [
      { way: 'thread', limit: 500, audience: 'everybody' },
      { way: 'direct', limit: 500, audience: 'customer' },
    ],
  },
  bluesky: { account: 'care.kaffora.example', choices: [{ way: 'thread', limit: 300, audience: 'everybody' }] },
  mail: { account: 'care@kaffora.example', choices: [{ way: 'mail', limit: null, audience: 'customer' }] },
}

/** Takes answers as the real network would, and sends nothing anywhere: everything in the sample shift is invented. */
export function sampleReplying(network: string): Replying<Record<string, never>> | undefined {
  const known = ways[network]
  if (!known) return undefined
  const nowhere = { outcome: 'sent', advice: null, retryAfterMs: null } as const
  return {
    ways: ({ mention }) =>
      known.choices.map((choice) => ({
        ...choice,
        why: mention.private && choice.audience !== 'customer' ? said('sample.writtenAlone') : null,
      })),
    compose(text, _way, { mention }) {
      const handle = mention.author?.handle ?? ''
      const full = network === 'mastodon' && handle !== '' && !text.startsWith(handle) ? `${handle} ${text}` : text
      return { text: full, length: graphemes(full) }
    },
    repeatable: () => true,
    paceMs: 0,
    account: () =>
      Promise.resolve({ name: `${known.account} (invented, nothing is sent)`, authorId: null, limit: null }),
    send: (_context, { key }) =>
      Promise.resolve({ ...nowhere, sent: { externalId: `sample-answer-${key}`, url: null } }),
    withdraw: (_context, _way, sent) => Promise.resolve({ ...nowhere, sent }),
  }
}
