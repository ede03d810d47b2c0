import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir } from '../data-dir.ts'
import { UsageError } from '../say-failure.ts'
import type { Arguments, Command } from './command.ts'

const everywhere = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Reads what follows a command's name. Throws parseArgs' own error for an unknown option. */
export function readArguments(command: Command, argv: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { ...command.options, ...everywhere },
    allowPositionals: true,
  })
  const data = values.data as string | undefined
  const dataDir = resolve(data ?? defaultDataDir({ platform: process.platform, env: process.env, home: homedir() }))
  return { words: positionals, options: values, dataDir }
}

/** A text option, or undefined when it was not given. */
export const textOption = (args: Arguments, name: string): string | undefined => {
  const value = args.options[name]
  return typeof value === 'string' ? value : undefined
}

/** All values of an option that may be given several times. */
export const listOption = (args: Arguments, name: string): string[] => {
  const value = args.options[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** A whole number within limits, or `initial`. */
export function numberOption(args: Arguments, name: string, initial: number, least: number, most: number): number {
  const text = textOption(args, name)
  if (text === undefined) return initial
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`)
  }
  return value
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `60s`, `5m`, `1h`, `250ms`; a bare number counts seconds. Milliseconds. */
export function durationOption(args: Arguments, name: string, initial: number): number {
  const text = textOption(args, name)
  if (text === undefined) return initial
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text) ?? []
  const ms = Number(digits) * (units[unit] ?? Number.NaN)
  if (!Number.isFinite(ms) || ms <= 0)
    throw new UsageError(`--${name} takes a length of time such as 60s, 5m or 1h, not "${text}".`)
  return ms
}

/** A date or a date with time in ISO 8601; without a zone it is local time. Milliseconds since 1970. */
export function instantOption(args: Arguments, name: string): number | null {
  const text = textOption(args, name)
  if (text === undefined) return null
  const ms = /^\d{4}-\d{2}-\d{2}([T ].+)?$/.test(text)
    ? new Date(text.includes('T') || text.includes(' ') ? text : `${text}T00:00`).getTime()
    : Number.NaN
  if (Number.isNaN(ms))
    throw new UsageError(`--${name} takes a date such as 2026-03-01 or 2026-03-01T09:30Z, not "${text}".`)
  return ms
}

/** The one word that a command needs. */
export function onlyWord(args: Arguments, what: string): string {
  const [word, ...others] = args.words
  if (word === undefined || word === '') throw new UsageError(`${what[0]?.toUpperCase()}${what.slice(1)} is missing.`)
  if (others.length > 0)
    throw new UsageError(`"${others[0]}" is one word too many; put quotes around ${what} when it has spaces.`)
  return word
}

export function noWords(args: Arguments): void {
  if (args.words.length > 0) throw new UsageError(`"${args.words[0]}" is not an option of this command.`)
}
