import { z } from 'zod'
import { documentOf } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { authorOf, draftOf } from '#engine/connectors/draft.ts'
import { rowsOf } from './rows.ts'

const Text = z.object({
  text: z.string(),
  match: z.boolean(),
  fields: z
    .object({
      title: z.string(),
      author: z.string(),
      date: z.string(),
      lang: z.string(),
      site: z.string(),
      url: z.string(),
    })
    .partial()
    .optional(),
})
const Row = z.object({ query: z.string(), texts: z.array(Text).default([]) })

/** Noon: a day is the same day in most zones. */
const dayOf = (date: string | undefined): number => (date === undefined ? 0 : Date.parse(`${date}T12:00:00Z`))

function documentFor({ text, fields = {} }: z.infer<typeof Text>) {
  const {
    title = null,
    author,
    date,
    lang = null,
    site,
    url = site === undefined ? null : `https://${site}/1`,
  } = fields
  const draft = draftOf({
    externalId: 'text',
    kind: 'post',
    text,
    title,
    url,
    lang,
    author: author === undefined ? null : authorOf({ id: author }),
    publishedAt: dayOf(date),
    raw: null,
  })
  return documentOf(draft, { sourceId: 'desk', network: 'forum', lang })
}

export interface Queries {
  /** Every text right. */
  right: number
  /** Queries that mean something here: those with texts. */
  of: number
  /** Of those, the ones that are an error here. */
  refused: number
}

/** Queries as users of other tools paste them. */
export async function queriesOf(file: string): Promise<Queries> {
  const rows = (await rowsOf(file, Row)).filter(({ texts }) => texts.length > 0)
  const result: Queries = { right: 0, of: rows.length, refused: 0 }
  for (const { query, texts } of rows) {
    const parsed = parseQuery(query)
    if (!parsed.ok) result.refused++
    else if (texts.every((text) => matchQuery(parsed.value, documentFor(text)) === text.match)) result.right++
  }
  return result
}
