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

export function networkLook(network: string): NetworkLook {
  const known = KNOWN[network.toLowerCase()]
  if (known) return known
  let sum = 0
  for (const char of network) sum = (sum * 31 + char.codePointAt(0)!) >>> 0
  return { letter: [...network][0]?.toUpperCase() ?? '?', colour: (sum % 8) + 1, name: network }
}
