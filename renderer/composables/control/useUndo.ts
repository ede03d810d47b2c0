import type { MentionCard } from '#shared/model/mention-card.ts'
import { useClient } from '#renderer/client/station.ts'
import { isOvertaken, toProblem } from '#renderer/client/wire-error.ts'
import { useDeeds, type Deed } from '#renderer/stores/deeds.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

/** What was done on this page, in whatever view, and the way back. Long: short steps over the same stores and words. */
export function useUndo() {
  const client = useClient()
  const deeds = useDeeds()
  const { announce, inTurn } = deeds
  const toasts = useToasts()
  const { t, say } = useWords()

  /** Takes back entries of the journal, in the order given. Gives the last card that changed. */
  async function undoEntries(entries: readonly number[]) {
    let card: MentionCard | null = null
    let cannot: string | null = null
    for (const entry of entries) {
      const answer = await client.cases.undo({ entry })
      cannot ??= answer.cannot && say(answer.cannot)
      if (answer.card) announce((card = answer.card))
    }
    return { card, cannot }
  }

  function remember(item: Omit<Deed, 'toast'>) {
    const toast = toasts.show({
      kind: 'done',
      text: item.text,
      action: { label: t('common.undo'), key: 'u', run: () => void undo() },
    })
    deeds.add({ ...item, toast })
  }

  function refuse(error: unknown) {
    const problem = toProblem(error)
    const text =
      problem.kind === 'lost'
        ? t('action.lost')
        : isOvertaken(problem)
          ? t('action.conflict', { message: problem.message })
          : problem.message
    toasts.show({ kind: 'problem', text })
  }

  /** Takes back one entry of the journal that a person chose, and says so. `what`: the entry in words. */
  async function takeBack(entry: number, what: string): Promise<boolean> {
    try {
      const { cannot } = await undoEntries([entry])
      toasts.show({
        kind: cannot ? 'problem' : 'note',
        text: cannot ? t('action.undoneExcept', { what, cannot }) : t('action.undone', { what }),
      })
      return true
    } catch (error) {
      refuse(error)
      return false
    }
  }

  /**
   * Takes back the last thing done on this page, in whatever view, also where the station has yet to answer. Gives the
   * card that it was about, when there is one.
   */
  const undo = (): Promise<MentionCard | null> => inTurn(undoNow)
  async function undoNow(): Promise<MentionCard | null> {
    const last = deeds.take()
    if (!last) {
      toasts.show({ kind: 'note', text: t('action.nothingToUndo') })
      return null
    }
    // Its own offer would now take back what was done before it.
    toasts.dismiss(last.toast)
    try {
      const { card, cannot } = await last.undo()
      toasts.show({
        kind: cannot ? 'problem' : 'note',
        text: cannot ? t('action.undoneExcept', { what: last.text, cannot }) : t('action.undone', { what: last.text }),
      })
      return card
    } catch (error) {
      const problem = toProblem(error)
      if (problem.kind === 'lost' || problem.kind === 'operational') deeds.add(last)
      refuse(error)
      return null
    }
  }

  return { undo, undoEntries, takeBack, remember, refuse, inTurn }
}
