import type { ReplyContext, ReplyTo, OutgoingReply } from '#engine/connectors/connector.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import type { Mailer } from '#engine/platform/mailer.ts'

export const wrote = Date.parse('2026-11-20T12:00:00Z')

const noMail: Mailer = { send: () => Promise.reject(new Error('No mail in this test.')) }

/** What the engine would hand to a connector that answers, with a fixed time. `secrets` by key. */
export function replyContext<Config>(
  config: Config,
  hosts: string[],
  secrets: Record<string, string>,
  signal: AbortSignal = new AbortController().signal,
): ReplyContext<Config> {
  const http = createHttp({ clock: systemClock, spacingMs: 0, allowPrivate: hosts })
  return {
    config,
    signal,
    http: { fetch: (request) => http.fetch({ ...request, signal: request.signal ?? signal }) },
    mailer: noMail,
    now: () => wrote + 10_000,
    secret: (key) => Promise.resolve(secrets[key] ?? null),
  }
}

export const someTo = (mention: Partial<ReplyTo['mention']> = {}, more: Partial<ReplyTo> = {}): ReplyTo => ({
  mention: {
    externalId: '1',
    kind: 'post',
    url: null,
    author: { id: 'mira@islands.example', handle: '@mira@islands.example', name: 'Mira', url: null, followers: null },
    title: null,
    text: 'My grinder is broken',
    threadId: null,
    inReplyTo: null,
    publishedAt: wrote - 60_000,
    private: false,
    ...mention,
  },
  raw: null,
  own: true,
  ...more,
})

export const someReply = (to: ReplyTo, changes: Partial<OutgoingReply> = {}): OutgoingReply => ({
  way: 'thread',
  to,
  text: 'We are looking into it.',
  key: 'ans_1',
  at: wrote,
  triedAt: null,
  ...changes,
})
