import { BELONGS_FROM } from '#shared/model/category.ts'
import { facet, facetValue } from '#shared/query/facets.ts'
import { globMatches, type Glob } from '#shared/query/glob.ts'
import type { Plan } from '#shared/query/plan.ts'
import { sentimentNumber } from './mentions.ts'

/** A source as `source:` can ask for it. */
export interface SourceName {
  facet: string
  fits(name: Glob): boolean
}

export const sourceNames = (sources: readonly { id: string; name: string }[]): SourceName[] =>
  sources.map(({ id, name }) => {
    const folded = facetValue(name)
    return { facet: facet('source', facetValue(id)), fits: (glob) => globMatches(glob, folded) }
  })

export interface Condition {
  sql: string
  params: (string | number)[]
}

/** Likes, reposts and replies together; NULL when the network told none of them. */
const engagement = `CASE WHEN m.likes IS NULL AND m.reposts IS NULL AND m.replies IS NULL THEN NULL
  ELSE ifnull(m.likes, 0) + ifnull(m.reposts, 0) + ifnull(m.replies, 0) END`

/** A part of a query that columns of `mention m` answer alone and exactly; null for all others. */
export function factsWhere(plan: Plan): Condition | null {
  switch (plan.op) {
    case 'number': {
      const column = plan.field === 'followers' ? 'm.followers' : `(${engagement})`
      const ends: string[] = [`${column} IS NOT NULL`]
      const params: number[] = []
      if (plan.from !== null) {
        ends.push(`${column} >= ?`)
        params.push(plan.from)
      }
      if (plan.to !== null) {
        ends.push(`${column} <= ?`)
        params.push(plan.to)
      }
      return { sql: ends.join(' AND '), params }
    }
    case 'time':
      return { sql: plan.field === 'since' ? 'm.published_at >= ?' : 'm.published_at < ?', params: [plan.at] }
    case 'sentiment':
      return { sql: 'm.sentiment = ?', params: [sentimentNumber[plan.label]] }
    case 'relevance':
      return {
        sql: `m.seq IN (SELECT mention_seq FROM relevance WHERE percent ${plan.relevant ? '>=' : '<'} 50)`,
        params: [],
      }
    case 'category':
      return {
        sql: `m.seq IN (SELECT k.mention_seq FROM mention_category k JOIN category c ON c.id = k.category_id
          WHERE (c.id = ? OR c.called = ?) AND k.percent >= ${BELONGS_FROM * 100})`,
        params: [plan.called, plan.called],
      }
    case 'not': {
      const item = factsWhere(plan.item)
      return item && { sql: `NOT (${item.sql})`, params: item.params }
    }
    case 'and':
    case 'or': {
      const conditions: Condition[] = []
      for (const item of plan.items) {
        const condition = factsWhere(item)
        if (!condition) return null
        conditions.push(condition)
      }
      return {
        sql: conditions.map(({ sql }) => `(${sql})`).join(plan.op === 'and' ? ' AND ' : ' OR '),
        params: conditions.flatMap(({ params }) => params),
      }
    }
    default:
      return null
  }
}
