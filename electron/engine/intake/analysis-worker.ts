import { fileBytes } from '#engine/platform/file-bytes.ts'
import { answer, sayUnasked, startOf } from '#engine/platform/thread-work.ts'
import { textFolder } from '#engine/platform/text-folder.ts'
import { useConceptLines } from '#shared/query/concept-book.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import { createUnderstanding, modelFiles, type ModelFiles } from '#engine/understanding/understand.ts'
import { analyse } from './analysis.ts'
import type { AnalysisCalls, AnalysisStart } from './analysis-protocol.ts'
import { readAnew } from './read-anew.ts'
import { createListenMatcher } from './listen-matcher.ts'

/** Entry of the analysis thread: one batch after the other, in order. */
const start = startOf<AnalysisStart>()

const models = Object.fromEntries(
  Object.keys(modelFiles).map((name) => {
    const path = start.models[name]
    return [name, path ? fileBytes(path) : null]
  }),
) as ModelFiles
useConceptLines(() => textFolder(start.concepts))
const understanding = createUnderstanding({ models, meaningOf: openEncoder(start.encoder) })
let matcher = createListenMatcher(start.listens)

if (understanding.faults.length > 0) sayUnasked(understanding.faults)
if (start.learned !== null) understanding.learn(start.learned)

answer<AnalysisCalls>({
  analyse: (job) => analyse(job, understanding, matcher),
  edition: () => understanding.edition,
  readAnew: (texts) => readAnew(texts, understanding),
  listens(listens) {
    matcher = createListenMatcher(listens)
  },
  learned: (learned) => understanding.learn(learned),
})
