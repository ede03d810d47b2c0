import type { Case } from '#shared/model/case.ts'
import type { CommandName, DoneInput } from '#shared/model/command.ts'

type Expected = { [N in CommandName]?: (input: DoneInput<N>, now: number) => Partial<Case> }

/** What a command will come to, shown before the station has confirmed it. Of the others nothing is pretended. */
const expected: Expected = {
  route: ({ deskId }, now) => ({ state: 'routed', deskId, held: false, routedAt: now }),
  accept: (_input, now) => ({ state: 'accepted', acceptedAt: now }),
  close: ({ reason }, now) => ({ state: 'closed', closedAt: now, closeReason: reason }),
  prioritise: ({ priority }) => ({ priority }),
  assign: ({ personId }) => ({ officerId: personId }),
  // What leaves through a network is shown as answered when the network took it, not before.
  reply: ({ way }, now) => (way === 'elsewhere' ? { state: 'replied', repliedAt: now } : {}),
  confirm: (_input, now) => ({ confirmedAt: now }),
}

export const expectedOf = <N extends CommandName>(name: N, input: DoneInput<N>, now: number): Partial<Case> =>
  expected[name]?.(input, now) ?? {}
