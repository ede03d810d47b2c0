import { finish, HASH_START, step } from './hash.ts'

/** Tells one set of weights from another: eight hexadecimal digits over all their bytes, in order. */
export function editionOf(files: readonly Uint8Array[]): string {
  let hash: number = HASH_START
  for (const { buffer, byteOffset, byteLength } of files.map(aligned)) {
    const whole = byteLength >> 2
    for (const unit of new Uint32Array(buffer, byteOffset, whole)) hash = step(hash, unit)
    for (const unit of new Uint8Array(buffer, byteOffset + whole * 4)) hash = step(hash, unit)
    hash = step(hash, byteLength)
  }
  return finish(hash).toString(16).padStart(8, '0')
}

/** Only an array that begins at a multiple of four can be read by fours; its buffer ends where it does. */
const aligned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteOffset % 4 === 0 && bytes.byteOffset + bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
