import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/contract.ts'

/** Everything the engine offers, typed from the contract: `client.mentions.page({…}, { signal })`. */
export type Client = ContractRouterClient<Contract>
type Output<T> = T extends (...args: never[]) => Promise<infer R> ? R : never
export type Hello = Output<Client['station']['hello']>
export type ListenRow = Output<Client['listens']['list']>[number]
export type DeskRow = Output<Client['desks']['list']>[number]
export type SourceRow = Output<Client['sources']['list']>[number]

/** A way to the engine: hands over a client every time a connection stands and says when it is lost. */
export interface Transport {
  start(events: { open(client: Client): void; lost(reason: LostReason): void }): void
  /** Try now instead of waiting for the next attempt. */
  retry(): void
  stop(): void
}
/** `refused`: the station knows us not (any more); trying again by itself will not help. */
export type LostReason = 'gone' | 'refused'
