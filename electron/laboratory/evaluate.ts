import { UsageError } from '#hosts/say-failure.ts'
import { onlyWord } from '#hosts/cli/arguments.ts'
import type { Command } from '#hosts/cli/command.ts'

/** Loaded when asked for: the classifier's data need not wait for four sentiment packages. */
const parts: Record<string, () => Promise<Command['run']>> = {
  sentiment: async () => (await import('./evaluate-sentiment.ts')).evaluateSentiment,
  classify: async () => (await import('./evaluate-classify.ts')).evaluateClassify,
  intent: async () => (await import('./evaluate-intent.ts')).evaluateIntent,
  sample: async () => (await import('./evaluate-sample.ts')).evaluateSample,
  problems: async () => (await import('./evaluate-problems.ts')).evaluateProblems,
  desk: async () => (await import('./evaluate-desk.ts')).evaluateDesk,
  corpus: async () => (await import('./evaluate-corpus.ts')).evaluateCorpus,
  categories: async () => (await import('./evaluate-categories.ts')).evaluateCategories,
  incidents: async () => (await import('./evaluate-incidents.ts')).evaluateIncidents,
  encoder: async () => (await import('./evaluate-encoder.ts')).evaluateEncoder,
  language: async () => (await import('./evaluate-language.ts')).evaluateLanguage,
  alerts: async () => (await import('./alerts/evaluate.ts')).evaluateAlerts,
}

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'Measures the models on labelled files.',
  usage:
    'sentiment|classify|intent|problems|language --file FILE [options] | desk|incidents|corpus|categories|encoder --dir DIR | alerts --series FILE … | sample',
  help: [
    'sentiment    FILE is tab-separated with the header: set lang label text. Measured beside four lexicons and always-neutral',
    'classify     FILE is CSV; --text COL and --label COL name its columns',
    '  --folds N       parts of the cross-validation (5)',
    '  --test FILE     train on the one file, test on the other',
    '  --drop LABEL    leave rows with this label out; may be repeated',
    '  --against LABEL this label against all others',
    '  --lang CODE     only texts that the language model reads as this language',
    '  --copies        near copies stand in one part',
    '  --listen COL    with --against: each value of this column is a listen of its own, learned by itself and found by that word',
    'intent       FILE is CSV; --text COL and --label COL name its columns, and what its labels stand for:',
    '  --means V=I     the label V counts as the intent I; may be repeated',
    'problems     FILE has one JSON object a line with text and cluster, in the order in which they arrive',
    '  --corpus DIR    instead: shifts composed of the check trades of the desk corpus in DIR',
    '  --incidents DIR instead: each fault of the shifts in DIR, as incidents has them',
    'sample       whether the payment fault of the sample shift becomes one problem, and what it is called',
    'desk         DIR has followups, quoted, absence-and-bounce and queries, each .ndjson: what customers, machines and other tools write',
    'incidents    DIR has shifts of invented companies, each .ndjson: mood, intent, and whether one fault becomes one problem',
    'corpus       DIR has the desk corpus: mood and intent on its check part',
    'categories   DIR has the desk corpus: categories learned from 3 to 20 texts of its check part, asked about others of it',
    'encoder      DIR has the desk corpus: whether a fault told in another language lies nearest, on its check part',
    'language     FILE has language, tab, text; closed to the languages that occur in it',
    'alerts       which cards a station would have raised, with what it begins with',
    '  --series FILE   CSV with timestamp and value: a counted series; may be repeated',
    '  --windows FILE  JSON: by the base name of a series, the stretches in which something was wrong; scored as the Numenta Anomaly Benchmark does',
    '  --crises DIR    instead: minutes from the onset of each crisis in DIR to its card',
    '  --incidents FILE|DIR instead: a shift a file, as incidents has them: minutes to the card of the fast fault and what it cites',
  ],
  options: {
    file: { type: 'string' },
    dir: { type: 'string' },
    corpus: { type: 'string' },
    incidents: { type: 'string' },
    series: { type: 'string', multiple: true },
    windows: { type: 'string' },
    crises: { type: 'string' },
    text: { type: 'string' },
    label: { type: 'string' },
    folds: { type: 'string' },
    test: { type: 'string' },
    drop: { type: 'string', multiple: true },
    against: { type: 'string' },
    lang: { type: 'string' },
    copies: { type: 'boolean' },
    listen: { type: 'string' },
    means: { type: 'string', multiple: true },
  },
  async run(args, terminal) {
    const what = onlyWord(
      args,
      'what to evaluate (sentiment, classify, intent, problems, desk, incidents, corpus, sample, encoder, language or alerts)',
    )
    const load = Object.hasOwn(parts, what) ? parts[what] : undefined
    if (!load)
      throw new UsageError(
        `"${what}" cannot be evaluated. Choose sentiment, classify, intent, problems, desk, incidents, corpus, sample, encoder, language or alerts.`,
      )
    return (await load())(args, terminal)
  },
}
