import type { Crisis, CrisisCommandName } from '#shared/model/crisis.ts'
import type { Client } from '#renderer/client/client.ts'
import { useClient } from '#renderer/client/station.ts'
import { useUndo } from '#renderer/composables/control/useUndo.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

export type CrisisInputOf<N extends CrisisCommandName> = Omit<Parameters<Client['crises'][N]>[0], 'id'>
type StartInput = Parameters<Client['crises']['start']>[0]

/** What people do with a crisis; each is taken back with `u`. Gives the crisis as it is then, null when it was refused. */
export function useCrisisDeeds() {
  const client = useClient()
  const undoing = useUndo()
  const { t } = useWords()

  const doing = (name: string, call: () => Promise<{ crisis: Crisis; undo: number }>): Promise<Crisis | null> =>
    undoing.inTurn(async () => {
      try {
        const { crisis, undo } = await call()
        undoing.remember({
          text: t(`crisis.did.${name}`, { name: crisis.name }),
          undo: () => undoing.undoEntries([undo]),
        })
        return crisis
      } catch (error) {
        undoing.refuse(error)
        return null
      }
    })

  return {
    start: (input: StartInput) => doing('start', () => client.crises.start(input)),
    act<N extends CrisisCommandName>(name: N, id: string, input: CrisisInputOf<N>): Promise<Crisis | null> {
      const call = client.crises[name] as (input: object) => Promise<{ crisis: Crisis; undo: number }>
      return doing(name, () => call({ ...input, id }))
    },
    undo: undoing.undo,
  }
}
