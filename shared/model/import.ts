import { z } from 'zod'
import { Instant, MentionKind } from './mention.ts'
import { Said } from './said.ts'
import { SentimentLabel } from './sentiment.ts'

/** What an import makes of a row of a file; what the file does not say is null, and found out later. */
export const PreviewRow = z.object({
  /** From 1; of mails their number. */
  line: z.number().int(),
  text: z.string(),
  title: z.string().nullable(),
  author: z.string().nullable(),
  publishedAt: Instant.nullable(),
  kind: MentionKind.nullable(),
  lang: z.string().nullable(),
  network: z.string().nullable(),
  mood: SentimentLabel.nullable(),
  /** Why it would be left out: as such rows are counted, and in words. null: it becomes a mention. */
  reason: z.string().nullable(),
  why: Said.nullable(),
})
export type PreviewRow = z.infer<typeof PreviewRow>

/** What is known of a file from its first rows, before anything of it is kept. */
export const FilePreview = z.object({
  /** Mails are known as such: no column has to be named. */
  holds: z.enum(['rows', 'mails']),
  /** Of mails: the addresses whose mails are left out, because the mailbox is theirs. */
  own: z.array(z.string()),
  columns: z.array(z.string()),
  /** Field → column. */
  mapping: z.record(z.string(), z.string()),
  /** The first ten as the file has them. */
  rows: z.array(z.record(z.string(), z.string())),
  /** The first five as they would be kept. */
  becomes: z.array(PreviewRow),
  /** Of the rows that were looked at those that would be left out, by reason, with the first one of it. */
  dropped: z.array(z.object({ reason: z.string(), n: z.number().int(), line: z.number().int(), why: Said })),
  /** Rows that were looked at. */
  looked: z.number().int(),
  problems: z.array(Said),
  /** What was found out about the file: whose export it looks like, its encoding, what is put right or left out. */
  notes: z.array(Said),
  /** Tables of a workbook or files of an archive, and the one that was looked at; none where there is nothing to choose. */
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), chosen: z.boolean() })),
  encoding: z.string(),
  /** How dates like 03/04/2024 are read; null: nothing tells. */
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable(),
  /** Of dates without one; null: UTC. */
  zone: z.string().nullable(),
  /** Rows of those that were looked at which an import keeps as history, unless it is told that they are live. */
  history: z.object({ rows: z.number().int(), of: z.number().int() }),
})
export type FilePreview = z.infer<typeof FilePreview>

/** What the columns of a kind of file mean, under a name that a person gave. */
export const SavedMapping = z.object({
  name: z.string().trim().min(1).max(80),
  /** Field → column; '': none. It fits a file that has all of these columns. */
  mapping: z.record(z.string(), z.string().max(300)),
  dateOrder: z.enum(['guess', 'dmy', 'mdy']),
  /** Of times without one; empty: UTC. */
  zone: z.string().max(60),
  /** Empty: as it is found. */
  encoding: z.string().max(40),
})
export type SavedMapping = z.infer<typeof SavedMapping>

/** Those that fit a file of these columns. */
export const fitting = (saved: readonly SavedMapping[], columns: readonly string[]): SavedMapping[] =>
  saved.filter(({ mapping }) => Object.values(mapping).every((column) => column === '' || columns.includes(column)))

/**
 * - `running`: it is being read
 * - `kept`: what it brought is in the store
 * - `going`: it is being taken back
 * - `undone`: it was taken back
 */
export const importStates = ['running', 'kept', 'going', 'undone'] as const

/** An import that was made. */
export const ImportRecord = z.object({
  id: z.string(),
  file: z.string(),
  sourceName: z.string(),
  /** Who made it. */
  by: z.string(),
  startedAt: Instant,
  /** null: it is under way, or was broken off. */
  endedAt: Instant.nullable(),
  /** Mentions that were new; until its end, and of one that was broken off, those so far. */
  stored: z.number().int(),
  state: z.enum(importStates),
  /** Taken back so far. */
  removed: z.number().int(),
  /** Somebody had decided something about them: they stay. */
  kept: z.number().int(),
})
export type ImportRecord = z.infer<typeof ImportRecord>

/** An import that is under way. */
export const ImportProgress = z.object({
  id: z.string(),
  file: z.string(),
  sourceName: z.string(),
  startedAt: Instant,
  read: z.number().int(),
  stored: z.number().int(),
  /** Of the file, as it lies there; `totalBytes` null: not known. */
  bytes: z.number().int(),
  totalBytes: z.number().int().nullable(),
})
export type ImportProgress = z.infer<typeof ImportProgress>
