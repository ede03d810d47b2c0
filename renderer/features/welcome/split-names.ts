import { cut } from '#shared/util/text-length.ts'

/** Names written with commas, semicolons or line breaks between them: trimmed, no doubles (case ignored), at most 50. */
export function splitNames(text: string): string[] {
  const seen = new Set<string>()
  const names: string[] = []
  for (const part of text.split(/[,;\n]/)) {
    const name = cut(part.trim(), 200)
    const key = name.toLocaleLowerCase()
    if (!name || seen.has(key)) continue
    seen.add(key)
    names.push(name)
  }
  return names.slice(0, 50)
}
