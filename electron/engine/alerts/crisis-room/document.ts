import type { Crisis } from '#shared/model/crisis.ts'
import type { CrisisMoment, CrisisNumbers } from '#shared/model/crisis-view.ts'
import type { Said, SaidValue } from '#shared/model/said.ts'
import type { Language } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { answersWhat } from './moments.ts'
import { speaking, type Speaking } from './spoken.ts'

/** How a document is written down. Texts are of people, and of posts: nothing in them may look like more than words. */
interface Look {
  title(text: string): string
  part(text: string): string
  line(text: string): string
  step(text: string, done: boolean): string
  quote(text: string): string
  words(text: string): string
}

// eslint-disable-next-line no-control-regex -- those are what is meant: nothing of the kind reaches a terminal or an editor
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const plainWords = (text: string): string => text.replace(unseen, '').replace(/\s+/g, ' ').trim()
const lines = (text: string): string[] => text.split(/\r?\n/).map(plainWords)

const markdownWords = (text: string): string => plainWords(text).replace(/[\\`*_[\]<>#|~&]/g, '\\$&')
const looks: Readonly<Record<'markdown' | 'text', Look>> = {
  markdown: {
    title: (text) => `# ${text}\n`,
    part: (text) => `\n## ${text}\n`,
    line: (text) => `- ${text}`,
    step: (text, done) => `- [${done ? 'x' : ' '}] ${text}`,
    quote: (text) =>
      lines(text)
        .map((line) => `> ${markdownWords(line)}`.trimEnd())
        .join('\n'),
    words: markdownWords,
  },
  text: {
    title: (text) => `${text}\n${'='.repeat(Math.min(60, [...text].length))}`,
    part: (text) => `\n${text}\n${'-'.repeat(Math.min(60, [...text].length))}`,
    line: (text) => text,
    step: (text, done) => `[${done ? 'x' : ' '}] ${text}`,
    quote: (text) =>
      lines(text)
        .map((line) => `  ${line}`)
        .join('\n'),
    words: plainWords,
  },
}

export interface DocumentInput {
  crisis: Crisis
  numbers: CrisisNumbers
  moments: readonly CrisisMoment[]
  complete: boolean
  format: 'markdown' | 'text'
  language: Language
  /** IANA name of the station's zone. */
  timeZone: string
}

/** The whole of a crisis to read and to keep. Names of what was written to the company alone are left out. */
export function crisisDocument(input: DocumentInput): string {
  const { crisis, moments, timeZone } = input
  const look = looks[input.format]
  const speaks = speaking(input.language, timeZone)
  const say = (code: Code, values?: Record<string, SaidValue>): string => look.words(speaks.say(said(code, values)))
  const out = [
    look.title(look.words(crisis.name)),
    look.line(say('crisisDoc.since', { when: crisis.since, zone: timeZone })),
    ...(crisis.lead === '' ? [] : [look.line(say('crisisDoc.lead', { name: crisis.lead }))]),
    look.line(
      crisis.endedAt === null
        ? say('crisisDoc.open')
        : say('crisisDoc.ended', { when: crisis.endedAt, name: crisis.endedBy ?? '' }),
    ),
  ]
  if (crisis.nextUpdateAt !== null && crisis.state === 'open')
    out.push(look.line(say('moment.nextUpdate', { when: crisis.nextUpdateAt })))
  if (crisis.closing !== '') out.push('', look.quote(crisis.closing))
  out.push(...numbersPart(input.numbers, look, say), ...planPart(crisis, look, say, speaks))
  out.push(...wordPart(crisis, look, say, speaks))
  out.push(look.part(say('crisisDoc.timeline')))
  if (!input.complete) out.push(look.line(say('crisisDoc.older')))
  for (const { at, by, what, private: isPrivate } of moments) {
    const text = speaks.say(isPrivate ? withoutName(what) : what)
    out.push(look.line([speaks.when(at), ...(by === null ? [] : [look.words(by)]), look.words(text)].join(' · ')))
  }
  return `${out.join('\n')}\n`
}

/** What a private card or problem is called came from what was written to the company alone. */
const withoutName = ({ code, values = {} }: Said): Said => ({
  code,
  values: Object.fromEntries(
    Object.entries(values).map(([hole, value]) => [
      hole,
      hole === 'name' || hole === 'to'
        ? said('moment.private')
        : typeof value === 'object'
          ? withoutName(value)
          : value,
    ]),
  ),
})

type Say = (code: Code, values?: Record<string, SaidValue>) => string

function numbersPart({ mentions, people, negative, reach, cases }: CrisisNumbers, look: Look, say: Say): string[] {
  return [
    look.part(say('crisisDoc.numbers')),
    look.line(say('crisisDoc.heard', { mentions, people, negative })),
    look.line(say('crisisDoc.reach', { n: reach })),
    look.line(say('crisisDoc.cases', { ...cases })),
  ]
}

function planPart({ steps }: Crisis, look: Look, say: Say, { when }: Speaking): string[] {
  if (steps.length === 0) return []
  return [
    look.part(say('crisisDoc.plan')),
    ...steps.map(({ text, who, dueAt, doneAt, doneBy }) => {
      const facts = [
        who === '' ? '' : look.words(who),
        doneAt === null && dueAt !== null ? say('crisisDoc.due', { when: dueAt }) : '',
        doneAt === null ? '' : `${when(doneAt)} ${look.words(doneBy ?? '')}`,
      ].filter(Boolean)
      return look.step([look.words(text), ...facts].join(' · '), doneAt !== null)
    }),
  ]
}

function wordPart({ statements, answers }: Crisis, look: Look, say: Say, speaks: Speaking): string[] {
  const out: string[] = []
  if (statements.length > 0) out.push(look.part(say('crisisDoc.statements')))
  for (const { id, text, version, approved } of statements) {
    const shown = approved ?? { text, version }
    const state = approved ? say('crisisDoc.approvedBy', { name: approved.by }) : say('crisisDoc.draft')
    out.push(
      look.line(`${look.words(speaks.language(id))} · ${speaks.number(shown.version)} · ${state}`),
      look.quote(shown.text),
    )
  }
  if (answers.length > 0) out.push(look.part(say('crisisDoc.answers')))
  for (const row of answers) out.push(look.line(say('moment.answers', { who: row.who, what: answersWhat(row) })))
  return out
}
