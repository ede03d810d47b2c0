import { z } from 'zod'
import { FilePreview, ImportProgress, ImportRecord } from '#shared/model/import.ts'
import { Said } from '#shared/model/said.ts'
import { ImportReport, Source, SourceDraft, SourceHealth } from '#shared/model/source.ts'
import { read, readMasked, write } from './base.ts'

/** Of the mailbox whose mails a file holds; what they wrote is left out. Absent or empty: as the mails tell. */
const OwnAddresses = z.array(z.string().trim().min(1).max(254)).max(50).optional()

/** What a connector says of itself, for the form that sets one up. */
export const ConnectorInfo = z.object({
  id: z.string(),
  network: z.string(),
  name: Said,
  summary: Said,
  fields: z.array(
    z.object({
      key: z.string(),
      label: Said,
      hint: Said.nullable(),
      kind: z.enum(['text', 'url', 'list', 'number', 'boolean', 'file', 'choice']),
      choices: z.array(z.string()),
      required: z.boolean(),
      initial: z.unknown().optional(),
    }),
  ),
  secrets: z.array(
    z.object({ key: z.string(), label: Said, hint: Said.nullable(), url: z.string(), required: z.boolean() }),
  ),
})
export type ConnectorInfo = z.infer<typeof ConnectorInfo>

export const sources = {
  connectors: read.output(z.array(ConnectorInfo)),
  list: readMasked.output(
    z.array(
      z.object({
        source: Source,
        network: z.string(),
        health: SourceHealth,
        secretsSet: z.array(z.string()).meta({ wall: 'hidden' }),
      }),
    ),
  ),
  save: write.input(SourceDraft).output(Source),
  remove: write.input(z.object({ id: z.string() })).output(z.object({})),
  setEnabled: write.input(z.object({ id: z.string(), enabled: z.boolean() })).output(Source),
  /** Tries a configuration once without keeping anything. */
  check: write.input(SourceDraft).output(z.object({ ok: z.boolean(), message: Said, examples: z.array(z.string()) })),
  fetchNow: write.input(z.object({ id: z.string() })).output(z.object({})),
  /** What the first rows of a file would become; what is not said is guessed. */
  previewFile: write
    .input(
      z.object({
        file: z.instanceof(Blob),
        name: z.string(),
        /** Field → column; '': none. */
        mapping: z.record(z.string(), z.string()).optional(),
        dateOrder: z.enum(['guess', 'dmy', 'mdy']).optional(),
        encoding: z.string().optional(),
        zone: z.string().optional(),
        sheet: z.string().optional(),
        own: OwnAddresses,
      }),
    )
    .output(FilePreview),
  /** Imports that are under way, whoever began them. */
  runningImports: read.output(z.array(ImportProgress)),
  /** Ends the imports into the source of this name after the rows they have in hand; each answers with what came in. */
  callOffImport: write.input(z.object({ sourceName: z.string().max(120) })).output(z.object({})),
  /** What was imported, newest first. */
  pastImports: read.output(z.array(ImportRecord)),
  /** Takes back what an import brought, whatever nobody has decided on; answers when it is gone. */
  undoImport: write.input(z.object({ id: z.string() })).output(ImportRecord),
  importFile: write
    .input(
      z.object({
        file: z.instanceof(Blob),
        name: z.string(),
        sourceName: z.string().max(120),
        /** Field → column; '': none. What is not named is guessed. */
        mapping: z.record(z.string(), z.string()).default({}),
        dateOrder: z.enum(['guess', 'dmy', 'mdy']).default('guess'),
        encoding: z.string().optional(),
        /** Default: the largest that is not hidden. */
        sheet: z.string().optional(),
        zone: z.string().optional(),
        own: OwnAddresses,
        /** Rows older than a day are looked at by the rules too. Else they are history: stored, found and counted, and no case. */
        live: z.boolean().default(false),
      }),
    )
    .output(ImportReport),
}
