import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * The folder of real data that lies beside the checkout and is never copied into it. null, and one line on the console,
 * when it is not there: tests that need it say so and are left out.
 */
export function dataFolder(what: string): string | null {
  const folder = process.env['EARSHOT_DATA'] ?? resolve('../shared/data')
  const wanted = resolve(folder, what)
  if (existsSync(wanted)) return wanted
  console.warn(`Not run: ${what} of the data folder is not here (looked in ${folder}; set EARSHOT_DATA).`)
  return null
}
