import type { CannedReply } from '#shared/model/canned.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Rule } from '#shared/model/rule.ts'
import type { Language } from '#shared/model/settings.ts'
import { starterDesks } from './desks.ts'
import { starterRules } from './rules.ts'
import { germanDesks, germanGroups, germanReplies, germanRules } from './german.ts'
import { starterReplies } from './replies.ts'

/** Both names of everything that a new station starts with: `[English, German]`, by id. */
const deskTexts = new Map(
  starterDesks('UTC').map(({ id, name, purpose }) => [id, { en: { name, purpose }, de: germanDesks[id] ?? { name, purpose } }]), // prettier-ignore
)
const ruleTexts = new Map(
  starterRules().map(({ id, name, group }) => [
    id,
    { en: { name, group }, de: { name: germanRules[id] ?? name, group: germanGroups[group] ?? group } },
  ]),
)
const replyTexts = new Map(
  starterReplies.map(({ id, name }) => [id, { en: { name }, de: { name: germanReplies[name] ?? name } }]),
)

/**
 * The text in the wanted language, when `now` is still as it came in another one; undefined: an officer changed it, or it
 * is no starter, or there is nothing to do.
 */
function spoken<Text extends object>(
  texts: ReadonlyMap<string, Record<Language, Text>>,
  id: string,
  now: Text,
  language: Language,
): Text | undefined {
  const known = texts.get(id)
  if (known === undefined) return undefined
  const keys = Object.keys(known.en) as (keyof Text)[]
  const is = (text: Text): boolean => keys.every((key) => now[key] === text[key])
  return !is(known[language]) && Object.values(known).some(is) ? known[language] : undefined
}

export const spokenDesk = (desk: Desk, language: Language): Desk => ({
  ...desk,
  ...spoken(deskTexts, desk.id, { name: desk.name, purpose: desk.purpose }, language),
})
export const spokenRule = (rule: Rule, language: Language): Rule => ({
  ...rule,
  ...spoken(ruleTexts, rule.id, { name: rule.name, group: rule.group }, language),
})
export const spokenReply = (reply: CannedReply, language: Language): CannedReply => ({
  ...reply,
  ...spoken(replyTexts, reply.id, { name: reply.name }, language),
})

/** Renames starter desks, rules and replies that nobody has changed into the station's language. Each is journalled. */
export function speakStarters(
  rooms: {
    book: {
      desks(): readonly Desk[]
      rules(): readonly Rule[]
      save(desk: Desk, actor: Actor): unknown
      saveRule(rule: Rule, actor: Actor): unknown
    }
    replies: { canned(): readonly CannedReply[]; save(reply: CannedReply, actor: Actor): unknown }
  },
  language: Language,
  actor: Actor,
): void {
  const { book, replies } = rooms
  for (const desk of book.desks()) {
    const next = spokenDesk(desk, language)
    if (next.name !== desk.name || next.purpose !== desk.purpose) book.save(next, actor)
  }
  for (const rule of book.rules()) {
    const next = spokenRule(rule, language)
    if (next.name !== rule.name || next.group !== rule.group) book.saveRule(next, actor)
  }
  for (const reply of replies.canned()) {
    const next = spokenReply(reply, language)
    if (next.name !== reply.name) replies.save(next, actor)
  }
}
