const table: Record<string, string> = {
  'is:reply': 'reply replies comment comments isreply',
  'is:repost': 'retweet retweets nativeretweet nativeretweets repost reposts share shares rt',
  'is:quote': 'quote quotes quoted quotetweet quotetweets',
  'is:question': 'question questions',
  'is:private': 'private direct',
  'has:link': 'link links url urls',
  'has:image': 'image images photo photos picture pictures twimg',
  'has:video': 'video videos nativevideo consumervideo provideo videolink periscope vine',
  'has:audio': 'audio spaces',
  'has:media': 'media',
  'has:hashtag': 'hashtag hashtags',
  'has:mention': 'mention mentions',
  'has:emoji': 'emoji emojis',
  'has:country': 'country geo location profilegeo',
  'engagement:>0': 'hasengagement engagement',
  'kind:review': 'review reviews',
  'kind:post': 'post posts original originals tweet tweets',
  'kind:article': 'article articles',
}

const known = new Map(
  Object.entries(table).flatMap(([query, names]) => names.split(' ').map((name): [string, string] => [name, query])),
)

/** `replies`, `native_video` of filter:, is:, has: and engagementType: → what asks for it here; null: nothing does. */
export const traitOf = (name: string): string | null => known.get(name.toLowerCase().replace(/[._\s-]/g, '')) ?? null
