import type { MentionCard } from '#shared/model/mention-card.ts'
import type { CommandName, DoneInput } from '#shared/model/command.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

/** Which of a command's sentences says what was done, and what fills it besides the name of whom it was done for. */
type Saying = [sentence: string, values?: Record<string, string>]
type Sayings = { [N in CommandName]?: (input: DoneInput<N>) => Saying }

/** What an officer is told that they did. The words stand under `command` in the common catalogue. */
export function useSaid() {
  const directory = useDirectory()
  const { t } = useWords()
  const deskName = (id: string) => directory.deskById.get(id)?.desk.name ?? id

  const sayings: Sayings = {
    route: ({ deskId }) => ['did', { desk: deskName(deskId) }],
    close: ({ reason }) => ['did', { reason: t(`case.reason.${reason}`) }],
    prioritise: ({ priority }) => ['did', { priority: t(`case.priority.${priority}`) }],
    reply: ({ way }) => [way === 'elsewhere' ? 'did' : 'leaves'],
    approve: ({ approve }) => [approve ? 'did' : 'sentBack'],
    answerDesk: ({ text }) => [text === '' ? 'putAside' : 'did'],
  }

  /** One by name, more by number. */
  function who(cards: readonly MentionCard[]): string {
    const [first] = cards
    if (cards.length === 1)
      return first!.mention.author?.name || first!.mention.author?.handle || t('mention.unknownAuthor')
    return t(cards.every((card) => card.case) ? 'action.cases' : 'action.count', { n: cards.length })
  }
  function said<N extends CommandName>(name: N, cards: readonly MentionCard[], input: DoneInput<N>, more = {}): string {
    const [sentence, values] = sayings[name]?.(input) ?? ['did']
    return t(`command.${name}.${sentence}`, { who: who(cards), ...values, ...more })
  }
  return { who, said }
}
