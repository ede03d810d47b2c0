/** So many neighbours in `seq` make a block of the zone map (migration 0010). */
export const BLOCK_SIZE = 4096
export const blockOf = (seq: number): number => Math.floor(seq / BLOCK_SIZE)
