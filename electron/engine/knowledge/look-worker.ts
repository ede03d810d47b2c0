import { fileBytes } from '#engine/platform/file-bytes.ts'
import { answer, startOf } from '#engine/platform/thread-work.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import { openReads } from '#engine/store/open-reads.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createEncoder } from '#engine/understanding/encoder/encoder.ts'
import { openPairModel } from '#engine/understanding/problems/pair-model.ts'
import type { Encode } from '#engine/understanding/problems/traits.ts'
import type { LookCalls, LookStart } from './look-protocol.ts'
import { lookedOver, lookWork } from './look-work.ts'

/** Entry of the thread that looks over all problems, on a read-only connection of its own. */
const { file, lexicon, encoder, pairs, own } = startOf<LookStart>()

const words = openLexicon(fileBytes(lexicon), own)
const vectors = fileBytes(encoder)
const encode: Encode | null = vectors && createEncoder(vectors).encode
const learned = fileBytes(pairs)
const model = learned && openPairModel(learned, words.concepts)
const reads = openReads(file, null)

let members: ReturnType<typeof lookedOver> = []

answer<LookCalls>({
  read({ since }) {
    members = lookedOver(reads, since)
    return members.map(({ text }) => text)
  },
  look: ({ vectors }) =>
    lookWork(members, { lexicon: words, language: readSettings(reads).language, encode, model }, vectors),
})
