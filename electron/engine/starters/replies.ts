import type { CannedReply } from '#shared/model/canned.ts'
import { languages } from '#shared/words/languages.ts'
import { said } from '#shared/words/said.ts'
import { inEnglish, words } from '#shared/words/words.ts'

const subjects = ['looking', 'details', 'solved', 'thanks'] as const

/** Replies that a new station starts with, in every language. Short, and none that promises what nobody has looked into. */
export const starterReplies: CannedReply[] = subjects.flatMap((subject) =>
  languages.map((lang) => ({
    id: `can_${subject}_${lang}`,
    name: inEnglish(said(`starter.can_${subject}`)),
    lang,
    // What is in braces is filled in when the reply is used.
    text: words(lang)(said(`starter.can_${subject}_text`)),
  })),
)
