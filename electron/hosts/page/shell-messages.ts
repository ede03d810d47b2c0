import type { Role } from '#shared/contract/station.ts'

/** From the desktop shell to the engine's process. `connect` travels with one end of a MessageChannel. */
export type ToEngine =
  | { type: 'start'; dataDir: string; root: string; sample: boolean; version: string }
  | { type: 'connect'; role: Role }
  | { type: 'suspend' }
  | { type: 'resume' }
  | { type: 'stop' }

/** From the engine's process to the shell. Counts and texts of our own only: the shell never sees a mention. */
export type FromEngine =
  | { type: 'ready' }
  | { type: 'failed'; message: string }
  | { type: 'attention'; undecided: number; overdue: number; alerts: number }
  | { type: 'stopped' }

/** Names of the messages between page, preload and shell; the page's side is renderer/client/port-transport.ts. */
export const wantPort = 'earshot:want-port'
export const hereIsPort = 'earshot:port'
