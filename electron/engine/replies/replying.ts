import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { ReplyOption, ReplyWay } from '#shared/model/reply.ts'
import type { CommandInput } from '#shared/model/command.ts'
import type { Actor } from '#shared/model/journal.ts'
import { placeholderShown } from '#shared/util/placeholders.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import { approve, askApproval, reply, sendReply, type CommandContext } from '#engine/cases/commands.ts'
import type { Ledger, Recorded } from '#engine/cases/ledger.ts'
import type { CannedReplies } from './canned.ts'
import type { Replies, Wish } from './replies.ts'

/** `best`: the first way that is possible. */
type ReplyInput = Omit<CommandInput<'reply'>, 'way'> & { way?: ReplyWay | 'best' | undefined }

/** What the journal says of a reply that leaves. */
const told = (id: string, c: StoredCase, option: ReplyOption, text: string, tellsPromise: boolean) => ({
  answer: id,
  text,
  way: option.way,
  source: option.sourceName,
  as: option.as,
  ...(c.promise === null ? {} : { promise: c.promise, tellsPromise }),
})

const unknownNames = (missing: string[]): Failure =>
  new Failure('user', said('reply.unknownNames', { names: missing.map(placeholderShown).join(', ') }))

/** As the officer wants it: content warning, language, and who may read it because it names them. */
type Manner = Pick<CommandInput<'reply'>, 'warning' | 'lang' | 'readers'>

const unseen = (readers: readonly string[], seen: readonly string[]): string[] =>
  readers.filter((name) => !seen.some((one) => one.toLowerCase() === name.toLowerCase()))

/** The decision to reply: what is recorded only, and what is made ready to leave. Everything inside a transaction. */
export function createReplying({
  store,
  ledger,
  replies,
  canned,
  context,
}: {
  store: Store
  ledger: Ledger
  replies: Replies
  canned: CannedReplies
  context(actor: Actor): CommandContext
}) {
  /** The text as it leaves, checked. Placeholders are filled in the name of whoever wrote it. */
  function ready(c: StoredCase, input: { text: string } & Wish & Manner, by: Actor) {
    const option = { ...replies.choose(c, input), said: input.warning, lang: input.lang }
    const preview = canned.preview(c, input.text, by, option)
    if (input.text.trim() === '') throw new Failure('user', 'reply.empty')
    if (preview.missing.length > 0) throw unknownNames(preview.missing)
    if (preview.limit !== null && preview.length > preview.limit) {
      const message = said('reply.tooLong', { length: preview.length, limit: preview.limit })
      throw new Failure('user', message)
    }
    const others = unseen(preview.readers ?? [], input.readers ?? [])
    if (others.length > 0) throw new Failure('user', said('reply.othersRead', { names: others.join(', ') }))
    return { option, text: preview.text, tellsPromise: preview.tellsPromise ?? false }
  }

  /** Placeholders filled, whoever sends it. */
  function filled(c: StoredCase, text: string, by: Actor): string {
    const preview = canned.preview(c, text, by)
    if (preview.missing.length > 0) throw unknownNames(preview.missing)
    return preview.text
  }

  return {
    reply(known: StoredCase, input: ReplyInput, actor: Actor): Recorded {
      const { way = 'elsewhere', sourceId = null } = input
      if (way === 'elsewhere') {
        const text = filled(known, input.text, actor)
        return ledger.change(known, reply(known, { text, url: input.url ?? null }, context(actor)), actor)
      }
      const { option, text, tellsPromise } = ready(known, { ...input, way, sourceId }, actor)
      return replies.queue(known, option, text, {
        by: actor,
        decides: actor,
        change: (id) => sendReply(known, { data: told(id, known, option, text, tellsPromise) }, context(actor)),
      })
    },

    /** What waits for approval is what will leave: filled in the name of whoever wrote it, and checked before anybody reads it. */
    askApproval(known: StoredCase, input: CommandInput<'askApproval'>, actor: Actor) {
      const { way = 'elsewhere', sourceId = null } = input
      const text = filled(known, input.text, actor)
      if (way !== 'elsewhere') ready(known, { ...input, text, way, sourceId }, actor)
      return ledger.change(known, askApproval(known, { ...input, text, way, sourceId }, context(actor)), actor)
    },

    /** The approved text leaves the way that was asked for, in the name of whoever wrote it. */
    approve(known: StoredCase, input: CommandInput<'approve'>, actor: Actor): Recorded {
      const pending = known.pendingReply
      const { way = 'elsewhere', sourceId = null } = pending ?? {}
      if (!input.approve || pending === null || pending.by === actor.id || way === 'elsewhere')
        return ledger.change(known, approve(known, input, context(actor)), actor)
      const asked = entriesOfCase(store, known.id).findLast(({ kind }) => kind === 'case.approvalAsked')
      const by = asked?.actor ?? actor
      const { option, text, tellsPromise } = ready(known, { ...pending, way, sourceId }, by)
      return replies.queue(known, option, text, {
        by,
        decides: actor,
        change(id) {
          const leaves = told(id, known, option, text, tellsPromise)
          return approve(known, { ...input, leaves }, context(actor))
        },
      })
    },
  }
}
