import { cut } from '#shared/util/text-length.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import type { FollowedSuggestion } from '#shared/model/rule.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import { useWords } from './useWords.ts'

/** Longer quotations are cut: the whole text stands with the case. */
const MOST = 160

/**
 * An entry of the journal as a sentence: who, what, and the words or the desk that belong to it.
 * Long: a case for each kind that says more than its name.
 */
export function useJournalWords() {
  const { t, te, n, percent } = useWords()
  const directory = useDirectory()

  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const followedWords = ({ certainty, threshold, precedents }: FollowedSuggestion) =>
    t('why.suggested', { certainty: percent(certainty), threshold: percent(threshold), n: n(precedents) }, precedents)
  /** What Earshot saw in texts that it put together: what they share, as it is called in the station's language. */
  const sharedWords = (because: unknown): string => {
    const shared = Array.isArray(because) ? because.filter((word) => typeof word === 'string') : []
    const what = shared.map((word) => t('why.quoted', { word })).join(', ')
    return what && t('why.shared', { what })
  }
  const fieldsOf = (entry: JournalEntry) => (entry.data['after'] ?? {}) as Record<string, unknown>
  const before = (entry: JournalEntry) => (entry.data['before'] ?? {}) as Record<string, unknown>

  function detail(entry: JournalEntry): string {
    const after = fieldsOf(entry)
    switch (entry.kind) {
      case 'case.routed':
      case 'case.opened':
      case 'case.escalated': {
        const id = text(after['deskId'])
        const desk = text(entry.data['deskName']) || directory.deskById.get(id)?.desk.name || id
        const followed = entry.data['suggested'] as FollowedSuggestion | undefined
        // In the reader's words; the journal keeps the note in English for whoever exports it.
        const note = followed ? followedWords(followed) : text(entry.data['note'])
        return [desk && `→ ${desk}`, note && `“${note}”`].filter(Boolean).join(' ')
      }
      case 'case.closed': {
        const reason = text(after['closeReason'])
        const note = text(entry.data['note'])
        return [reason && t(`case.reason.${reason}`), note && `“${note}”`].filter(Boolean).join(' ')
      }
      case 'case.prioritised': {
        const priority = text(after['priority'])
        return priority && t(`case.priority.${priority}`)
      }
      case 'case.assigned':
      case 'desk.saved':
      case 'rule.saved':
      case 'rule.removed':
      case 'listen.saved':
      case 'listen.removed':
      case 'source.saved':
      case 'source.removed':
      case 'shift.started':
      case 'shift.renamed':
      case 'channel.saved':
      case 'canned.saved':
      case 'layout.saved':
      case 'series.saved':
        return text(entry.data['name']) || text(after['name'])
      case 'series.removed':
        return text(before(entry)['name'])
      case 'annotation.saved':
      case 'annotation.removed': {
        const words = text((entry.data['after'] ? after : before(entry))['text'])
        return words && `“${words}”`
      }
      case 'import.finished':
      case 'import.undone':
        return `“${text(entry.data['file'])}”`
      case 'case.undone':
        return `“${what(text(entry.data['undone']))}”`
      case 'mention.relabelled': {
        const label = text(after['label']) || text(entry.data['label'])
        return te(`sentiment.${label}`) ? t(`sentiment.${label}`) : label
      }
      case 'case.grouped': {
        const name = text(entry.data['name'])
        return [name && `→ ${t('why.quoted', { word: name })}`, sharedWords(entry.data['because'])]
          .filter(Boolean)
          .join(', ')
      }
      case 'problem.changed':
        return [
          text(entry.data['label']) && t('why.quoted', { word: text(entry.data['label']) }),
          sharedWords(entry.data['because']),
        ]
          .filter(Boolean)
          .join(', ')
      case 'case.outcome':
        return text(after['outcome'])
      default: {
        const words = text(entry.data['text']) || text(entry.data['note'])
        return words && `“${words.length > MOST ? `${cut(words, MOST).trimEnd()} …` : words}”`
      }
    }
  }

  function what(kind: string): string {
    const key = `journal.${kind.replace('.', '_')}`
    return te(key) ? t(key).replace(/:$/, '') : kind
  }

  return {
    detail,
    /** `Ana routed it → Care` */
    words(entry: JournalEntry): string {
      const key = `journal.${entry.kind.replace('.', '_')}`
      const what = te(key) ? t(key) : entry.kind
      const who = entry.actor.kind === 'rule' ? t('review.byRule', { name: entry.actor.name }) : entry.actor.name
      return [who, what, detail(entry)].filter(Boolean).join(' ')
    },
    /** What happened, without the who. */
    what,
    sharedWords,
  }
}
