import type { Shift } from '#shared/model/shift.ts'
import { plain, tableOf } from '../table.ts'

export const shiftTable = tableOf<Shift>()('shifts', ['id'], {
  id: plain(),
  name: plain(),
  officer: plain(),
  startedAt: plain(),
  endedAt: plain(),
  note: plain(),
})
