import type { Command } from './command.ts'

/** Every command by name. Loaded when called: `search` need not wait for a web server, nor `serve` for a trainer. */
export const commands: Record<string, () => Promise<Command>> = {
  import: async () => (await import('./import.ts')).importCommand,
  search: async () => (await import('./search.ts')).searchCommand,
  stats: async () => (await import('./stats.ts')).statsCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  link: async () => (await import('./link.ts')).linkCommand,
  listen: async () => (await import('./listen.ts')).listenCommand,
  alerts: async () => (await import('./alerts.ts')).alertsCommand,
  series: async () => (await import('./series.ts')).seriesCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  secrets: async () => (await import('./secrets.ts')).secretsCommand,
  evaluate: async () => (await import('#laboratory/evaluate.ts')).evaluateCommand,
  train: async () => (await import('#laboratory/train.ts')).trainCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
}
