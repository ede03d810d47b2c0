import { Failure } from '#engine/platform/failure.ts'
import type { CannedDraft, CannedReply } from '#shared/model/canned.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import { newId } from '#shared/util/ids.ts'
import { appendEntry, wasTold } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readCanned } from '#engine/store/queries/canned.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import type { ChosenWay, Replies } from './replies.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import { promiseWords } from './promise-words.ts'
import { spokenName } from './spoken-name.ts'
import { fillReply, previewReply, type ReplyFacts, type ReplyPreview } from './reply-text.ts'
import { starterReplies } from '#engine/starters/replies.ts'

/** Replies that are kept for reuse, and how one would read to this customer. */
export interface CannedReplies {
  all(): CannedReply[]
  save(draft: CannedDraft, actor: Actor): CannedReply
  remove(id: string, actor: Actor): void
  /** `option`: the way it is to leave by; the text is then as it leaves there. */
  preview(c: StoredCase, text: string, actor: Actor, option?: ChosenWay): ReplyPreview
}

export function createCannedReplies({
  store,
  book,
  replies,
  clock,
  timeZone,
}: {
  store: Store
  book: DeskBook
  replies: Pick<Replies, 'compose'>
  clock: Clock
  timeZone: string
}): CannedReplies {
  const isNew = !wasTold(store, 'canned.saved', 'canned.removed')
  if (isNew && readCanned(store).length === 0) {
    store.transaction(() => {
      const at = clock.now()
      const actor = earshot
      appendEntry(store, { at, kind: 'canned.saved', actor, data: { before: null, after: starterReplies } })
    })
  }

  return {
    all: () => readCanned(store),

    save(draft, actor) {
      const before = draft.id === undefined ? null : (readCanned(store).find(({ id }) => id === draft.id) ?? null)
      if (draft.id !== undefined && before === null) throw new Failure('user', 'reply.cannedGone')
      const canned: CannedReply = { ...draft, id: draft.id ?? newId('can') }
      store.transaction(() =>
        appendEntry(store, { at: clock.now(), kind: 'canned.saved', actor, data: { before, after: canned } }),
      )
      return canned
    },

    remove(id, actor) {
      store.transaction(() => {
        const before = readCanned(store).find((one) => one.id === id)
        if (!before) throw new Failure('user', 'reply.cannedGone')
        appendEntry(store, { at: clock.now(), kind: 'canned.removed', actor, data: { before } })
      })
    },

    preview(c, text, actor, option) {
      const mention = mentionById(store, c.mentionId)
      if (!mention) throw new Failure('user', 'case.mentionGone')
      const zone = book.desk(c.deskId ?? '')?.hours.timeZone ?? timeZone
      const facts: ReplyFacts = {
        author: spokenName(mention.author),
        brand: readSettings(store).brand || null,
        officer: actor.name,
        desk: book.desk(c.deskId ?? '')?.name ?? null,
        link: mention.url,
        promise:
          c.promise &&
          promiseWords({
            dueAt: c.promise.dueAt,
            now: clock.now(),
            zone,
            lang: mention.lang,
            country: mention.country,
          }),
      }
      if (option === undefined) return previewReply(text, mention, facts)
      const filled = fillReply(text, facts)
      const tellsPromise = facts.promise !== null && filled.text.includes(facts.promise)
      return {
        ...replies.compose(option, filled.text, mention),
        limit: option.limit,
        missing: filled.missing,
        tellsPromise,
      }
    },
  }
}
