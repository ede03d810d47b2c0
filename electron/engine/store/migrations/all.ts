import type { Migration } from './migration.ts'

/** Every migration in ascending order of version; a test holds it to that. */
export const migrations: readonly Migration[] = []
