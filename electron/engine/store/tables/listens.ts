import type { Listen } from '#shared/model/listen.ts'
import { fixed, flag, plain, tableOf, type Column } from '../table.ts'

const optional: Column<string | undefined> = {
  write: (value) => value ?? null,
  read: (kept) => (kept as string | null) ?? undefined,
}

export const listenTable = tableOf<Listen>()('listens', ['id'], {
  id: plain(),
  name: plain(),
  colour: plain(),
  query: plain(),
  about: optional,
  enabled: flag(),
  routed: flag(),
  createdAt: fixed(plain()),
  updatedAt: plain(),
})
