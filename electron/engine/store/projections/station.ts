import type { Annotation } from '#shared/model/annotation.ts'
import type { CannedReply } from '#shared/model/canned.ts'
import type { Category } from '#shared/model/category.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Channel } from '#shared/model/handoff.ts'
import type { Listen } from '#shared/model/listen.ts'
import type { Person } from '#shared/model/person.ts'
import type { Rule } from '#shared/model/rule.ts'
import type { Settings } from '#shared/model/settings.ts'
import type { Shift } from '#shared/model/shift.ts'
import type { Source } from '#shared/model/source.ts'
import type { WallLayout } from '#shared/model/wall.ts'
import { removeAnnotation, writeAnnotation } from '#engine/store/queries/annotations.ts'
import { deleteCanned, writeCanned } from '#engine/store/queries/canned.ts'
import { deleteCategory, writeCategory } from '#engine/store/queries/categories.ts'
import { removeSeries, writeSeries, type StoredSeries } from '#engine/store/queries/counted.ts'
import { writeDesk } from '#engine/store/queries/desks.ts'
import { removeLayout, writeLayout } from '#engine/store/queries/layouts.ts'
import { markListenRemoved, writeListen } from '#engine/store/queries/listens.ts'
import { deleteChannel, writeChannel } from '#engine/store/queries/channels.ts'
import { writePerson } from '#engine/store/queries/people.ts'
import { removeRule, writeRule } from '#engine/store/queries/rules.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { writeShift } from '#engine/store/queries/shifts.ts'
import { removeSource, saveSource } from '#engine/store/queries/sources.ts'
import { things, type Projection } from './projection.ts'

export const desks = things<Desk>(writeDesk)
export const rules = things<Rule>(writeRule, removeRule)
export const people = things<Person>(writePerson)
export const canned = things<CannedReply>(writeCanned, deleteCanned)
export const listens = things<Listen>(writeListen, markListenRemoved)
export const annotations = things<Annotation>(writeAnnotation, removeAnnotation)
export const categories = things<Category>(writeCategory, deleteCategory)
export const countedSeries = things<StoredSeries>(writeSeries, removeSeries)
export const layouts = things<WallLayout>(writeLayout, removeLayout)
export const shifts = things<Shift>(writeShift)

/** Names of secrets that the keychain holds; never the secrets. */
const keysOf = (data: Record<string, unknown>): string[] => (data.secretKeys as string[] | undefined) ?? []

export const channels = things<Channel>(
  (db, channel, at, data) => writeChannel(db, { channel, secretKeys: keysOf(data) }, at),
  deleteChannel,
)
export const sources = things<Source>(
  (db, source, _at, data) => saveSource(db, { source, network: String(data.network), secretKeys: keysOf(data) }),
  removeSource,
)

export const settings: Projection = (db, { data }) => writeSettings(db, data as Partial<Settings>)
