import { fileBytes } from '#engine/platform/file-bytes.ts'
import { createEncoder, type Encoder } from './encoder.ts'

/** `encode` of the encoder in a file, which is read when it is first asked; null: there is none there. */
export function openEncoder(path: string): ((text: string) => Float32Array) | null {
  let encoder: Encoder | null = null
  let bytes = fileBytes(path)
  if (bytes === null) return null
  return (text) => {
    encoder ??= createEncoder(bytes!)
    bytes = null
    return encoder.encode(text)
  }
}
