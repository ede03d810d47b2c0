import { z } from 'zod'

/** What stands in a hole of a sentence: a name, a number, or something that is said itself. */
export type SaidValue = string | number | Said

/**
 * Something that Earshot says, before it is in any language: the code of a sentence in the catalogues of shared/words and
 * what fills its holes. Whoever shows it has it in words there.
 */
export interface Said {
  code: string
  values?: Record<string, SaidValue> | undefined
}

export const Said: z.ZodType<Said, Said> = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => Said)])).optional(),
})
