import { german } from './messages-de.ts'
import { english } from './messages-en.ts'

export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

/** What the query language says to people. The German texts have the same shape; a missing one does not compile. */
export type Messages = typeof english

export const messagesOf = (locale: Locale): Messages => (locale === 'de' ? german : english)
