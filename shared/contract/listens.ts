import { z } from 'zod'
import { dialects } from '#shared/query/dialects/tree.ts'
import { languages } from '#shared/words/languages.ts'
import { Said } from '#shared/model/said.ts'
import { Listen, ListenDraft } from '#shared/model/listen.ts'
import { read, readMasked, write } from './base.ts'
import { MentionCard } from '#shared/model/mention-card.ts'

export const QueryProblem = z.object({
  severity: z.enum(['error', 'warning', 'hint']),
  /** Stable name of the check, e.g. `unbalanced`, `dead-term`, `leading-wildcard`. */
  code: z.string(),
  message: z.string(),
  /** UTF-16 offsets into the query. */
  start: z.number().int(),
  end: z.number().int(),
  /** One replacement that puts it right. Absent: a person has to think. */
  mend: z.object({ start: z.number().int(), end: z.number().int(), text: z.string() }).optional(),
})
export type QueryProblem = z.infer<typeof QueryProblem>

export const QueryExplanation = z.object({
  valid: z.boolean(),
  /** The query in words of the asked locale; empty when it cannot be read. */
  words: z.string(),
  problems: z.array(QueryProblem),
  /** For highlighting: what each stretch of the query is. */
  tokens: z.array(
    z.object({
      start: z.number().int(),
      end: z.number().int(),
      kind: z.enum(['operator', 'field', 'value', 'term', 'phrase', 'paren', 'error']),
    }),
  ),
})
export type QueryExplanation = z.infer<typeof QueryExplanation>

/** A query of another tool in ours, with all that does not mean the same here. */
export const QueryTranslation = z.object({
  dialect: z.enum(dialects),
  /** null: nothing of it means anything here. */
  query: z.string().nullable(),
  /** What the translation asks for, in words; empty without one. */
  words: z.string(),
  notes: z.array(
    z.object({
      /** `dropped`: left out; `changed`: stands for something near it; `read`: a doubtful spot, read in this way. */
      effect: z.enum(['dropped', 'changed', 'read']),
      written: z.string(),
      message: z.string(),
      /** UTF-16 offsets into what was pasted. */
      start: z.number().int(),
      end: z.number().int(),
    }),
  ),
})
export type QueryTranslation = z.infer<typeof QueryTranslation>

/** One query of a pasted list, as it would become a listen. */
export const ListedQuery = z.object({
  name: z.string(),
  /** As it was pasted. */
  original: z.string(),
  /** In our language; null: nothing of it can be taken. */
  query: z.string().nullable(),
  dialect: z.enum(dialects).nullable(),
  words: z.string(),
  /** `same`: it stands as it was; `translated`: the same in our words; `changed`: not quite the same; `refused`: it cannot be read. */
  state: z.enum(['same', 'translated', 'changed', 'refused']),
  notes: QueryTranslation.shape.notes,
})
export type ListedQuery = z.infer<typeof ListedQuery>

export const listens = {
  list: readMasked.output(z.array(Listen.extend({ heardLastHour: z.number().int(), heardInAll: z.number().int() }))),
  save: write.input(ListenDraft).output(Listen),
  /** What a pasted list or an export of queries would become; see listens/query-list.ts for the forms that it may have. */
  readList: read
    .input(
      z.object({
        text: z.string().max(2_000_000),
        dialect: z.enum(dialects).nullable().default(null),
        locale: z.enum(languages),
      }),
    )
    .output(z.array(ListedQuery)),
  /** Makes many at once, all or none. `undo`: the entries that take all of them back, in order. */
  saveAll: write
    .input(
      z.object({
        drafts: z
          .array(ListenDraft.omit({ id: true }))
          .min(1)
          .max(500),
      }),
    )
    .output(z.object({ listens: z.array(Listen), undo: z.array(z.number().int()) })),
  remove: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  explain: read.input(z.object({ query: z.string().max(20_000), locale: z.enum(languages) })).output(QueryExplanation),
  /** What a query of another tool is here. `dialect`: as a person chose it, else recognised. null: it is ours as it stands. */
  translate: read
    .input(
      z.object({
        query: z.string().max(20_000),
        dialect: z.enum(dialects).nullable().default(null),
        locale: z.enum(languages),
      }),
    )
    .output(QueryTranslation.nullable()),
  /** The query on history: how many, examples in, examples just missed, and what changed against the saved version. */
  preview: read
    .input(
      z.object({
        query: z.string().max(16_384),
        savedId: z.string().optional(),
        days: z.number().int().min(1).max(365).default(7),
      }),
    )
    .output(
      z.object({
        count: z.number().int(),
        estimated: z.boolean(),
        matched: z.array(MentionCard),
        /** Mentions that fail exactly one required part of the query. `missing` names that part. */
        missed: z.array(z.object({ card: MentionCard, missing: z.string() })),
        gained: z.number().int(),
        lost: z.number().int(),
        gainedExamples: z.array(MentionCard),
        lostExamples: z.array(MentionCard),
      }),
    ),
  /** What a brand name becomes: a listen spelled out and the sources that need no credentials. */
  propose: read
    .input(
      z.object({
        brand: z.string().trim().min(1).max(200),
        competitors: z.array(z.string().max(200)).max(50),
        lang: z.string().max(20).nullable(),
        locale: z.enum(languages).default('en'),
      }),
    )
    .output(
      z.object({
        listens: z.array(ListenDraft),
        /** What each listen asks for, in words of `locale`; same order. */
        words: z.array(z.string()),
        sources: z.array(
          z.object({
            connector: z.string(),
            name: z.string(),
            config: z.record(z.string(), z.unknown()),
            reason: Said,
          }),
        ),
        locked: z.array(z.object({ connector: Said, network: z.string(), needs: Said, url: z.string() })),
      }),
    ),
}
