import { useQuery } from '#renderer/client/use-query.ts'
import type { Crisis } from '#shared/model/crisis.ts'

/** While it runs it is counted again and again; one that is over stays as it was. */
export const useCrisisNumbers = (crisis: () => Crisis, changes: () => number) =>
  useQuery((client, signal) => client.crises.numbers({ id: crisis().id }, { signal }), {
    watch: [() => crisis().alertIds.join(), () => crisis().state, changes],
    everyMs: 15_000,
  })
