import { createHash } from 'node:crypto'
import type { Draft } from '#shared/model/mention.ts'

type Letter = Pick<Draft, 'author' | 'text' | 'publishedAt'>

/**
 * Whether two mails of one Message-ID are one that was read twice: two of writer, words and time agree. Forms and shops give
 * every mail the same id, and a folder that is read again may know its writer or words better than the first look did.
 */
export function isSameLetter(a: Letter, b: Letter): boolean {
  const agree = [a.author?.id === b.author?.id, a.text === b.text, a.publishedAt === b.publishedAt]
  return agree.filter(Boolean).length >= 2
}

/** An id for a mail whose own one belongs to another: the same at every look. */
export const idApart = ({ externalId, author, text }: Pick<Draft, 'externalId' | 'author' | 'text'>): string => {
  const own = createHash('sha256').update(JSON.stringify([author?.id ?? '', text]))
  return `${externalId}#${own.digest('hex').slice(0, 12)}`
}
