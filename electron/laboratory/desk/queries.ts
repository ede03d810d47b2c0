import { z } from 'zod'
import { documentOf } from '#shared/query/document.ts'
import type { Query } from '#shared/query/ast.ts'
import { translate } from '#shared/query/dialects/translate.ts'
import { dialects, type Dialect } from '#shared/query/dialects/tree.ts'
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
const Row = z.object({ dialect: z.string().optional(), query: z.string(), texts: z.array(Text).default([]) })

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
  /** Of those, the ones that cannot be read and of which nothing can be translated. */
  refused: number
  /** Every text right when nobody says which tool a query comes from, as after a paste. */
  unnamed: number
}

/** The query that an officer gets, pasted (`dialect` null) or with its tool chosen; null: none that can be read. */
function taken(text: string, dialect: Dialect | null): Query | null {
  const translation = translate(text, dialect)
  const query = translation === null ? text : translation.query
  const parsed = query === null ? null : parseQuery(query)
  return parsed?.ok ? parsed.value : null
}

const isDialect = (name: string): name is Dialect => dialects.some((dialect) => dialect === name)
/** A tool as the rows name it: `google-alerts` is Google. */
const dialectOf = (name: string): Dialect | null => [name, name.split('-')[0]!].find(isDialect) ?? null

/** Queries as users of other tools paste them. */
export async function queriesOf(file: string): Promise<Queries> {
  const rows = (await rowsOf(file, Row)).filter(({ texts }) => texts.length > 0)
  const result: Queries = { right: 0, of: rows.length, refused: 0, unnamed: 0 }
  for (const { dialect = '', query, texts } of rows) {
    const isRight = (asked: Query | null): boolean =>
      asked !== null && texts.every((text) => matchQuery(asked, documentFor(text)) === text.match)
    const asked = taken(query, dialectOf(dialect))
    if (asked === null) result.refused++
    else if (isRight(asked)) result.right++
    if (isRight(taken(query, null))) result.unnamed++
  }
  return result
}
