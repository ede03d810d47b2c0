// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import type { CaseCard } from '#shared/contract/cases.ts'
import { commandNames, commands, mentionKeys, type Keys } from '#shared/model/command.ts'
import { useActionKeys } from '#renderer/actions/useActionKeys.ts'
import { useActions } from '#renderer/actions/useActions.ts'
import { describeKeys, handleKey, useKeys } from '#renderer/composables/control/useKeys.ts'
import { useMentionList } from '#renderer/composables/mentions/useMentionList.ts'
import { provideBoard } from '#renderer/features/board/useBoard.ts'
import { useBoardKeys } from '#renderer/features/board/useBoardKeys.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { makeCard, T0 } from '#tests/renderer/board/case-fixtures.ts'
import { idle, type Handlers } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

/** Every key of the table, by what it stands for. */
const keys = [
  ...commandNames.flatMap((name) => Object.entries<Keys>(commands[name].keys).map(([way, key]) => [name, way, key])),
  ...Object.entries<Keys>(mentionKeys).map(([deed, key]) => [deed, 'key', key]),
].flatMap(([name, way, key]) => [key!].flat().map((one) => [`${name as string}.${way as string}`, one] as const))

const pendingReply = { text: 'Sorry.', way: 'elsewhere', sourceId: null, askedAt: T0, by: 'ana' } as never
const deskSays = { kind: 'asks', text: 'Which order?', by: 'Ines', at: T0, handoff: 'out_1' } as const
const card = (n: number, version = 1): CaseCard =>
  makeCard({
    id: `cas_${n}`,
    mentionId: `st-${n}`,
    publishedAt: T0 + n,
    state: 'accepted',
    pendingReply,
    deskSays,
    version,
  })
const cards = [card(1), card(2)]
const change = () => ({ card: card(1, 2), undo: 7 })
const handlers: Handlers = {
  cases: {
    page: ({ filter }: { filter: { states: string[] } }) => {
      const items = filter.states.includes('accepted') ? cards : []
      return {
        items,
        next: null,
        total: items.length,
        counts: { new: 0, routed: 0, accepted: 2, replied: 0, closed: 0 },
      }
    },
    live: (_input: never, { signal }: { signal?: AbortSignal }) => idle(signal),
    ...Object.fromEntries(commandNames.map((name) => [name, change])),
  },
  relevance: { mark: () => ({ undo: 8 }) },
  desks: {
    list: () =>
      Array.from({ length: 9 }, (_one, at) => ({
        desk: { id: `d${at}`, name: `D${at}`, key: at + 1, archived: false },
      })),
  },
}

function list() {
  const place = useMentionList(
    () => cards,
    () => {},
  )
  useKeys('list', useActionKeys(useActions(), place))
  place.select(0)
  return { opened: () => useMentionPanel().open !== null, current: place.current }
}
function board() {
  const shown = provideBoard()
  useBoardKeys(shown, { focusFilter: () => {} })
  shown.select('cas_1')
  return {
    opened: () => shown.replyTo.value !== null || shown.mode.value === 'triage',
    current: () => shown.current.value,
  }
}
let unmount = () => {}
afterEach(() => unmount())

/** What one key comes to: what is asked and of which mention, what is sent, what is said, whether the mention is shown, and where the cursor stands. */
async function press(place: typeof list | typeof board, key: string) {
  const app = await runInApp(place, { handlers })
  unmount = () => app.wrapper.unmount()
  await settle()
  const before = app.fake.calls.length
  const taken = handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
  await settle()
  const { question } = useMentionPanel()
  return {
    taken,
    asked: question && { what: question.what, of: question.card.mention.id, all: question.cards.length },
    sent: app.fake.calls.slice(before).filter(({ path }) => !/^cases\.(page|live|dossier)$/.test(path)),
    said: useToasts().toasts.map(({ text }) => text),
    shown: ['r', 'Enter'].includes(key) && app.result.opened(),
    cursor: app.result.current()?.case?.id,
  }
}

describe('a key of the table of commands', () => {
  it.each(keys)('does the same in a list as on the board: %s, %s', async (_name, key) => {
    const inList = await press(list, key)
    unmount()
    expect(await press(board, key)).toEqual(inList)
    const { asked, sent, said, shown, taken } = inList
    expect(taken).toBe(true)
    expect(asked !== null || sent.length > 0 || said.length > 0 || shown).toBe(true)
  })

  it('is in the overview of both, under the same name', async () => {
    const named = async (place: typeof list | typeof board) => {
      const app = await runInApp(place, { handlers })
      await settle()
      const help = describeKeys().flatMap((group) =>
        group.keys.flatMap((one) => one.keys.map((key) => [key, one.label])),
      )
      app.wrapper.unmount()
      return help.filter(([key]) => keys.some(([, known]) => known === key)).toSorted()
    }
    const inList = await named(list)
    expect(inList.map(([key]) => key)).toEqual(keys.map(([, key]) => key).toSorted())
    expect(await named(board)).toEqual(inList)
  })
})
