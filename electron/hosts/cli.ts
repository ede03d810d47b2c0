/** `npm run --silent earshot -- COMMAND …` */
import { main } from './cli/main.ts'
import { processTerminal } from './cli/terminal.ts'
import { endSoon } from './end-soon.ts'

const argv = process.argv.slice(2)
process.exitCode = await main(argv, processTerminal(argv.includes('--json')))
endSoon()
