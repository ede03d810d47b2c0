import { withoutSentence } from '#shared/util/text-ends.ts'

/** Marks of links, handles and tags in a text, as lexicon app.bsky.richtext.facet wants them: by UTF-8 bytes. */
export interface Facet {
  index: { byteStart: number; byteEnd: number }
  features: (
    | { $type: 'app.bsky.richtext.facet#link'; uri: string }
    | { $type: 'app.bsky.richtext.facet#mention'; did: string }
    | { $type: 'app.bsky.richtext.facet#tag'; tag: string }
  )[]
}

const LINK = /(?<![\w/])https?:\/\/[^\s<>"'“”]+/gi
/** atproto.com/specs/handle, after an @. */
const HANDLE =
  /(?<![\w@./])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\w-]|\.\w)/gi
const TAG = /(?<![\p{L}\p{N}_#&/])#(?!\p{N}+(?![\p{L}\p{N}_]))([\p{L}\p{M}\p{N}_]{1,64})(?![\p{L}\p{M}\p{N}_])/gu
/** Handles that are looked up for one text. */
const MOST_HANDLES = 10

/** Marks of the sentence that an address stands in. */
const MARKS = '.,;:!?…\'"»'

/** `resolve`: a handle's DID; null: nobody has it, then it stays plain text. */
export async function facetsOf(text: string, resolve: (handle: string) => Promise<string | null>): Promise<Facet[]> {
  const facets: Facet[] = []
  const taken: [number, number][] = []
  const add = (start: number, words: string, feature: Facet['features'][number]): void => {
    const byteStart = Buffer.byteLength(text.slice(0, start))
    taken.push([start, start + words.length])
    facets.push({ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(words) }, features: [feature] })
  }
  const isFree = (start: number): boolean => taken.every(([from, to]) => start < from || start >= to)
  for (const match of text.matchAll(LINK)) {
    const link = withoutSentence(match[0], MARKS)
    if (URL.canParse(link)) add(match.index, link, { $type: 'app.bsky.richtext.facet#link', uri: link })
  }
  let asked = 0
  for (const match of text.matchAll(HANDLE)) {
    if (!isFree(match.index) || asked++ >= MOST_HANDLES) continue
    const did = await resolve((match[1] as string).toLowerCase())
    if (did !== null) add(match.index, match[0], { $type: 'app.bsky.richtext.facet#mention', did })
  }
  for (const match of text.matchAll(TAG)) {
    if (isFree(match.index))
      add(match.index, match[0], { $type: 'app.bsky.richtext.facet#tag', tag: match[1] as string })
  }
  return facets.sort((a, b) => a.index.byteStart - b.index.byteStart)
}
