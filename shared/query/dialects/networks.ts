const own: Record<string, string> = {
  twitter: 'network:(x OR twitter)',
  x: 'network:(x OR twitter)',
  tweet: 'network:(x OR twitter)',
  tweets: 'network:(x OR twitter)',
  mail: 'network:mail',
  email: 'network:mail',
  hackernews: 'network:hackernews',
}
const names =
  'facebook instagram youtube reddit tiktok linkedin mastodon bluesky threads pinterest tumblr telegram vk weibo wechat discord twitch quora flickr douyin line kakaotalk snapchat vimeo dailymotion whatsapp slack trustpilot'.split(
    ' ',
  )
/** Kinds of places that are no network: what comes near. */
const kinds: Record<string, string> = {
  review: 'kind:review',
  reviews: 'kind:review',
  reviewsite: 'kind:review',
  news: 'kind:article',
  onlinenews: 'kind:article',
  newspaper: 'kind:article',
  magazine: 'kind:article',
  pressrelease: 'kind:article',
  blog: 'kind:article',
  blogs: 'kind:article',
  forum: 'network:forum',
  forums: 'network:forum',
  messageboard: 'network:forum',
  comment: 'kind:comment',
  comments: 'kind:comment',
}

/** `SOCIALMEDIA_TWITTER`, `twitter`, `ONLINENEWS_BLOG` → what asks for it here; `near`: about the same only. null: unknown. */
export function networksOf(written: string): { query: string; near: boolean } | null {
  const name = written
    .toLowerCase()
    .replace(/\.com$/, '')
    .replace(/^(?:socialmedia|social)[_\s-]/, '')
  const bare = name.replace(/[_\s.-]/g, '')
  const network = own[bare] ?? (names.includes(bare) ? `network:${bare}` : undefined)
  if (network !== undefined) return { query: network, near: false }
  const kind =
    kinds[bare] ??
    kinds[/^onlinenews[_-](.+)$/.exec(name)?.[1] ?? ''] ??
    (/^onlinenews/.test(name) ? 'kind:article' : undefined)
  return kind === undefined ? null : { query: kind, near: true }
}
