import { useKeys } from '#renderer/composables/useKeys.ts'
import type { KeyBinding } from '#renderer/composables/useKeys.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/useWords.ts'
import { scopes } from './caseBook.ts'
import type { Board } from './useBoard.ts'
import { modes } from './useBoard.ts'
import { nextPriority } from './urgency.ts'

/** One decision, one key. Everything here works on the marked cases, or on the one that is on screen. */
export function useBoardKeys(board: Board, doors: { focusFilter(): void }) {
  const { t } = useWords()
  const { show } = useToasts()
  const directory = useDirectory()
  const { actions } = board
  const panel = useMentionPanel()
  const any = () => board.targets().length > 0
  const cards = () =>
    board
      .targets()
      .map((id) => board.book.get(id))
      .filter((card) => card !== undefined)
  const say = (key: string) => () => t(`board.key.${key}`)

  function routeByKey(key: number) {
    const row = directory.desks.find((one) => one.desk.key === key)
    if (!row) show({ kind: 'note', text: t('board.noDeskOnKey', { key }) })
    else board.decide((ids) => actions.route(ids, row.desk.id))
  }

  function prioritise(step: 1 | -1) {
    const ids = board.targets()
    const first = ids[0] === undefined ? undefined : board.book.get(ids[0])?.case
    const priority = first && nextPriority(first.priority, step)
    if (priority) void actions.prioritise(ids, priority)
  }

  const digits: KeyBinding[] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((key) => ({
    keys: String(key),
    label: say('route'),
    hidden: key > 1,
    run: () => routeByKey(key),
  }))
  const approvable = () => board.current.value?.case?.pendingReply != null

  useKeys(
    () => t('board.title'),
    [
      { keys: ['j', 'ArrowDown'], label: say('next'), run: () => board.move(1) },
      { keys: ['k', 'ArrowUp'], label: say('previous'), run: () => board.move(-1) },
      { keys: 'PageDown', label: say('next'), hidden: true, run: () => board.move(10) },
      { keys: 'PageUp', label: say('previous'), hidden: true, run: () => board.move(-10) },
      { keys: 'Home', label: say('first'), run: () => board.showPending() },
      { keys: 'End', label: say('last'), run: () => board.move(Number.MAX_SAFE_INTEGER) },
      { keys: 'Enter', label: say('open'), when: () => !onControl(), run: () => openCase() },
      ...digits,
      { keys: '0', label: say('noAction'), run: () => board.decide((ids) => actions.close(ids, 'noAction')) },
      { keys: 'i', label: say('notOurs'), run: () => board.decide((ids) => actions.close(ids, 'notOurs')) },
      { keys: 't', label: say('desk'), when: any, run: () => (board.ask.value = 'desk') },
      { keys: 'e', label: say('accept'), when: any, run: () => board.decideInPlace((ids) => actions.accept(ids)) },
      { keys: 'r', label: say('reply'), when: any, run: reply },
      { keys: 's', label: say('sentiment'), when: any, run: () => panel.ask('relabel', cards()) },
      { keys: 'm', label: say('mute'), when: any, run: () => panel.ask('mute', cards()) },
      { keys: 'p', label: say('problem'), when: any, run: () => (board.ask.value = 'problem') },
      { keys: 'd', label: say('done'), when: any, run: () => (board.ask.value = 'close') },
      {
        keys: 'c',
        label: say('confirm'),
        when: any,
        run: () => board.current.value?.case && void actions.confirm(board.current.value.case.id),
      },
      {
        keys: 'y',
        label: say('approve'),
        when: approvable,
        run: () => void actions.approve(board.current.value!.case!.id, true),
      },
      {
        keys: 'o',
        label: say('reopen'),
        when: any,
        run: () => board.current.value?.case && void actions.reopen(board.current.value.case.id),
      },
      { keys: 'a', label: say('assign'), when: any, run: () => (board.ask.value = 'assign') },
      {
        keys: 'q',
        label: say('answerDesk'),
        when: () => board.current.value?.case?.deskSays != null,
        run: () => (board.ask.value = 'answerDesk'),
      },
      { keys: 'h', label: say('handOff'), when: any, run: () => (board.ask.value = 'handOff') },
      { keys: 'n', label: say('note'), when: any, run: () => (board.ask.value = 'note') },
      { keys: 'w', label: say('promise'), when: any, run: () => (board.ask.value = 'promise') },
      { keys: 'b', label: say('outcome'), when: any, run: () => (board.ask.value = 'outcome') },
      { keys: ['+', '='], label: say('higher'), when: any, run: () => prioritise(-1) },
      { keys: '-', label: say('lower'), when: any, run: () => prioritise(1) },
      { keys: 'x', label: say('check'), run: () => board.toggle() },
      { keys: 'Mod+a', label: say('checkAll'), run: () => board.checkAll() },
      {
        keys: 'Escape',
        label: say('clear'),
        when: () => board.checked.value.size > 0,
        run: () => board.clearChecked(),
      },
      { keys: 'u', label: say('undo'), run: () => board.undo() },
      { keys: '/', label: say('filter'), run: () => doors.focusFilter() },
      {
        keys: 'v',
        label: say('mode'),
        run: () => (board.mode.value = modes[(modes.indexOf(board.mode.value) + 1) % modes.length]!),
      },
      { keys: 'l', label: say('scope'), when: () => board.mode.value !== 'columns', run: nextScope },
    ],
    () => true,
  )

  /** Enter on a button or a link is that button's. */
  function onControl(): boolean {
    return document.activeElement?.matches('button, a[href], summary, [role=button]') ?? false
  }
  function openCase() {
    board.mode.value = 'triage'
    document.querySelector<HTMLElement>('[data-case-pane]')?.focus()
  }
  function reply() {
    if (board.checked.value.size > 1) {
      board.ask.value = 'replyAll'
      return
    }
    const [id] = board.targets()
    if (id === undefined) return
    board.mode.value = 'triage'
    board.select(id)
    board.replyTo.value = id
  }
  function nextScope() {
    board.sieve.scope = scopes[(scopes.indexOf(board.sieve.scope) + 1) % scopes.length]!
  }
}
