export interface InventedStatus {
  id: string
  created_at: string
  [field: string]: unknown
}

/** An invented status with everything that a Mastodon 4 sends; `at` in ms also makes its id, as Mastodon's do. */
export function inventedStatus(at: number, text: string, changes: Record<string, unknown> = {}): InventedStatus {
  const id = String((BigInt(at) << 16n) + BigInt(Math.abs(hash(text)) % 65_536))
  const user = String(changes['user'] ?? 'mira')
  const account = {
    id: '109000000000000001', username: user, acct: user, display_name: `${user} 🌊`, url: `https://islands.example/@${user}`,
    followers_count: 321, following_count: 5, statuses_count: 99, bot: false, note: '', emojis: [], fields: [],
  } // prettier-ignore
  return {
    id, created_at: new Date(at).toISOString(), in_reply_to_id: null, in_reply_to_account_id: null, sensitive: false, spoiler_text: '',
    visibility: 'public', language: 'en', uri: `https://islands.example/users/${user}/statuses/${id}`, url: `https://islands.example/@${user}/${id}`,
    replies_count: 0, reblogs_count: 2, favourites_count: 5, edited_at: null, content: `<p>${text}</p>`, reblog: null, quote: null,
    account, media_attachments: [], mentions: [], tags: [], emojis: [], card: null, poll: null, ...changes,
  } // prettier-ignore
}

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => Math.imul(sum, 31) + letter.codePointAt(0)!, 7) | 0
