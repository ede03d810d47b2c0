import type { ChannelKind } from '#shared/model/handoff.ts'

export interface ChannelField {
  key: string
  /** `area`: several lines. */
  kind: 'text' | 'url' | 'number' | 'yesNo' | 'choice' | 'area'
  required: boolean
  choices?: readonly string[]
  initial?: string
}

/** What each kind of hand-off channel needs; the labels are messages under `desks.channel.field`. */
export const channelFields: Record<ChannelKind, { config: readonly ChannelField[]; secrets: readonly string[] }> = {
  mail: {
    config: [
      { key: 'host', kind: 'text', required: true },
      { key: 'port', kind: 'number', required: true, initial: '587' },
      { key: 'secure', kind: 'yesNo', required: false, initial: 'false' },
      { key: 'user', kind: 'text', required: false },
      { key: 'from', kind: 'text', required: true },
      { key: 'to', kind: 'text', required: true },
      { key: 'replyTo', kind: 'text', required: false },
    ],
    secrets: ['password'],
  },
  webhook: { config: [{ key: 'url', kind: 'url', required: true }], secrets: ['secret'] },
  chat: {
    config: [
      { key: 'url', kind: 'url', required: true },
      {
        key: 'flavour',
        kind: 'choice',
        required: true,
        choices: ['slack', 'teams', 'mattermost'],
        initial: 'slack',
      },
    ],
    secrets: [],
  },
  tracker: {
    config: [
      { key: 'url', kind: 'url', required: true },
      { key: 'method', kind: 'choice', required: true, choices: ['POST', 'PUT'], initial: 'POST' },
      { key: 'headers', kind: 'area', required: false, initial: '{}' },
      { key: 'body', kind: 'area', required: true },
    ],
    secrets: ['token', 'basic'],
  },
}

/** The configuration that a new channel of a kind starts from. */
export const initialConfig = (kind: ChannelKind): Record<string, string> =>
  Object.fromEntries(channelFields[kind].config.map((field) => [field.key, field.initial ?? '']))

/** Fields that must be filled and are not. */
export const missingFields = (kind: ChannelKind, config: Readonly<Record<string, string>>): string[] =>
  channelFields[kind].config.filter((field) => field.required && !config[field.key]?.trim()).map((field) => field.key)
