import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { writeLexicon } from '#engine/understanding/concepts/lexicon-file.ts'
import { conceptFolder } from '#engine/platform/paths.ts'
import { lexiconFile } from '#engine/understanding/concepts/lexicon.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { afterAnswerFile } from '#engine/understanding/after-answer/after-answer.ts'
import { pairModelFile } from '#engine/understanding/problems/pair-model.ts'
import { modelFiles } from '#engine/understanding/understand.ts'
import { sourceRoot } from '#hosts/root.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { onlyWord, textOption } from '#hosts/cli/arguments.ts'
import type { Command } from '#hosts/cli/command.ts'

const inResources = (file: string): string => resolve(sourceRoot, 'resources', file)

export const trainCommand: Command = {
  name: 'train',
  summary: 'Trains the models that Earshot ships.',
  usage: 'sentiment|language|intent|after-answer|concepts|encoder|problems [--from DIR] [--concepts DIR] [--out FILE]',
  help: [
    'sentiment   from train.tsv, calibrated on val.tsv, in DIR (default: sentiment/ of EARSHOT_DATA or ../shared/data), mood-phrases.txt and resources/corpus',
    'language    from the n-grams of the package eld',
    'intent      from intent-phrases.txt and mood-phrases.txt of resources/models, and resources/corpus',
    'after-answer  from resources/corpus: after-the-answer.tsv, and what the trades for training say like it',
    'concepts    the lexicon of parts and symptoms, from the lines in resources/concepts; how rare each is, from the desk corpus',
    'problems    what tells whether two complaints are about one fault, from the desk corpus and the lexicon; trains three encoders for it first',
    'encoder     from the desk corpus in DIR (default: resources/corpus) and the lexicon (--concepts, default: resources/concepts)',
  ],
  options: { from: { type: 'string' }, concepts: { type: 'string' }, out: { type: 'string' } },
  async run(args, terminal) {
    const what = onlyWord(
      args,
      'what to train (sentiment, language, intent, after-answer, concepts, encoder or problems)',
    )
    const data = resolve(process.env['EARSHOT_DATA'] ?? resolve(sourceRoot, '../shared/data'))
    const out = textOption(args, 'out')
    if (what === 'sentiment') {
      const from = resolve(textOption(args, 'from') ?? resolve(data, 'sentiment'))
      const { trainSentiment } = await import('./train-sentiment.ts')
      await trainSentiment({
        train: resolve(from, 'train.tsv'),
        val: resolve(from, 'val.tsv'),
        language: inResources(modelFiles.language),
        phrases: inResources('models/intent-phrases.txt'),
        moodPhrases: inResources('models/mood-phrases.txt'),
        corpus: inResources('corpus'),
        moodWords: inResources('models/mood-words.txt'),
        out: out ?? inResources(modelFiles.sentiment),
        say: (line) => terminal.note(line),
      })
    } else if (what === 'language') {
      const { trainLanguage } = await import('./train-language.ts')
      const bytes = await trainLanguage(out ?? inResources(modelFiles.language))
      terminal.note(`${(bytes / 1e6).toFixed(1)} MB`)
    } else if (what === 'intent') {
      const { trainIntent } = await import('./train-intent.ts')
      await trainIntent({
        phrases: inResources('models/intent-phrases.txt'),
        moodPhrases: inResources('models/mood-phrases.txt'),
        corpus: inResources('corpus'),
        out: out ?? inResources(modelFiles.intent),
        say: (line) => terminal.note(line),
      })
    } else if (what === 'after-answer') {
      const { trainAfterAnswerFile } = await import('./train-after-answer.ts')
      await trainAfterAnswerFile(inResources('corpus'), out ?? inResources(afterAnswerFile), (line) =>
        terminal.note(line),
      )
    } else if (what === 'concepts') {
      const { readConceptFolder } = await import('./concept-lines.ts')
      const { heardIn } = await import('./concepts-heard.ts')
      const entries = readConceptFolder(resolve(textOption(args, 'from') ?? inResources(conceptFolder)))
      const file = writeLexicon(entries, await heardIn(inResources('corpus'), entries))
      await writeFile(out ?? inResources(lexiconFile), file)
      terminal.note(`${entries.length} entries, ${(file.length / 1e6).toFixed(1)} MB`)
    } else if (what === 'encoder') {
      const { trainEncoder } = await import('./train-encoder.ts')
      await trainEncoder({
        corpus: resolve(textOption(args, 'from') ?? inResources('corpus')),
        concepts: resolve(textOption(args, 'concepts') ?? inResources(conceptFolder)),
        out: out ?? inResources(encoderFile),
        say: (line) => terminal.note(line),
      })
    } else if (what === 'problems') {
      const { trainProblems } = await import('./train-problems.ts')
      await trainProblems({
        corpus: resolve(textOption(args, 'from') ?? inResources('corpus')),
        concepts: resolve(textOption(args, 'concepts') ?? inResources(conceptFolder)),
        out: out ?? inResources(pairModelFile),
        say: (line) => terminal.note(line),
      })
    } else
      throw new UsageError(
        `"${what}" cannot be trained. Choose sentiment, language, intent, after-answer, concepts, encoder or problems.`,
      )
  },
}
