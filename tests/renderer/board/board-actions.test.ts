// @vitest-environment happy-dom
import { asWritten, said as sentence } from '#shared/words/said.ts'
import { wireFailure } from '#tests/support/wire-failure.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { CaseCard } from '#shared/contract/cases.ts'
import type { Case } from '#shared/model/case.ts'
import type { CommandInput, CommandName } from '#shared/model/command.ts'
import { describeKeys, handleKey } from '#renderer/composables/control/useKeys.ts'
import { useActions } from '#renderer/actions/useActions.ts'
import { useCardChanges } from '#renderer/stores/deeds.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { provideBoard } from '#renderer/features/board/useBoard.ts'
import { useBoardKeys } from '#renderer/features/board/useBoardKeys.ts'
import { useCaseBook } from '#renderer/features/board/useCaseBook.ts'
import { feed } from '#tests/renderer/support/fake-station.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'
import { makeCard, T0 } from './case-fixtures.ts'

const said = () =>
  useToasts()
    .toasts.map((toast) => toast.text)
    .join('\n')

const card = (n: number, over: Partial<Case> = {}) =>
  makeCard(
    { id: `cas_${n}`, mentionId: `st-${n}`, publishedAt: T0 + n, ...over },
    { author: { id: `a${n}`, handle: `@a${n}`, name: `Author ${n}`, url: null, followers: null } },
  )
const counts = { new: 0, routed: 0, accepted: 0, replied: 0, closed: 0 }

/** A station that holds these cases; `live` feeds changes. */
function stationOf(cards: CaseCard[], more: Handlers[string] = {}) {
  const live = feed<{ changed: CaseCard[]; reset: boolean }>()
  const handlers: Handlers = {
    cases: {
      page: ({ filter }: { filter: { states: string[] } }) => {
        const items = cards.filter((one) => filter.states.includes(one.case!.state))
        return { items, next: null, total: items.length, counts }
      },
      live: (_input: never, { signal }: { signal?: AbortSignal }) => live.stream(signal),
      ...more,
    },
    mentions: {},
  }
  return { handlers, live }
}
async function bookAndActions(cards: CaseCard[], more: Handlers[string] = {}) {
  const { handlers, live } = stationOf(cards, more)
  const app = await runInApp(
    () => {
      const book = useCaseBook(ref(''), () => null)
      useCardChanges(book.put, book.show)
      const actions = useActions()
      /** Whether all of them were done. */
      const act = <N extends CommandName>(name: N, ids: string[], input: CommandInput<N>): Promise<boolean> =>
        actions
          .act(
            name,
            ids.flatMap((id) => book.get(id) ?? []),
            input,
          )
          .then((changed) => changed.length === ids.length)
      return { book, actions, act }
    },
    { handlers },
  )
  await settle()
  return { ...app, ...app.result, live }
}

describe('the book of cases', () => {
  it('asks first for what waits for a decision', async () => {
    const { fake, book } = await bookAndActions([card(1), card(2, { state: 'replied' })])
    const asked = fake.called('cases.page').map((input) => (input as { filter: { states: string[] } }).filter.states)
    expect(asked).toEqual([['new'], ['routed', 'accepted'], ['replied'], ['closed']])
    expect(book.total.value).toBe(2)
  })
  it('takes live changes over and ignores those that are older than what it knows', async () => {
    const { book, live } = await bookAndActions([card(1, { version: 3 })])
    live.push({ changed: [card(1, { version: 2, state: 'routed' }), card(2)], reset: false })
    await settle()
    expect(book.get('cas_1')?.case?.state).toBe('new')
    expect(book.get('cas_2')?.case?.state).toBe('new')
    live.push({ changed: [card(1, { version: 4, state: 'accepted' })], reset: false })
    await settle()
    expect(book.get('cas_1')?.case?.state).toBe('accepted')
  })
})

describe('actions on cases', () => {
  it('shows a decision before the station has confirmed it', async () => {
    let answer: (() => void) | undefined
    const { book, act } = await bookAndActions([card(1)], {
      route: async () => {
        await new Promise<void>((resolve) => (answer = resolve))
        return { card: card(1, { version: 2, state: 'routed', deskId: 'd' }), undo: 7 }
      },
    })
    const done = act('route', ['cas_1'], { deskId: 'd' })
    expect(book.get('cas_1')?.case?.state).toBe('routed')
    await settle()
    answer?.()
    expect(await done).toBe(true)
    expect(book.get('cas_1')?.case?.version).toBe(2)
  })

  it('says who was faster, what they did and when, and shows the case as it is', async () => {
    const now = card(1, { version: 5, state: 'routed', deskId: 'desk_care' })
    const { book, act } = await bookAndActions([card(1)], {
      route: () => {
        throw wireFailure('user', sentence('case.changedMeanwhile', { who: 'Ana' }))
      },
      get: () => ({
        card: now,
        history: [
          {
            seq: 1,
            at: T0,
            kind: 'case.opened',
            actor: { kind: 'rule', id: 'r', name: 'Rule' },
            mentionId: null,
            caseId: 'cas_1',
            data: {},
          },
          {
            seq: 2,
            at: T0,
            kind: 'case.routed',
            actor: { kind: 'officer', id: 'o', name: 'Ana' },
            mentionId: null,
            caseId: 'cas_1',
            data: { deskName: 'Care', after: {} },
          },
        ],
      }),
    })
    expect(await act('route', ['cas_1'], { deskId: 'desk_press' })).toBe(false)
    expect(said()).toContain('Ana was faster')
    expect(said()).toContain('→ Care')
    expect(book.get('cas_1')?.case).toMatchObject({ state: 'routed', deskId: 'desk_care', version: 5 })
  })

  it('lets two quick keys on one case wait for each other: nobody is in conflict with himself', async () => {
    let version = 1
    const answer = (state: Case['state']) => (input: { version: number }) => {
      if (input.version !== version) throw wireFailure('user', sentence('case.changedMeanwhile', { who: 'Ana' }))
      version++
      return { card: card(1, { version, state }), undo: version }
    }
    const { fake, act } = await bookAndActions([card(1)], {
      route: answer('routed'),
      accept: answer('accepted'),
    } as never)
    const both = await Promise.all([act('route', ['cas_1'], { deskId: 'd' }), act('accept', ['cas_1'], {})])
    expect(both).toEqual([true, true])
    expect(fake.called('cases.accept')).toEqual([{ id: 'cas_1', version: 2 }])
  })

  it('shows as answered at once what is only recorded, and never what has yet to leave', async () => {
    const seen: (string | undefined)[] = []
    const { book, fake, act } = await bookAndActions([card(1), card(2)], {
      reply: ({ id, way }: { id: string; way: string }) => {
        seen.push(book.get(id)?.case?.state)
        const [n, sends] = [id === 'cas_1' ? 1 : 2, way !== 'elsewhere']
        const now = card(n, { version: 2, state: sends ? 'accepted' : 'replied', answer: sends ? 'queued' : 'none' })
        return { card: now, undo: n }
      },
    })
    const draft = { text: 'Hello {author}', sourceId: 'src_1', url: null }
    await act('reply', ['cas_1'], { ...draft, way: 'thread' })
    await act('reply', ['cas_2'], { ...draft, way: 'elsewhere', sourceId: null })
    expect(seen).toEqual(['new', 'replied'])
    expect(fake.called('cases.reply')[0]).toEqual({ id: 'cas_1', version: 1, ...draft, way: 'thread' })
    expect(said()).toContain('Reply recorded')
  })

  it('puts a case back when the station refuses, with the station’s own words', async () => {
    const { book, act } = await bookAndActions([card(1)], {
      close: () => {
        throw wireFailure('user', sentence('case.alreadyClosed'))
      },
      get: () => ({ card: card(1), history: [] }),
    })
    expect(await act('close', ['cas_1'], { reason: 'spam' })).toBe(false)
    expect(book.get('cas_1')?.case?.state).toBe('new')
    expect(said()).toContain('The case is closed already.')
  })

  it('pretends nothing without a connection', async () => {
    const { book, fake, act } = await bookAndActions([card(1)], {})
    fake.drop()
    await settle()
    expect(await act('route', ['cas_1'], { deskId: 'd' })).toBe(false)
    expect(book.get('cas_1')?.case?.state).toBe('new')
    expect(fake.called('cases.route')).toEqual([])
    expect(said()).toContain('Not done, no connection to the station: Author 1')
  })

  it('does many at once, says what was not done, and takes all back with one undo', async () => {
    const { actions, fake, act } = await bookAndActions([card(1), card(2), card(3)], {
      bulk: () => ({
        changed: [card(1, { version: 2, state: 'routed' }), card(2, { version: 2, state: 'routed' })],
        undo: [11, 12],
        failed: [{ id: 'cas_3', message: asWritten('It was closed meanwhile.') }],
      }),
      undo: () => ({ undone: '', card: null, cannot: null }),
    })
    expect(await act('route', ['cas_1', 'cas_2', 'cas_3'], { deskId: 'd' })).toBe(false)
    expect(said()).toContain('1 were not done: It was closed meanwhile.')
    await actions.undo()
    expect(fake.called('cases.undo')).toEqual([{ entry: 12 }, { entry: 11 }])
  })

  it('waits with an undo for what is still on its way', async () => {
    let answer: (() => void) | undefined
    const { actions, fake, act } = await bookAndActions([card(1)], {
      accept: async () => {
        await new Promise<void>((resolve) => (answer = resolve))
        return { card: card(1, { version: 2, state: 'accepted' }), undo: 9 }
      },
      undo: () => ({ undone: '', card: card(1, { version: 3 }), cannot: null }),
    })
    void act('accept', ['cas_1'], {})
    await settle()
    const undone = actions.undo()
    await settle()
    expect(fake.called('cases.undo')).toEqual([])
    answer?.()
    expect((await undone)?.case?.id).toBe('cas_1')
    expect(fake.called('cases.undo')).toEqual([{ entry: 9 }])
  })
})

const drawn = async () => {
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await settle()
}

describe('the board', () => {
  async function boardOf(cards: CaseCard[], more: Handlers[string] = {}) {
    const { handlers, live } = stationOf(cards, more)
    const app = await runInApp(() => provideBoard(), { handlers })
    await settle()
    return { board: app.result, live, fake: app.fake }
  }
  const goTo = (address: string) => {
    location.hash = address
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  }
  afterEach(() => goTo(''))
  const routes = {
    route: ({ id }: { id: string }) => ({ card: card(Number(id.slice(4)), { version: 2, state: 'routed' }), undo: 1 }),
  } as never

  it('brings the next mention up by itself, at once', async () => {
    const { board } = await boardOf([card(1), card(2), card(3)], routes)
    expect(board.selectedId.value).toBe('cas_1')
    board.decide((cards) => board.actions.act('route', cards, { deskId: 'd' }))
    expect(board.selectedId.value).toBe('cas_2')
    expect(board.shown.value).toEqual(['cas_2', 'cas_3'])
    await settle()
    expect(board.selectedId.value).toBe('cas_2')
  })

  it('lets new cases wait while the officer reads further down, and shows them on request', async () => {
    const { board, live } = await boardOf([card(1), card(2), card(3)])
    board.move(1)
    live.push({ changed: [card(9, { priority: 'urgent' })], reset: false })
    await settle()
    await new Promise((resolve) => requestAnimationFrame(resolve))
    expect(board.shown.value).toEqual(['cas_1', 'cas_2', 'cas_3'])
    expect(board.pending.value).toEqual(['cas_9'])
    expect(board.selectedId.value).toBe('cas_2')
    board.showPending()
    expect(board.shown.value[0]).toBe('cas_9')
    expect(board.selectedId.value).toBe('cas_9')
  })

  it('keeps the case that came up first under the officer’s eyes, whatever comes while the list fills and later', async () => {
    const rest = Promise.withResolvers<void>()
    const wave = (items: CaseCard[]) => ({ items, next: null, total: items.length, counts })
    const { board, live } = await boardOf([], {
      page: async ({ filter }: { filter: { states: string[] } }) => {
        if (filter.states.includes('new')) return wave([card(1)])
        await rest.promise
        return wave(filter.states.includes('routed') ? [card(2, { state: 'routed', priority: 'urgent' })] : [])
      },
    })
    board.sieve.scope = 'open'
    await drawn()
    expect(board.selectedId.value).toBe('cas_1')
    live.push({ changed: [card(4, { priority: 'urgent', dueAt: T0 - 2 })], reset: false })
    await settle()
    await drawn()
    expect(board.shown.value).toEqual(['cas_4', 'cas_1'])
    expect(board.targets()).toEqual(['cas_1'])
    rest.resolve()
    await settle()
    await drawn()
    expect(board.shown.value).toEqual(['cas_4', 'cas_2', 'cas_1'])
    expect(board.targets()).toEqual(['cas_1'])
    live.push({ changed: [card(3, { priority: 'urgent', dueAt: T0 - 1 })], reset: false })
    await settle()
    await drawn()
    expect(board.shown.value).toEqual(['cas_4', 'cas_2', 'cas_1'])
    expect(board.pending.value).toEqual(['cas_3'])
    expect(board.targets()).toEqual(['cas_1'])
  })

  it('reads by urgency alone where more is shown than what waits for a decision', async () => {
    goTo('#/board?scope=open')
    const { fake } = await boardOf([card(1)])
    const asked = fake.called('cases.page').map((input) => (input as { filter: { states: string[] } }).filter.states)
    expect(asked).toEqual([['new', 'routed', 'accepted'], ['replied'], ['closed']])
  })

  describe('when somebody else decides about the case on screen', () => {
    const byColleague = { state: 'routed', deskId: 'desk_care', version: 2 } as const

    it.each([0, 1, 2])('keeps it, at place %i, until the officer goes on', async (at) => {
      const { board, live } = await boardOf([card(1), card(2), card(3)], {
        close: ({ id }: { id: string }) => ({
          card: card(Number(id.slice(4)), { version: 3, state: 'closed' }),
          undo: 1,
        }),
      } as never)
      board.move(at)
      const id = `cas_${at + 1}`
      live.push({ changed: [card(at + 1, byColleague)], reset: false })
      await settle()
      await drawn()
      expect(board.targets()).toEqual([id])
      expect(board.current.value?.case?.state).toBe('routed')
      expect(board.shown.value).toEqual(['cas_1', 'cas_2', 'cas_3'])
      expect(board.counts.value.decide).toBe(2)
      board.move(at === 2 ? -1 : 1)
      expect(board.targets()).toEqual([at === 2 ? 'cas_2' : `cas_${at + 2}`])
      expect(board.shown.value).not.toContain(id)
    })

    it('goes on from it by a decision as from every other', async () => {
      const { board, live, fake } = await boardOf([card(1), card(2), card(3)], {
        close: () => ({ card: card(1, { version: 3, state: 'closed' }), undo: 1 }),
      } as never)
      live.push({ changed: [card(1, byColleague)], reset: false })
      await settle()
      await drawn()
      board.decide((cards) => board.actions.act('close', cards, { reason: 'noAction' }))
      await settle()
      await drawn()
      expect(fake.called('cases.close')).toMatchObject([{ id: 'cas_1', version: 2 }])
      expect(board.shown.value).toEqual(['cas_2', 'cas_3'])
      expect(board.targets()).toEqual(['cas_2'])
    })

    it('shows what comes meanwhile above or behind it, and drops it with the next filter', async () => {
      const { board, live } = await boardOf([card(1), card(2)])
      live.push({ changed: [card(1, byColleague), card(9, { priority: 'urgent' })], reset: false })
      await settle()
      await drawn()
      expect(board.targets()).toEqual(['cas_1'])
      expect([...board.shown.value, ...board.pending.value].toSorted()).toEqual(['cas_1', 'cas_2', 'cas_9'])
      board.sieve.priorities = ['urgent']
      await drawn()
      expect(board.shown.value).toEqual(['cas_9'])
      expect(board.targets()).toEqual(['cas_9'])
    })

    it('keeps it among the columns, where it goes to another one', async () => {
      const { board, live } = await boardOf([card(1), card(2)])
      board.mode.value = 'columns'
      await drawn()
      live.push({ changed: [card(1, { state: 'closed', version: 2 })], reset: false })
      await settle()
      await drawn()
      expect(board.targets()).toEqual(['cas_1'])
      expect(board.shown.value).toEqual(['cas_2'])
      board.sieve.priorities = ['urgent']
      await drawn()
      expect(board.shown.value).toEqual([])
    })

    it('lets it go when everybody hears of what this page did before this page is answered', async () => {
      const answer = Promise.withResolvers<void>()
      const handed = card(1, byColleague)
      const { board, live } = await boardOf([card(1), card(2)], {
        handOff: async () => {
          await answer.promise
          return { card: handed, undo: 1 }
        },
      } as never)
      void board.actions.act('handOff', board.place.targets(), { channelId: 'channel' })
      live.push({ changed: [handed], reset: false })
      await settle()
      await drawn()
      expect(board.targets()).toEqual(['cas_1'])
      answer.resolve()
      await settle()
      await drawn()
      expect(board.shown.value).toEqual(['cas_2'])
      expect(board.targets()).toEqual(['cas_2'])
    })
  })

  it('keeps the case on screen in its place in the list when it is answered', async () => {
    const cards = [1, 2, 3, 4, 5, 6, 7].map((n) => card(n, { state: 'accepted' }))
    const { board, live } = await boardOf(cards)
    board.sieve.scope = 'open'
    await drawn()
    live.push({ changed: [card(1, { state: 'replied', version: 2 }), card(8)], reset: false })
    await settle()
    await drawn()
    expect(board.selectedId.value).toBe('cas_1')
    expect(board.shown.value).toEqual(cards.map((one) => one.case!.id))
    expect(board.pending.value).toEqual(['cas_8'])
    board.showPending()
    expect(board.shown.value.at(-1)).toBe('cas_1')
  })

  it('goes back to the case that the address still names', async () => {
    goTo('#/board/cas_1')
    const { board } = await boardOf([card(1), card(2)])
    await drawn()
    board.select('cas_2')
    // The address follows only a moment later.
    goTo('#/board/cas_1?scope=all')
    await drawn()
    expect(board.selectedId.value).toBe('cas_1')
  })

  it('stays on the case of a link, however late that arrives', async () => {
    const found = Promise.withResolvers<void>()
    const closed = card(8, { state: 'closed' })
    goTo('#/board/cas_8')
    const { board, live } = await boardOf([card(1), card(2)], {
      get: async () => {
        await found.promise
        return { card: closed, history: [] }
      },
    })
    await drawn()
    live.push({ changed: [card(3)], reset: false })
    await settle()
    await drawn()
    expect(board.selectedId.value).toBe('cas_8')
    found.resolve()
    await settle()
    await drawn()
    expect(board.current.value?.case?.state).toBe('closed')
    await board.book.refresh()
    await drawn()
    expect(board.current.value?.case?.id).toBe('cas_8')
  })

  it.each([
    ['#/board?desk=desk_care', ['cas_1', 'cas_2']],
    ['#/board?desk=desk_care&overdue=1', ['cas_2']],
    ['#/board?scope=answer&desk=desk_care', ['cas_1']],
  ])('opens at the part that %s names', async (address, ids) => {
    goTo(address)
    const late = { dueAt: T0 - 3_600_000 }
    const { board } = await boardOf([
      card(1, { deskId: 'desk_care', state: 'routed', dueAt: Date.now() + 3_600_000 }),
      card(2, { deskId: 'desk_care', ...late }),
      card(3, { deskId: 'desk_press', ...late }),
    ])
    await drawn()
    expect(board.shown.value.toSorted()).toEqual(ids)
  })

  it('keeps a case that came up while the pages were being read', async () => {
    const pages = Promise.withResolvers<void>()
    const { board, live } = await boardOf([card(1)], {
      page: async ({ filter }: { filter: { states: string[] } }) => {
        const items = filter.states.includes('new') ? [card(1)] : []
        if (filter.states.includes('closed')) await pages.promise
        return { items, next: null, total: items.length, counts }
      },
    })
    live.push({ changed: [card(2)], reset: false })
    await settle()
    pages.resolve()
    await settle()
    await drawn()
    expect(board.shown.value).toEqual(['cas_1', 'cas_2'])
  })

  it('acts on nothing that a new filter is taking away', async () => {
    const { board } = await boardOf([card(1), card(2)])
    await drawn()
    board.query.value = 'coffee'
    await Promise.resolve()
    expect(board.targets()).toEqual([])
    await settle()
    await drawn()
    expect(board.targets()).toEqual(['cas_1'])
  })

  it('gives the reply field to the case that it was asked for, and to no other', async () => {
    const { board } = await boardOf([card(1), card(2)])
    await drawn()
    board.replyTo.value = 'cas_1'
    board.move(1)
    expect(board.replyTo.value).toBeNull()
  })

  it('decides on all that are marked, and marks nothing afterwards', async () => {
    const { board } = await boardOf([card(1), card(2), card(3)], {
      bulk: () => ({ changed: [], undo: [], failed: [] }),
    })
    board.toggle()
    board.move(1)
    board.toggle()
    expect(board.targets()).toEqual(['cas_1', 'cas_2'])
    board.decide((cards) => board.actions.act('close', cards, { reason: 'noAction' }))
    expect(board.checked.value.size).toBe(0)
    expect(board.shown.value).toEqual(['cas_3'])
    expect(board.selectedId.value).toBe('cas_3')
  })

  describe('by its keys', () => {
    async function keysOf(cards: CaseCard[], more: Handlers[string] = {}, others: Handlers = {}) {
      const { handlers } = stationOf(cards, more)
      const app = await runInApp(
        () => {
          const board = provideBoard()
          useBoardKeys(board, { focusFilter: () => {} })
          return board
        },
        { handlers: { ...handlers, ...others } },
      )
      await settle()
      const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
      return { ...app, board: app.result, press }
    }

    it('a digit waits for the desks, and routes what it was pressed for', async () => {
      const desks = Promise.withResolvers<unknown>()
      const { board, fake, press, wrapper } = await keysOf([card(1), card(2), card(3)], routes, {
        desks: { list: () => desks.promise },
      })
      press('2')
      await settle()
      expect(board.selectedId.value).toBe('cas_2')
      expect(fake.called('cases.route')).toEqual([])
      desks.resolve([{ desk: { id: 'desk_b', name: 'B', key: 2, archived: false } }])
      await settle()
      expect(fake.called('cases.route')).toMatchObject([{ id: 'cas_1', deskId: 'desk_b' }])
      expect(board.shown.value).toEqual(['cas_2', 'cas_3'])
      wrapper.unmount()
    })

    it('`i` teaches what listened and closes the case, and one undo takes both back', async () => {
      const heard = card(1)
      heard.mention.listenIds = ['lis_1']
      const undo = () => ({ undone: 'x', card: null, cannot: null })
      const { board, fake, press, wrapper } = await keysOf(
        [heard, card(2)],
        { close: () => ({ card: card(1, { version: 2, state: 'closed' }), undo: 42 }), undo },
        { relevance: { mark: () => ({ undo: 41 }) } },
      )
      press('i')
      expect(board.shown.value).toEqual(['cas_2'])
      await settle()
      expect(fake.called('relevance.mark')).toEqual([{ mentionId: 'st-1', relevant: false }])
      expect(fake.called('cases.close')).toMatchObject([{ id: 'cas_1', reason: 'notOurs' }])
      press('u')
      await settle()
      expect(fake.called('cases.undo')).toEqual([{ entry: 42 }, { entry: 41 }])
      wrapper.unmount()
    })

    it('comes back to a case whose decision was refused', async () => {
      const { board, press, wrapper } = await keysOf([card(1), card(2)], {
        close: () => {
          throw wireFailure('user', sentence('case.alreadyClosed'))
        },
        get: () => ({ card: card(1), history: [] }),
      })
      press('0')
      await Promise.resolve()
      expect(board.selectedId.value).toBe('cas_2')
      await settle()
      expect(board.selectedId.value).toBe('cas_1')
      wrapper.unmount()
    })

    it('has each key once, and says what it does', async () => {
      const { wrapper } = await keysOf([card(1)])
      const keys = describeKeys().flatMap((group) => group.keys.flatMap((one) => one.keys))
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
      expect(keys).toEqual(
        expect.arrayContaining(['e', 'r', '0', 'i', 't', 'd', 'a', 'h', 'n', 'w', 'b', '+', '-', 'o']),
      )
      wrapper.unmount()
    })
  })
})
