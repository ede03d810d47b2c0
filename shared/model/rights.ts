/**
 * What somebody who may only look gets of a field. Of a call they get what the contract says; of what it gives back, a
 * field that says nothing is shown.
 * - `hidden`: never; it comes empty
 * - `private`: not of what was written to the company alone
 * - `name`: as `private`, nor while names are covered on walls
 * - `initial`: as `name`, and then its first letter instead, enough to see that two are not the same
 */
export type Covered = 'hidden' | 'private' | 'name' | 'initial'

declare module 'zod' {
  interface GlobalMeta {
    /** Of a field: when a wall does not get it. */
    wall?: Covered
    /** Beside `wall`: it is shown all the same when this field of the same object is not null. */
    shownWith?: string
    /**
     * Of an object: where it says whether it is private, e.g. `mention.private`. A path that ends in `mentionId` names the
     * mention that says so; without a mention it is not.
     */
    privateBy?: string
  }
}
