import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useChosen } from './useChosen.ts'

/** What `ListEditor` shows and does: which entry is open, and what follows once one was saved or taken away. */
export function useListEditor<Draft extends object>(
  options: Parameters<typeof useChosen<Draft>>[0] & { refresh: () => Promise<void> },
) {
  const actions = useUndo()
  const { show } = useToasts()
  const chosen = useChosen<Draft>(options)
  return {
    ...chosen,
    saved: (id: string) => chosen.saved(id, options.refresh),
    /** Removes or archives. `done`: what is said then, or what is done instead of saying it. */
    async takeAway<T>(id: string, work: () => Promise<T>, done: string | ((answer: T) => void)): Promise<void> {
      try {
        const answer = await work()
        if (typeof done === 'string') show({ kind: 'done', text: done })
        else done(answer)
        chosen.close(id)
        await options.refresh()
      } catch (error) {
        actions.refuse(error)
      }
    },
  }
}
export type ListEditing = Pick<
  ReturnType<typeof useListEditor<object>>,
  'start' | 'selectedId' | 'open' | 'move' | 'startNew'
>
