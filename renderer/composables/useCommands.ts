import { onScopeDispose, shallowReactive } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

/** Something the palette can do. `keys` is shown beside it. */
export interface Command {
  id: string
  label: MaybeRefOrGetter<string>
  /** Heading and further words to be found by. */
  group: MaybeRefOrGetter<string>
  words?: MaybeRefOrGetter<string>
  keys?: string
  when?: () => boolean
  run(): void
}

const commands = shallowReactive<Command[]>([])
export const allCommands = (): readonly Command[] => commands.filter((command) => command.when?.() !== false)

/** Offers commands in the palette while the calling scope lives. */
export function useCommands(more: readonly Command[]) {
  commands.push(...more)
  onScopeDispose(() => {
    for (const command of more) {
      const at = commands.indexOf(command)
      if (at >= 0) commands.splice(at, 1)
    }
  })
}
