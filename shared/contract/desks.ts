import { z } from 'zod'
import { Desk, DeskDraft } from '#shared/model/desk.ts'
import { Explanation, Rule, RuleDraft } from '#shared/model/rule.ts'
import { read, write } from './base.ts'

export const desks = {
  list: read.output(z.array(z.object({ desk: Desk, open: z.number().int(), overdue: z.number().int(), isOpen: z.boolean(), medianReplyMinutes: z.number().nullable() }))),
  save: write.input(DeskDraft).output(Desk),
  archive: write.input(z.object({ id: z.string() })).output(Desk),
  rules: read.output(z.array(Rule)),
  saveRule: write.input(RuleDraft).output(Rule),
  removeRule: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  orderRules: write.input(z.object({ ids: z.array(z.string()) })).output(z.array(Rule)),
  /** What the rules would do with a stored mention now, without doing it. */
  explain: read.input(z.object({ mentionId: z.string() })).output(Explanation),
}
