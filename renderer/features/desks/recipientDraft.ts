import type { AlertRecipientDraft, QuietHours, RecipientKind, RotaStep } from '#shared/model/alert-recipient.ts'
import type { Person } from '#shared/model/person.ts'
import { cut } from '#shared/util/text-length.ts'
import { languageOfTag } from '#shared/words/languages.ts'

/** The row of the rota among those of recipients. */
export const ROTA = 'rota'

/** Somebody who is told of strong alerts by mail once an address is entered. `locale`: of the page. */
export const emptyRecipient = (locale: string): AlertRecipientDraft => ({
  name: '',
  personId: null,
  enabled: true,
  kind: 'mail',
  config: initialConfig('mail'),
  fromStrength: 4,
  listenIds: [],
  deskIds: [],
  rotaOnly: false,
  reader: 'officer',
  language: languageOfTag(locale) ?? 'en',
  quiet: null,
  secrets: {},
})

/** What a door of a kind starts from. */
export function initialConfig(kind: RecipientKind): Record<string, string> {
  if (kind === 'mail') return { to: '', account: '', host: '', port: '587', secure: 'false', user: '', from: '' }
  return kind === 'chat' ? { url: '', flavour: 'slack' } : { url: '' }
}

/** Nights, but for what is very strong. */
export const usualQuiet = (timeZone: string): QuietHours => ({ timeZone, from: 22 * 60, to: 7 * 60, butFrom: 8 })

/** At all hours, a quarter of an hour after the step before. */
export const emptyStep = (timeZone: string): RotaStep => ({
  afterMinutes: 15,
  recipientIds: [],
  hours: { timeZone, spans: [], holidays: [] },
})

/** Fields of a recipient that must be filled and are not. */
export function missingOf({ name, kind, config }: AlertRecipientDraft): string[] {
  const needed = kind === 'mail' ? ['to', ...(config['account'] ? [] : ['host', 'from'])] : ['url']
  return [...(name.trim() === '' ? ['name'] : []), ...needed.filter((key) => !config[key]?.trim())]
}

/** With somebody's name and address where none were written yet. */
export function withPerson(draft: AlertRecipientDraft, person: Person | null): AlertRecipientDraft {
  if (person === null) return { ...draft, personId: null }
  const { kind, config } = draft
  return {
    ...draft,
    personId: person.id,
    name: draft.name.trim() || cut(person.name, 120),
    config: kind === 'mail' ? { ...config, to: config['to']?.trim() || person.email } : config,
  }
}
