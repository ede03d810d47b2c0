import type { Said, SaidValue } from '#shared/model/said.ts'
import type { en } from './en/index.ts'

/** A sentence that stands in every catalogue. */
export type Code = keyof typeof en

/** A sentence with what fills its holes. */
export const said = (code: Code, values?: Record<string, SaidValue>): Said => (values ? { code, values } : { code })

/** A sentence by its code alone, or as it is. */
export const sentence = (what: Code | Said): Said => (typeof what === 'string' ? said(what) : what)

/** What a person, a network or an older Earshot wrote: shown as it is in every language. */
export const asWritten = (text: string): Said => said('asWritten', { text })

/** Two sentences, one after the other. */
export const both = (first: Said, second: Said): Said => said('both', { first, second })

/** `a, b, c` */
export const commas = (parts: readonly SaidValue[]): SaidValue =>
  parts.reduce((first, second) => (first === '' ? second : said('comma', { first, second })), '')

/** As a column of the store keeps it. */
export const saidToText = (what: Said | null): string | null => (what === null ? null : JSON.stringify(what))

/** Reads such a column. An older Earshot kept the English sentence there. */
export function saidFromText(text: string | null): Said | null {
  if (text === null) return null
  return text.startsWith('{"code":') ? (JSON.parse(text) as Said) : asWritten(text)
}
