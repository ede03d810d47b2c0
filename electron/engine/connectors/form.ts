import type { Said } from '#shared/model/said.ts'
import { said, sentence, type Code } from '#shared/words/said.ts'
import type { Field, SecretField } from './connector.ts'

/** What a field may have besides; without it there is no hint, nothing to choose from, and it can stay empty. */
interface About {
  hint?: Code | Said
  required?: true
  initial?: unknown
  choices?: readonly string[]
}

const hintOf = (hint: Code | Said | undefined): Said | null => (hint === undefined ? null : sentence(hint))

/** A field of the form that sets a source up. */
export const field = (kind: Field['kind'], key: string, label: Code, about: About = {}): Field => ({
  key,
  label: said(label),
  hint: hintOf(about.hint),
  kind,
  choices: [...(about.choices ?? [])],
  required: about.required ?? false,
  ...('initial' in about && { initial: about.initial }),
})

/** How often it is asked, where the officer may say so. */
export const everySeconds = (hint: Code): Field => field('number', 'everySeconds', 'connector.every', { hint })

/** A secret that it works without. `url`: the page of the network that gives one. */
export const secret = (key: string, label: Code, hint: Code | Said, url = ''): SecretField => ({
  key,
  label: said(label),
  hint: sentence(hint),
  url,
  required: false,
})
