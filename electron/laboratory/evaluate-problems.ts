import { reportsFault } from '#engine/understanding/complaint.ts'
import { clusterAgreement } from '#engine/understanding/problems/agreement.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import type { Understanding } from '#engine/understanding/understand.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { textOption } from '#hosts/cli/arguments.ts'
import { evaluateIncidentProblems } from './evaluate-incidents.ts'
import { evaluateProblemCorpus } from './evaluate-problem-corpus.ts'
import { groupShift, type GroupingTools } from './group-shift.ts'
import { shippedGrouping, shippedLexicon, shippedUnderstanding } from './evaluate-models.ts'
import { neededOptions, readLines, rounded, wrongLine } from './evaluate-file.ts'

/**
 * `earshot evaluate problems --file F.jsonl`: streams the texts in file order and compares with their `cluster`. With `--corpus DIR` or `--incidents DIR` whether each
 * fault of a shift becomes one problem.
 */
export async function evaluateProblems(args: Arguments, terminal: Terminal): Promise<void> {
  const corpus = textOption(args, 'corpus')
  if (corpus !== undefined) return evaluateProblemCorpus(corpus, terminal)
  const incidents = textOption(args, 'incidents')
  if (incidents !== undefined) return evaluateIncidentProblems(incidents, terminal)
  const { file } = neededOptions(args, 'problems', 'file')
  const rows = (await readLines(file, 'a file with one JSON object a line: text and cluster')).flatMap((line, at) => {
    if (line.trim() === '') return []
    let row: { text?: unknown; cluster?: unknown } | null
    try {
      row = JSON.parse(line) as typeof row
    } catch {
      throw wrongLine(file, at, 'this is not JSON.')
    }
    if (typeof row?.text !== 'string' || (typeof row.cluster !== 'string' && typeof row.cluster !== 'number')) {
      throw wrongLine(file, at, 'text (a string) and cluster (a string or number) are needed.')
    }
    // 7 and "7" name the same cluster.
    return [{ text: row.text, cluster: String(row.cluster) }]
  })
  const clusterer = createClusterer(undefined, { lexicon: await shippedLexicon() })
  const began = performance.now()
  const found = rows.map(({ text }) => clusterer.place(text).cluster)
  const seconds = (performance.now() - began) / 1000
  const { nmi, bcubedF1 } = clusterAgreement(
    rows.map(({ cluster }) => cluster),
    found,
  )
  const looked = clusterAgreement(
    rows.map(({ cluster }) => cluster),
    afterLooks(
      rows.map(({ text }) => text),
      await shippedGrouping(),
      await shippedUnderstanding(),
    ),
  )
  const result = {
    nmi: rounded(nmi),
    bcubedF1: rounded(bcubedF1),
    clusters: new Set(found).size,
    perSecond: Math.round(rows.length / seconds),
    looked: { nmi: rounded(looked.nmi), bcubedF1: rounded(looked.bcubedF1) },
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    `${rows.length} texts: NMI ${result.nmi}  B-cubed F1 ${result.bcubedF1}  ${result.clusters} clusters  ${result.perSecond.toLocaleString('en')} texts/s\nafter the slower look: NMI ${result.looked.nmi}  B-cubed F1 ${result.looked.bcubedF1}`,
  )
}

/** So many texts arrive a minute of a shift that is all complaints: the slower look comes round every few hundred. */
const A_MINUTE = 20

/** Where each text is in the end when the slower look sorts anew as they stream. */
function afterLooks(texts: readonly string[], tools: GroupingTools, understanding: Understanding): number[] {
  const mentions = texts.map((text, at) => {
    const minute = Math.floor(at / A_MINUTE)
    const { lang, intent } = understanding.understand({ text, title: null, lang: null })
    return { text, lang, minute, fault: null, complains: true, reports: reportsFault(intent) }
  })
  return groupShift(mentions, tools).grouped.map(({ problem }) => problem!)
}
