/** `npm run check`: format, lint, import table, types and unit tests. `npm run lint` is the middle of it. */
import { lintSteps, runLanes, staticLanes } from './steps.ts'

const results =
  process.argv[2] === 'lint'
    ? await runLanes([lintSteps])
    : [
        ...(await runLanes(staticLanes)),
        ...(await runLanes([[{ name: 'unit', command: 'vitest', args: ['run', '--project', 'unit'], live: true }]])),
      ]
const failed = results.filter((result) => !result.ok)
if (failed.length > 0) console.log(`Failed: ${failed.map(({ name }) => name).join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
