import { computed, type ComputedRef } from 'vue'

/**
 * What is open while nobody chose: the first of the list as it came, and still that one after the list was narrowed,
 * sorted anew or got another first. Else what somebody reads or writes would be exchanged under them.
 */
export const useFirst = (ids: () => readonly string[], has: (id: string) => boolean): ComputedRef<string | null> =>
  computed<string | null>((before) => (before != null && has(before) ? before : (ids()[0] ?? null)))
