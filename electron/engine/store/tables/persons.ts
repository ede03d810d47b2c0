import { plain, table } from '../table.ts'

/** That an account is a person's. */
export const linkTable = table('person_account', ['author_key'], {
  author_key: plain<number>(),
  person_id: plain<string>(),
  confidence: plain<number>(),
  reason: plain<string>(),
  linked_at: plain<number>(),
  linked_by: plain<string>(),
})

/** Accounts that an officer took apart: never linked again by the machine. `one` is the lower key. */
export const apartTable = table('person_apart', ['one', 'other'], { one: plain<number>(), other: plain<number>() })

/** What an author's influence was last worked out from. */
export const influenceTable = table('author_influence', ['author_key'], {
  author_key: plain<number>(),
  influence: plain<number | null>(),
  reach: plain<number | null>(),
  resonance: plain<number | null>(),
  relevance: plain<number | null>(),
  history: plain<number | null>(),
  engagement_sum: plain<number>(),
  engagement_known: plain<number>(),
  mentions: plain<number>(),
  heard: plain<number>(),
  updated_at: plain<number>(),
})
