import type { CannedReply } from '#shared/model/canned.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Rule } from '#shared/model/rule.ts'
import { en } from '#shared/words/en/index.ts'
import { catalogues } from '#shared/words/catalogues.ts'
import { languages, type Language } from '#shared/words/languages.ts'
import type { Code } from '#shared/words/said.ts'
import { starterGroups } from './rules.ts'

/**
 * A starter with its texts in the wanted language, when they are still as they came in another one; else itself: an officer
 * changed it, it is no starter, or there is nothing to do. `codes`: where each text stands in the catalogues.
 */
function spoken<Thing extends object>(
  thing: Thing,
  codes: { [Field in keyof Thing]?: string },
  language: Language,
): Thing {
  const fields = Object.entries(codes) as [keyof Thing, Code][]
  if (!fields.every(([, code]) => Object.hasOwn(en, code))) return thing
  const speaks = (one: Language): boolean => fields.every(([field, code]) => thing[field] === catalogues[one][code])
  if (speaks(language) || !languages.some(speaks)) return thing
  return { ...thing, ...Object.fromEntries(fields.map(([field, code]) => [field, catalogues[language][code]])) }
}

/** Renames starter desks, rules and replies that nobody has changed into the station's language. Each is journalled. */
export function speakStarters(
  rooms: {
    book: {
      desks(): readonly Desk[]
      rules(): readonly Rule[]
      save(desk: Desk, actor: Actor): unknown
      saveRule(rule: Rule, actor: Actor): unknown
    }
    canned: { all(): readonly CannedReply[]; save(reply: CannedReply, actor: Actor): unknown }
  },
  language: Language,
  actor: Actor,
): void {
  const { book, canned } = rooms
  for (const desk of book.desks()) {
    const next = spoken(desk, { name: `starter.${desk.id}`, purpose: `starter.${desk.id}_for` }, language)
    if (next !== desk) book.save(next, actor)
  }
  for (const rule of book.rules()) {
    const group = `starter.group_${starterGroups.get(rule.id)}`
    const next = spoken(rule, { name: `starter.${rule.id}`, group }, language)
    if (next !== rule) book.saveRule(next, actor)
  }
  for (const reply of canned.all()) {
    const next = spoken(reply, { name: `starter.${reply.id.slice(0, reply.id.lastIndexOf('_'))}` }, language)
    if (next !== reply) canned.save(next, actor)
  }
}
