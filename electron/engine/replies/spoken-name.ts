import type { Mention } from '#shared/model/mention.ts'
import { graphemes } from '#shared/util/text-length.ts'
import { hasPlaceholder } from '#shared/util/placeholders.ts'

/** A longer one is a message, no name. */
const NAME_MOST = 50
const ADDRESS = /:\/\/|\bwww\.|\bhxxp|[\p{L}\p{N}-]\.\p{L}{2,}|[/\\]|\b(dot|punkt)\b\s*\p{L}{2,}$/iu
const MARKUP = /[@#{}[\]<>|$%^~*_`=]/u
/** Three digits are the begin of a number to call; fewer are a year of birth or a second Ana. */
const NUMBER = /\p{Nd}(?:[\s().+-]*\p{Nd}){2}/u

/** As networks write accounts: one word, with its server. */
const HANDLE = /^(?:@|u\/|\/u\/)?[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]*(?:@[\p{L}\p{N}][\p{L}\p{N}.-]*)?$/u

/**
 * How a customer is spoken to in our voice. A display name is free text: one that holds an address, an account, a number to call, markup
 * or a placeholder would become ours, so the handle stands in. null: neither can be said.
 */
export function spokenName(author: Mention['author']): string | null {
  if (author === null) return null
  const name = plain(author.name ?? '')
  const isName = name !== '' && graphemes(name) <= NAME_MOST && !/^[\p{P}\p{S}\s]+$/u.test(name)
  if (isName && !ADDRESS.test(name) && !MARKUP.test(name) && !NUMBER.test(name) && !hasPlaceholder(name)) return name
  const handle = author.handle.trim()
  return HANDLE.test(handle) ? handle : null
}

/** Full width and other disguises undone, invisible marks left out (but for what joins an emoji), on one line. */
const plain = (name: string): string =>
  name
    .toWellFormed()
    .normalize('NFKC')
    .replace(/(?!\u200d)[\p{Cf}]/gu, '')
    .replace(/[。｡]/g, '.')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
