/** Collects the chunks of an export and offers them as a file. `name` is cleaned of what a file name may not hold. */
export async function saveChunks(chunks: AsyncIterable<string>, name: string, type: string): Promise<number> {
  const parts: string[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    bytes += chunk.length
  }
  offer(new Blob(parts, { type }), name)
  return bytes
}

/** Offers a text as a file; `type` without a charset, it is UTF-8. */
export const saveText = (text: string, name: string, type: string): void =>
  offer(new Blob([text], { type: `${type};charset=utf-8` }), name)

function offer(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(name)
  link.click()
  // The browser has taken the data over once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A name that every file system takes: letters, digits, dot, dash and underscore, at most 100 of them. */
export function fileName(name: string): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  const clean = stem
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100)
  return `${clean || 'earshot'}${ending}`
}
