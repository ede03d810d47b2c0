import { expect, it } from 'vitest'
import { answer, file, removeFiles } from './evaluate.ts'

removeFiles()

it('evaluate sentiment measures every model on every set and language', async () => {
  const path = file(
    'posts.tsv',
    'set\tlang\tlabel\ttext\nmine\ten\tpositive\tI love it, great!\nmine\ten\tnegative\tthis is terrible\nmine\tde\tnegative\tleider sehr schlecht\n',
  )
  const { results, perSecond } = (await answer('sentiment', '--file', path)) as { results: { model: string; set: string; lang: string; n: number; macroRecall: number; ece: number | null }[]; perSecond: Record<string, number> } // prettier-ignore
  const models = ['earshot', 'ml-sentiment', 'sentiment', 'wink-sentiment', 'vader-sentiment', 'always-neutral']
  expect(Object.keys(perSecond)).toEqual(models)
  expect(results).toHaveLength(models.length * 2)
  expect(results.find(({ model, lang }) => model === 'earshot' && lang === 'en')).toMatchObject({
    set: 'mine',
    n: 2,
    macroRecall: 1,
  })
  expect(results.find(({ model, lang }) => model === 'always-neutral' && lang === 'en')).toMatchObject({
    macroRecall: 0,
    ece: null,
  })
})
