import { cleanOfficerName } from '#shared/model/looker.ts'
import { keep, kept } from './kept.ts'

const KEY = 'earshot.officer'

/** The name under which somebody signed in on this browser; empty: nobody did, the station's own officer sits here. */
export const keptOfficerName = (): string => cleanOfficerName(kept(KEY) ?? '')
export const keepOfficerName = (name: string): void => keep(KEY, cleanOfficerName(name))
