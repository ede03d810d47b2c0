import { calibrationErrorByCount } from '#engine/understanding/sentiment/calibration.ts'
import { scorePredictions, type Prediction } from '#engine/understanding/scores.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { readCorpus } from './corpus.ts'
import { neededOptions, rounded } from './evaluate-file.ts'
import { shippedUnderstanding } from './evaluate-models.ts'
import { labelScores } from './label-scores.ts'

/** `earshot evaluate corpus --dir DIR`: mood and intent on the part of the desk corpus that nothing was trained on. */
export async function evaluateCorpus(args: Arguments, terminal: Terminal): Promise<void> {
  const { dir } = neededOptions(args, 'corpus', 'dir')
  const texts = (await readCorpus(dir)).filter(({ split }) => split === 'check')
  const understanding = await shippedUnderstanding()
  const moods: (Prediction & { lang: string; marked: boolean })[] = []
  const intents: Prediction[] = []
  const further = { named: 0, right: 0 }
  for (const { text, lang, mood, intents: labels, marks } of texts) {
    const { sentiment, intent } = understanding.understand({ text, title: null, lang })
    const { label: predicted, confidence } = sentiment
    moods.push({ lang, marked: marks.length > 0, label: mood, predicted, confidence })
    for (const { label } of intent?.also ?? []) {
      further.named++
      if ((labels as string[]).includes(label)) further.right++
    }
    intents.push({ label: labels[0]!, predicted: intent?.label ?? 'other', confidence: intent?.confidence ?? null })
  }
  const byLang = Object.fromEntries(
    [...new Set(moods.map(({ lang }) => lang))]
      .sort()
      .map((lang) => [lang, moodOf(moods.filter((one) => one.lang === lang))]),
  )
  const result = {
    mood: {
      ...moodOf(moods),
      byLabel: labelScores(moods),
      byLang,
      marked: moodOf(moods.filter(({ marked }) => marked)),
    },
    intent: { macroF1: rounded(scorePredictions(intents).macroF1), byLabel: labelScores(intents), further },
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(JSON.stringify(result, null, 1))
}

function moodOf(predictions: readonly Prediction[]) {
  if (predictions.length === 0) return { n: 0, macroF1: 0, ece: 0 }
  const outcomes = predictions.map(({ confidence, label, predicted }) => ({
    confidence: confidence ?? 0,
    right: label === predicted,
  }))
  return {
    n: predictions.length,
    macroF1: rounded(scorePredictions(predictions).macroF1),
    ece: rounded(calibrationErrorByCount(outcomes)),
  }
}
