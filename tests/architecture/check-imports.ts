import { readFileSync } from 'node:fs'
import { houseViolations } from './house-rules.ts'
import { deadRows, violations } from './imports.ts'
import { packageReaders, packageViolations, readManifest } from './packages.ts'
import { countOf, ratchets, ratchetViolations } from './ratchets.ts'
import { roomFiles, sourceFiles } from './source-files.ts'

const sources = sourceFiles().map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const found = [
  ...sources.flatMap(({ file, text }) => [...violations(file, text), ...houseViolations(file, text)]),
  ...deadRows(roomFiles()),
  ...packageViolations(readManifest(), packageReaders()),
  ...ratchetViolations(sources),
]
for (const line of found) console.error(line)
console.log(`${sources.length} files held to the import table and the rules of the house, ${found.length} violations`)
for (const ratchet of ratchets)
  console.log(`${countOf(ratchet, sources)} ${ratchet.what}; ${ratchet.most} are the most`)
process.exitCode = found.length > 0 ? 1 : 0
