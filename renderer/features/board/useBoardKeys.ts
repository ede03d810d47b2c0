import { useActionKeys } from '#renderer/actions/useActionKeys.ts'
import { useKeys } from '#renderer/composables/control/useKeys.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { scopes } from './caseBook.ts'
import { modes, type Board } from './useBoard.ts'

/** One decision, one key. Everything here works on the marked cases, or on the one that is on screen. */
export function useBoardKeys(board: Board, doors: { focusFilter(): void }) {
  const { t } = useWords()
  const say = (key: string) => () => t(`board.key.${key}`)

  const keys = useActionKeys(board.actions, { ...board.place, open: openCase, reply, undo: board.undo })

  useKeys(
    () => t('board.title'),
    [
      { keys: ['j', 'ArrowDown'], moves: true, label: say('next'), run: () => board.move(1) },
      { keys: ['k', 'ArrowUp'], moves: true, label: say('previous'), run: () => board.move(-1) },
      { keys: 'PageDown', moves: true, label: say('next'), hidden: true, run: () => board.move(10) },
      { keys: 'PageUp', moves: true, label: say('previous'), hidden: true, run: () => board.move(-10) },
      { keys: 'Home', label: say('first'), run: () => board.showPending() },
      { keys: 'End', label: say('last'), run: () => board.move(Number.MAX_SAFE_INTEGER) },
      ...keys,
      { keys: 'x', label: say('check'), run: () => board.toggle() },
      { keys: 'Mod+a', label: say('checkAll'), run: () => board.checkAll() },
      {
        keys: 'Escape',
        label: say('clear'),
        when: () => board.checked.value.size > 0,
        run: () => board.clearChecked(),
      },
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

  function openCase() {
    board.mode.value = 'triage'
    document.querySelector<HTMLElement>('[data-case-pane]')?.focus()
  }
  function reply() {
    const [id] = board.targets()
    if (id !== undefined) board.reply(id)
  }
  function nextScope() {
    board.sieve.scope = scopes[(scopes.indexOf(board.sieve.scope) + 1) % scopes.length]!
  }
}
