import { mentionKinds } from '#shared/model/mention.ts'
import type { MentionKind } from '#shared/model/mention.ts'

/** What networks and tools call the kinds of mentions, in lower case. */
const CALLED: Record<string, MentionKind> = Object.fromEntries(
  (
    [
      [
        'post',
        'tweet status toot submission link forum board thread topic generic update t3 feed photo video reel social',
      ],
      ['reply', 'replies answer response'],
      ['repost', 'retweet reblog share boost'],
      ['quote', 'quoted quote_tweet'],
      ['comment', 'comments t1'],
      ['article', 'news blog press magazine editorial print online_news'],
      ['review', 'reviews rating survey feedback nps csat testimonial'],
      [
        'message',
        'chat dm direct_message directmessage private_message im sms conversation whatsapp messenger live_chat',
      ],
      ['mail', 'email e-mail ticket'],
      ['call', 'phone voice telephone'],
    ] as [MentionKind, string][]
  ).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind])),
)

/** The kind that a word of an export names; null for none that is known here. */
export function kindNamed(word: string): MentionKind | null {
  const name = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return mentionKinds.find((kind) => kind === name) ?? (Object.hasOwn(CALLED, name) ? CALLED[name]! : null)
}
