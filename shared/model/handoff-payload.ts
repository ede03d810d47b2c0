/** What a desk outside gets to know. JSON; the names are part of the webhook's interface. */
export interface Payload {
  /** The idempotency key: the same on every attempt. */
  id: string
  test: boolean
  at: string
  station: string
  desk: { id: string; name: string }
  case: {
    id: string
    /** Where the case was when it was handed off; null: nowhere yet. */
    deskId: string | null
    priority: string
    dueAt: string | null
    tags: string[]
    needsApproval: boolean
    openedAt: string
  }
  /** Why it came here. */
  reason: { rule: string; words: string[] }
  mention: {
    id: string
    network: string
    url: string | null
    author: string | null
    authorName: string | null
    title: string | null
    text: string
    publishedAt: string
    lang: string
    sentiment: string
    private: boolean
  }
  /** What an officer writes to the desk, e.g. the answer to its question. */
  message: string | null
  /** Who wrote it. */
  messageBy: string | null
  /** Where the desk answers; made anew for every attempt, and never stored. null: it cannot. */
  answer: DeskAnswerWays | null
}

/** How the desk lets the station know. */
export interface DeskAnswerWays {
  /** Each leads to a page that says what it is about; nothing happens before a button is pressed there. */
  links: { accept: string; ask: string; done: string } | null
  /** ISO 8601. */
  until: string
  /** A reply by mail acts as well: `to` is where it goes, `tag` what its subject holds, `messageId` what it answers. */
  reply: { to: string; tag: string; messageId: string } | null
}
