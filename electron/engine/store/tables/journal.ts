import { plain, table } from '../table.ts'

/** Entries under their columns' names: the chain's hashes are over these. The hash itself stands beside them. */
export const journalTable = table('journal', ['seq'], {
  seq: plain<number>(),
  at: plain<number>(),
  kind: plain<string>(),
  actor_kind: plain<string>(),
  actor_id: plain<string>(),
  actor_name: plain<string>(),
  mention_id: plain<string | null>(),
  case_id: plain<string | null>(),
  data: plain<string>(),
  hash: plain<Uint8Array>(),
})
