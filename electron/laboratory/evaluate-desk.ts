import { join } from 'node:path'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { followupsOf } from './desk/followups.ts'
import { mailsOf } from './desk/mails.ts'
import { queriesOf } from './desk/queries.ts'
import { quotedOf } from './desk/quoted.ts'
import { neededOptions } from './evaluate-file.ts'

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** `earshot evaluate desk --dir DIR`: what a desk meets, in four files of invented messages, mails and queries. */
export async function evaluateDesk(args: Arguments, terminal: Terminal): Promise<void> {
  const { dir } = neededOptions(args, 'desk', 'dir')
  const followups = await followupsOf(join(dir, 'followups.ndjson'))
  const quoted = await quotedOf(join(dir, 'quoted.ndjson'))
  const mails = await mailsOf(join(dir, 'absence-and-bounce.ndjson'))
  const queries = await queriesOf(join(dir, 'queries.ndjson'))
  if (terminal.json) return terminal.print(JSON.stringify({ followups, quoted, mails, queries }))
  await terminal.print(
    [
      `follow-ups: confirmed precision ${percent(followups.confirmedPrecision)}  recall ${percent(followups.confirmedRecall)}  closed though somebody is needed ${followups.reopensClosed}`,
      `quoted: ${quoted.exact} of ${quoted.of} exactly the new words`,
      `mails: ${mails.right} of ${mails.of} right  persons lost ${mails.personsLost}`,
      `queries: ${queries.right} of ${queries.of} right  refused ${queries.refused}  without being told the tool ${queries.unnamed}`,
    ].join('\n'),
  )
}
