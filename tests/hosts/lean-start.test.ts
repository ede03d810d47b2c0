import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { projectRoot } from '#tests/support/engine.ts'

/** Prints every package that the engine's modules load before anything is asked of them. */
const script = `
import { registerHooks } from 'node:module'
const asked = new Set()
registerHooks({
  resolve(specifier, context, next) {
    if (!context.parentURL?.includes('node_modules')) asked.add(specifier)
    return next(specifier, context)
  },
})
await import('#hosts/system.ts')
await import('#engine/engine.ts')
await import('#engine/connectors/registry.ts')
console.log(JSON.stringify([...asked]))
`

it('a station without a mailbox starts without the libraries for mail', async () => {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: projectRoot })
  const asked = JSON.parse(stdout) as string[]
  expect(asked).toEqual(expect.arrayContaining(['undici', 'better-sqlite3', './email/email.ts']))
  expect(asked.filter((name) => ['imapflow', 'nodemailer', 'postal-mime'].includes(name))).toEqual([])
})
