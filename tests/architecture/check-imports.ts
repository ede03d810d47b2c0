import { readFileSync } from 'node:fs'
import { violations } from './imports.ts'
import { houseViolations } from './house-rules.ts'
import { sourceFiles } from './source-files.ts'

const files = sourceFiles()
const found = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  return [...violations(file, text), ...houseViolations(file, text)]
})
for (const line of found) console.error(line)
console.log(`${files.length} files held to the import table, ${found.length} violations`)
process.exitCode = found.length > 0 ? 1 : 0
