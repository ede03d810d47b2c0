import type { MentionCard } from '#shared/model/mention-card.ts'
import { useClient } from '#renderer/client/station.ts'
import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

/** `p`: these mentions are the same problem as another, or one of their own. What an officer says here stays said. */
export function useProblemMove() {
  const client = useClient()
  const actions = useUndo()
  const { show } = useToasts()
  const { t } = useWords()

  /** Takes mentions out of the problem they are in; where `into` is given they become part of that one. */
  return async function sameProblem(cards: readonly MentionCard[], into: string | null) {
    const undos: number[] = []
    let name = ''
    try {
      const byProblem = new Map<string, { mentions: string[]; size: number }>()
      for (const { mention } of cards) {
        const problem = await client.problems.ofMention({ mentionId: mention.id })
        if (!problem || problem.id === into) continue
        const group = byProblem.get(problem.id) ?? { mentions: [], size: problem.mentions }
        group.mentions.push(mention.id)
        byProblem.set(problem.id, group)
      }
      for (const [from, { mentions, size }] of byProblem) {
        let part = from
        if (mentions.length < size) {
          const split = await client.problems.split({ id: from, mentionIds: mentions })
          undos.push(split.undo)
          part = split.problem.id
          name = split.problem.label
        }
        if (into !== null) undos.push((await client.problems.merge({ id: part, into })).undo)
      }
      if (into !== null) name = (await client.problems.get({ id: into })).label
    } catch (error) {
      actions.refuse(error)
    }
    if (undos.length === 0) {
      show({ kind: 'note', text: t('board.problem.nothing') })
      return
    }
    const text = t('board.problem.moved', { name })
    actions.remember({ text, undo: () => actions.undoEntries(undos.toReversed()) })
  }
}
