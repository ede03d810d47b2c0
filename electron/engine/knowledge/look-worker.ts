import { fileBytes } from '#engine/platform/file-bytes.ts'
import { answer, startOf, sayUnasked } from '#engine/platform/thread-work.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import { openReads } from '#engine/store/open-reads.ts'
import { createEncoder } from '#engine/understanding/encoder/encoder.ts'
import { openFileOr, openLexiconFile, openOr } from '#engine/understanding/open-models.ts'
import { openPairModel } from '#engine/understanding/problems/pair-model.ts'
import type { Encode } from '#engine/understanding/problems/traits.ts'
import type { LookCalls, LookStart } from './look-protocol.ts'
import { lookedOver, lookWork } from './look-work.ts'

/** Entry of the thread that looks over all problems, on a read-only connection of its own. */
const { file, lexicon, encoder, pairs, own } = startOf<LookStart>()

const words = openLexiconFile(lexicon, own)
// A file that does not serve is told of by the threads that are always there.
const encode: Encode | null = openOr(fileBytes(encoder), encoder, createEncoder, () => {})?.encode ?? null
// Nobody else reads this one.
const model = openFileOr(pairs, (bytes) => openPairModel(bytes, words.concepts), sayUnasked)
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
