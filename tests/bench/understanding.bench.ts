import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBaseline } from '#engine/understanding/baseline.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { createSentimentModel } from '#engine/understanding/sentiment/model.ts'
import { createUnderstanding, modelFiles, type ModelFiles } from '#engine/understanding/understand.ts'
import { root } from '#tests/support/folder.ts'
import { post } from './corpus.ts'
import type { Measure } from './station.ts'

const POSTS = 8000

/** Posts a second on one thread, each the best of three rounds, with two word-list scorers beside. */
export async function benchUnderstanding(): Promise<Measure[]> {
  const file = (name: keyof ModelFiles): Uint8Array =>
    new Uint8Array(readFileSync(join(root, 'resources', modelFiles[name])))
  const models = Object.fromEntries(
    Object.keys(modelFiles).map((name) => [name, file(name as keyof ModelFiles)]),
  ) as ModelFiles
  const texts = Array.from({ length: POSTS }, (_, at) => post(at, { startAt: 0, stepMs: 1000 }).draft.text)
  const began = performance.now()
  const understanding = createUnderstanding({ models })
  const opened = performance.now() - began
  const model = createSentimentModel(models.sentiment!)
  const baseline = createBaseline()
  const { default: Sentiment } = (await import('sentiment')) as {
    default: new () => { analyze(text: string): unknown }
  }
  const afinn = new Sentiment()
  const clusterer = createClusterer()
  const perSecond = (work: (text: string) => unknown, rounds = 3): number => {
    let best = 0
    for (let round = 0; round < rounds; round++) {
      const start = performance.now()
      for (const text of texts) work(text)
      best = Math.max(best, (POSTS / (performance.now() - start)) * 1000)
    }
    return best
  }
  return [
    { name: 'understanding: opening all models', value: opened, unit: 'ms' },
    { name: 'understanding: sentiment', value: perSecond((text) => model.sentiment(text, 'en')), unit: 'posts/s' },
    { name: 'understanding: sentiment, peer ml-sentiment', value: perSecond((text) => baseline.sentiment(text, 'en')), unit: 'posts/s' },
    { name: 'understanding: sentiment, peer AFINN-165', value: perSecond((text) => afinn.analyze(text)), unit: 'posts/s' },
    { name: 'understanding: everything', value: perSecond((text) => understanding.understand({ text, title: null, lang: null })), unit: 'posts/s' },
    { name: 'understanding: problems, one pass', value: perSecond((text) => clusterer.place(text), 1), unit: 'posts/s' },
  ] // prettier-ignore
}
