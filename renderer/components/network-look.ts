/** Letter and category colour by which a network is told apart; an unknown one gets its first letter and a steady colour. */
export interface NetworkLook {
  letter: string
  /** Number of the style token `--c1` … `--c8`. */
  colour: number
  name: string
}

const KNOWN: Record<string, NetworkLook> = {
  mastodon: { letter: 'M', colour: 8, name: 'Mastodon' },
  bluesky: { letter: 'B', colour: 1, name: 'Bluesky' },
  reddit: { letter: 'R', colour: 5, name: 'Reddit' },
  mail: { letter: '✉', colour: 2, name: 'Mail' },
  email: { letter: '✉', colour: 2, name: 'Mail' },
  phone: { letter: '☎', colour: 3, name: 'Phone' },
  news: { letter: 'N', colour: 6, name: 'News' },
  youtube: { letter: '▶', colour: 4, name: 'YouTube' },
  feed: { letter: '≋', colour: 7, name: 'Feed' },
  hackernews: { letter: 'Y', colour: 5, name: 'Hacker News' },
  twitter: { letter: 'X', colour: 1, name: 'X' },
  x: { letter: 'X', colour: 1, name: 'X' },
  file: { letter: 'F', colour: 3, name: 'File' },
}

/** How networks that files come from write their own names. */
const NAMES = new Map(
  `Facebook Instagram LinkedIn TikTok Threads Pinterest Tumblr Telegram VK Weibo WeChat Discord Twitch Quora Flickr Douyin LINE
  KakaoTalk Snapchat Vimeo Dailymotion WhatsApp Slack Signal Trustpilot Tripadvisor Yelp Glassdoor Google GitHub GitLab
  Lemmy Pixelfed PeerTube Substack Medium Zendesk Messenger Xing Rumble Truth-Social Google-Play App-Store Stack-Overflow`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name.replace('-', ' ')]),
)

/** What is no network's own name, but a word. */
const WORDS: Record<string, string> = {
  mail: 'network.mail',
  email: 'network.mail',
  phone: 'network.phone',
  news: 'network.news',
  feed: 'network.feed',
  file: 'network.file',
  forum: 'network.forums',
  forums: 'network.forums',
  blog: 'network.blogs',
  blogs: 'network.blogs',
  review: 'network.reviews',
  reviews: 'network.reviews',
}

/** A network as a person reads it: its own name, or the page's word for a kind of place. `t`: says a key in the page's language. */
export function networkName(network: string, t: (key: string) => string): string {
  const name = network.toLowerCase()
  return Object.hasOwn(WORDS, name) ? t(WORDS[name]!) : networkLook(network).name
}

export function networkLook(network: string): NetworkLook {
  const name = network.toLowerCase()
  if (Object.hasOwn(KNOWN, name)) return KNOWN[name]!
  let sum = 0
  for (const char of network) sum = (sum * 31 + char.codePointAt(0)!) >>> 0
  return { letter: [...network][0]?.toUpperCase() ?? '?', colour: (sum % 8) + 1, name: NAMES.get(name) ?? network }
}
