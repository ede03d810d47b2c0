import { watch } from 'vue'
import type { MentionCard } from '#shared/contract/mentions.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import type { KeyBinding } from './useKeys.ts'
import type { useMentionActions } from './useMentionActions.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { useWords } from './useWords.ts'

export interface MentionTargets {
  current(): MentionCard | null
  /** What an action is about: the selection, else the current one. */
  targets(): readonly MentionCard[]
  /** Goes to the next one as soon as a decision is made; hands back the way back for one that was refused. */
  moveOn?(): () => void
}

/** What an officer can do with mentions, as keys. */
export function useMentionKeys(actions: ReturnType<typeof useMentionActions>, list: MentionTargets): KeyBinding[] {
  const panel = useMentionPanel()
  const directory = useDirectory()
  const { t } = useWords()

  const deskOn = (key: number) => directory.desks.find((row) => row.desk.key === key)?.desk
  /** Waits for the desks where they are still being asked for. */
  function desksKnown(): Promise<void> {
    return new Promise((resolve) => {
      if (directory.ready) return resolve()
      const stop = watch(
        () => directory.ready,
        (ready) => {
          if (!ready) return
          stop()
          resolve()
        },
      )
    })
  }

  const some = () => list.current() !== null || list.targets().length > 0
  const run = (action: (cards: readonly MentionCard[]) => Promise<readonly MentionCard[]>) => () => {
    const cards = list.targets()
    if (!cards.length) return
    const back = list.moveOn?.()
    void action(cards).then((changed) => changed.length || back?.())
  }
  return [
    {
      keys: 'Enter',
      label: () => t('keys.open'),
      when: some,
      run: () => list.current() && panel.show(list.current()!),
    },
    { keys: 'e', label: () => t('keys.accept'), when: some, run: run(actions.accept) },
    {
      keys: 'r',
      label: () => t('keys.reply'),
      when: some,
      run: () => list.current() && panel.show(list.current()!, { reply: true }),
    },
    ...Array.from({ length: 9 }, (_, index): KeyBinding => {
      const key = index + 1
      return {
        keys: String(key),
        label: () => (deskOn(key) ? t('keys.routeTo', { desk: deskOn(key)!.name }) : ''),
        when: () => some() && (deskOn(key) !== undefined || !directory.ready),
        run: run(async (cards) => {
          await desksKnown()
          const desk = deskOn(key)
          return desk ? actions.route(cards, desk.id) : []
        }),
      }
    }),
    { keys: '0', label: () => t('keys.noAction'), when: some, run: run((cards) => actions.close(cards, 'noAction')) },
    { keys: 's', label: () => t('keys.relabel'), when: some, run: () => panel.ask('relabel', [...list.targets()]) },
    { keys: 'i', label: () => t('keys.notAbout'), when: some, run: run(actions.notAbout) },
    { keys: 'm', label: () => t('keys.mute'), when: some, run: () => panel.ask('mute', [...list.targets()]) },
    {
      keys: 'p',
      label: () => t('keys.problem'),
      when: some,
      run: () => {
        const card = list.current()
        const id = card?.mention.id
        // Whoever has gone on by the time of the answer is not interrupted by it.
        if (card) void actions.openProblem(card, () => list.current()?.mention.id === id)
      },
    },
    { keys: 'u', label: () => t('keys.undo'), run: () => void actions.undo() },
  ]
}
