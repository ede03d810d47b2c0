/** Makes the parser from the grammar: `npm run grammar`. The result is checked in; a test compares the two. */
import { readFileSync, writeFileSync } from 'node:fs'
import { generateParser, grammarFile, parserFile } from './grammar.ts'

writeFileSync(parserFile, generateParser(readFileSync(grammarFile, 'utf8')))
console.log(`${parserFile} written`)
