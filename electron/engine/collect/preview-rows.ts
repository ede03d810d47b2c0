import { cut } from '#shared/util/text-length.ts'
import type { Said } from '#shared/model/said.ts'
import type { FilePreview, PreviewRow } from '#shared/model/import.ts'
import type { Draft } from '#shared/model/mention.ts'
import { saidOfDrop } from '#shared/words/dropped.ts'
import { normalise } from '#engine/intake/normalise.ts'

/** Rows or mails whose mention is shown. */
export const SHOWN = 5
const TEXT = 600

/** A row or a mail that is left out. */
export const leftRow = (line: number, reason: string, why: Said): PreviewRow => ({
  line,
  text: '',
  title: null,
  author: null,
  publishedAt: null,
  kind: null,
  lang: null,
  network: null,
  mood: null,
  reason,
  why,
})

/** What a draft is kept as, or why it is not. */
export function previewRow(line: number, draft: Draft, now: number): PreviewRow {
  const normal = normalise(draft, now)
  const refused = 'reason' in normal ? normal.reason : null
  const { told, author } = draft
  return {
    line,
    text: cut(draft.text, TEXT),
    title: draft.title,
    author: author === null ? null : author.handle || author.name,
    publishedAt: draft.publishedAt,
    kind: draft.kind,
    lang: told?.lang ? draft.lang : null,
    network: told?.network ?? null,
    mood: told?.mood ?? null,
    reason: refused,
    why: refused === null ? null : saidOfDrop(refused),
  }
}

/** What an import would leave out, by reason, with the first that has it. */
export function droppedOf(
  fates: PreviewRow[],
  bad: { line: number; reason: string; detail: Said }[],
): FilePreview['dropped'] {
  const dropped = new Map<string, FilePreview['dropped'][number]>()
  const add = (reason: string, line: number, why: Said): void => {
    const known = dropped.get(reason)
    if (known) known.n++
    else dropped.set(reason, { reason, n: 1, line, why })
  }
  for (const { line, reason, detail } of bad) add(reason, line, detail)
  for (const { line, reason, why } of fates) if (reason !== null && why !== null) add(reason, line, why)
  return [...dropped.values()].sort((a, b) => b.n - a.n)
}
