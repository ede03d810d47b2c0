/** `node electron/hosts/build-samples.ts [LANGUAGE …]`: part of the build; all languages when none is named. */
import { languageOfTag, languages } from '#shared/words/languages.ts'
import { endSoon } from './end-soon.ts'
import { buildSample } from './build-sample.ts'
import { sourceRoot } from './root.ts'
import { sayFailure, UsageError } from './say-failure.ts'

async function main(): Promise<void> {
  const named = process.argv.slice(2)
  for (const tag of named.length > 0 ? named : languages) {
    const language = languageOfTag(tag)
    if (language === undefined) throw new UsageError(`Earshot does not speak ${tag}: ${languages.join(', ')}.`)
    await buildSample(sourceRoot, language, {
      begun: () => console.log(`Living through the sample shift (${language}) …`),
    })
  }
}

main().catch((error: unknown) => {
  process.exitCode = sayFailure(error, console.error, 'Usage: node electron/hosts/build-samples.ts [LANGUAGE …]')
  endSoon()
})
