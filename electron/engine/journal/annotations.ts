import type { Annotation, AnnotationDraft } from '#shared/model/annotation.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import type { Said } from '#shared/model/said.ts'
import { newId } from '#shared/util/ids.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import { annotationById } from '#engine/store/queries/annotations.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { readListen } from '#engine/store/queries/listens.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { takenBack } from './taken-back.ts'

export const annotationKinds = ['annotation.saved', 'annotation.removed'] as const satisfies readonly JournalKind[]

/** What staff write on charts: each change is an entry of the journal, and the row follows from it. */
export function createAnnotations({ store, clock }: { store: WritingStore; clock: Clock }) {
  const enter = (kind: JournalKind, actor: Actor, data: Record<string, unknown>): number =>
    store.transaction(() => appendEntry(store, { at: clock.now(), kind, actor, data }))

  function existing(id: string): Annotation {
    const known = annotationById(store, id)
    if (known === undefined) throw new Failure('user', 'annotation.gone')
    return known
  }

  return {
    save({ id, ...draft }: AnnotationDraft, actor: Actor): { annotation: Annotation; undo: number } {
      const before = id === null ? null : existing(id)
      if (draft.to !== null && draft.to <= draft.at) throw userFailure('annotation.endsBefore', { field: 'to' })
      if (
        draft.listenId !== null &&
        draft.listenId !== before?.listenId &&
        readListen(store, draft.listenId) === undefined
      )
        throw userFailure('annotation.noListen', { field: 'listenId' })
      const annotation: Annotation = {
        ...draft,
        // It stands in one line beside a chart.
        text: draft.text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(),
        id: before?.id ?? newId('ann'),
        by: actor.name,
        madeAt: before?.madeAt ?? clock.now(),
      }
      if (annotation.text === '') throw userFailure('annotation.empty', { field: 'text' })
      return { annotation, undo: enter('annotation.saved', actor, { before, after: annotation }) }
    },
    remove(id: string, actor: Actor): { undo: number } {
      return { undo: enter('annotation.removed', actor, { before: existing(id), after: null }) }
    },
    undo(entry: JournalEntry, actor: Actor): Said {
      const data = takenBack(entry, (id) => annotationById(store, id))
      if (data === null) throw new Failure('user', 'annotation.changedSince')
      enter(data.after === null ? 'annotation.removed' : 'annotation.saved', actor, data)
      return said('undo.annotationAsBefore')
    },
  }
}
