import { german } from './messages-de.ts'
import { english, type Messages } from './messages-en.ts'

export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

export type { Messages }

export const messagesOf = (locale: Locale): Messages => (locale === 'de' ? german : english)
