import { fileBytes } from '#engine/platform/file-bytes.ts'
import { answer, startOf } from '#engine/platform/thread-work.ts'
import { openReads } from '#engine/store/open-reads.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createEncoder } from '#engine/understanding/encoder/encoder.ts'
import type { Encode } from '#engine/understanding/problems/traits.ts'
import type { LookCalls, LookStart } from './look-protocol.ts'
import { lookedOver, lookWork } from './look-work.ts'

/** Entry of the thread that looks over all problems, on a read-only connection of its own. */
const { file, lexicon, encoder, own } = startOf<LookStart>()

const words = openLexicon(fileBytes(lexicon), own)
const model = fileBytes(encoder)
const encode: Encode | null = model && createEncoder(model).encode
const reads = openReads(file, null)

let members: ReturnType<typeof lookedOver> = []

answer<LookCalls>({
  read({ since }) {
    members = lookedOver(reads, since)
    return members.map(({ text }) => text)
  },
  look: ({ vectors }) => lookWork(members, words, encode, vectors),
})
