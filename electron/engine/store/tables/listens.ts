import type { Listen } from '#shared/model/listen.ts'
import { fixed, flag, plain, tableOf } from '../table.ts'

export const listenTable = tableOf<Listen>()('listens', ['id'], {
  id: plain(),
  name: plain(),
  colour: plain(),
  query: plain(),
  enabled: flag(),
  routed: flag(),
  createdAt: fixed(plain()),
  updatedAt: plain(),
})
