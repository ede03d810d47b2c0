import type { Alert, AlertCommandName } from '#shared/model/alert.ts'
import type { Client } from '#renderer/client/client.ts'
import { useClient } from '#renderer/client/station.ts'
import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { titleOf } from '#renderer/composables/words/alert-words.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

type Input<N extends AlertCommandName> = Omit<Parameters<Client['alerts'][N]>[0], 'id'>

/** What an officer does with an alert; each is taken back with `u`. Gives the alert as it is then, null when it was refused. */
export function useAlertDeeds() {
  const client = useClient()
  const undoing = useUndo()
  const words = useWords()
  const { t } = words

  const act = <N extends AlertCommandName>(name: N, alert: Alert, input: Input<N>): Promise<Alert | null> =>
    undoing.inTurn(async () => {
      try {
        const call = client.alerts[name] as (input: object) => Promise<{ alert: Alert; undo: number }>
        const { alert: now, undo } = await call({ ...input, id: alert.id })
        undoing.remember({
          text: t(`alerts.did.${name}`, { what: titleOf(now, words) }),
          undo: () => undoing.undoEntries([undo]),
        })
        return now
      } catch (error) {
        undoing.refuse(error)
        return null
      }
    })
  return { act, undo: undoing.undo }
}
