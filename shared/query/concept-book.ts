import { conceptLanguages, labelOfPhrase, readConceptLines, type ConceptEntry } from './concept-lines.ts'
import { foldValue } from './fold.ts'

/** Entries by their ids and by every label, folded; several entries may be called alike. */
type Book = ReadonlyMap<string, readonly ConceptEntry[]>

let read: () => readonly { name: string; content: string }[] = () => []
let book: Book | null = null

/** Where this thread finds the lexicon's lines, which are read when a query first asks for a concept. */
export function useConceptLines(lines: () => readonly { name: string; content: string }[]): void {
  read = lines
  book = null
}

const plain = (name: string): string => foldValue(name).replace(/[-_\s]+/g, ' ')

function load(): Book {
  const made = new Map<string, ConceptEntry[]>()
  for (const { name, content } of read()) {
    for (const entry of readConceptLines(content, name)) {
      // A general word is nothing that a person searches for as a concept.
      if (entry.kind === 'word') continue
      const labels = entry.phrases.flatMap(([label]) => (label === undefined ? [] : labelOfPhrase(label)))
      for (const called of new Set([entry.id, ...labels].map(plain)))
        made.set(called, [...(made.get(called) ?? []), entry])
    }
  }
  return made
}

/** Parts and symptoms that are called so, by id or by their label in any language; empty: none is. */
export const conceptsCalled = (name: string): readonly ConceptEntry[] => (book ??= load()).get(plain(name)) ?? []

/** Parts and symptoms with a name that begins so, at most `most`: for somebody who wrote one that there is not. */
export function conceptsBeginning(start: string, most: number): ConceptEntry[] {
  const found = new Set<ConceptEntry>()
  const wanted = plain(start)
  for (const [called, entries] of (book ??= load())) {
    if (found.size >= most) break
    if (called.startsWith(wanted)) for (const entry of entries) found.add(entry)
  }
  return [...found].slice(0, most)
}

/** Ids of the parts that are called so. */
export const partsCalled = (name: string): string[] =>
  conceptsCalled(name).flatMap(({ kind, id }) => (kind === 'part' ? [id] : []))

/** What a concept is called in a language that is read here; null: nothing is called so. */
export function conceptLabel(name: string, language: string): string | null {
  const [entry] = conceptsCalled(name)
  const label = entry?.phrases[conceptLanguages.findIndex((lang) => lang === language)]?.[0]
  return label === undefined ? null : labelOfPhrase(label)
}
