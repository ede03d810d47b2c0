import { Failure } from '#engine/platform/failure.ts'
import type { Board } from '#engine/board.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { isOpen } from '#engine/routing/hours.ts'
import { deskNumbers, deskReplyMinutes } from '#engine/store/queries/desks.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

const MONTH_MS = 30 * 86_400_000

/** Desks, their numbers, and the rules that send to them. */
export function desksApi({ store, board, clock }: { store: Store; board: Board; clock: Clock }) {
  const { book, people, channels } = board
  const { desks: room } = api
  return {
    list: room.list.handler(() => {
      const now = clock.now()
      const numbers = new Map(deskNumbers(store, now).map((row) => [row.deskId, row]))
      const minutes = deskReplyMinutes(store, now - MONTH_MS)
      return book.desks().map((desk) => ({
        desk,
        open: numbers.get(desk.id)?.open ?? 0,
        overdue: numbers.get(desk.id)?.overdue ?? 0,
        isOpen: !desk.archived && isOpen(desk.hours, now),
        medianReplyMinutes: minutes.get(desk.id) ?? null,
      }))
    }),
    save: room.save.handler(({ input, context }) => book.save(input, context.actor)),
    archive: room.archive.handler(({ input, context }) => book.archive(input.id, context.actor)),
    rules: room.rules.handler(() => [...book.rules()]),
    saveRule: room.saveRule.handler(({ input, context }) => book.saveRule(input, context.actor)),
    removeRule: room.removeRule.handler(({ input, context }) => ({ undo: book.removeRule(input.id, context.actor) })),
    orderRules: room.orderRules.handler(({ input, context }) => book.orderRules(input.ids, context.actor)),
    people: room.people.handler(({ input }) => people.page(input)),
    savePerson: room.savePerson.handler(({ input, context }) => people.save(input, context.actor)),
    archivePerson: room.archivePerson.handler(({ input, context }) => people.archive(input.id, context.actor)),
    setPresence: room.setPresence.handler(({ input, context }) =>
      people.setPresence(input.id, input.presence, context.actor),
    ),
    importPeople: room.importPeople.handler(({ input, context }) =>
      board.importPeople(input.csv, input.apply, context.actor),
    ),
    rehearse: room.rehearse.handler(({ input }) => board.rehearse(input)),
    channels: room.channels.handler(() =>
      channels.all().map(({ channel, secretKeys }) => ({ channel, secretsSet: secretKeys })),
    ),
    saveChannel: room.saveChannel.handler(({ input, context }) => channels.save(input, context.actor)),
    removeChannel: room.removeChannel.handler(async ({ input, context }) => {
      await channels.remove(input.id, context.actor)
      return {}
    }),
    links: room.links.handler(async () => ({
      state: await board.deskWays.state(),
      url: board.deskAnswers.publicUrl(),
    })),
    checkChannel: room.checkChannel.handler(({ input }) => channels.check(input.id)),
    explain: room.explain.handler(({ input }) => {
      const mention = mentionById(store, input.mentionId)
      if (mention === undefined) throw new Failure('user', 'mention.gone')
      return board.explain(mention).explanation
    }),
  }
}
