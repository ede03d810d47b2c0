import { z } from 'zod'
import type { Field, SecretField } from '../connector.ts'

export const securities = ['tls', 'starttls', 'none'] as const

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[?[0-9a-f:.]+\]?)$/i,
    'Only the name of the server, e.g. imap.example.org.',
  )
const port = z.number().int().min(1).max(65_535)
const address = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>",;]+@[^\s@<>",;]+$/, 'This is no mail address.')

export const Config = z.object({
  host: hostName,
  security: z.enum(securities).default('tls'),
  port: port.optional(),
  user: z.string().trim().min(1, 'The user is missing.').max(254),
  /** Default: the user, when that is an address. */
  address: z.union([z.literal(''), address]).default(''),
  folders: z.array(z.string().trim().min(1).max(255)).max(50).default([]),
  /** How far back the first look goes. */
  days: z.number().int().min(0).max(3650).default(7),
  everySeconds: z.number().int().min(30).max(86_400).optional(),
  /** `name+detail@domain` reaches the mailbox, so that replies of desks can be told by the address alone. */
  plusAddressing: z.boolean().default(false),
  smtpHost: z.union([z.literal(''), hostName]).default(''),
  smtpSecurity: z.enum(securities).default('starttls'),
  smtpPort: port.optional(),
  senderName: z.string().trim().max(120).default(''),
})
export type Config = z.infer<typeof Config>

const IMAP_PORTS = { tls: 993, starttls: 143, none: 143 }
const SMTP_PORTS = { tls: 465, starttls: 587, none: 25 }

export const imapPort = (config: Config): number => config.port ?? IMAP_PORTS[config.security]
export const smtpPort = (config: Config): number => config.smtpPort ?? SMTP_PORTS[config.smtpSecurity]
export const foldersOf = (config: Config): string[] => (config.folders.length > 0 ? config.folders : ['INBOX'])
/** The mailbox's own address, lower case; empty: not known. */
export const ownAddress = ({ address: own, user }: Config): string =>
  (own || (user.includes('@') ? user : '')).toLowerCase()

const choice = (key: string, label: string, hint: string, initial: string): Field => ({
  key, label, hint, kind: 'choice', choices: [...securities], required: false, initial,
}) // prettier-ignore
const field = (key: string, label: string, hint: string, kind: Field['kind'], required = false): Field => ({
  key, label, hint, kind, choices: [], required,
}) // prettier-ignore

export const fields: Field[] = [
  field('host', 'Mail server', 'The IMAP server, e.g. imap.example.org.', 'text', true),
  choice('security', 'Encryption', 'tls: from the first byte. starttls: switched on before the password. none: only inside your own machine.', 'tls'), // prettier-ignore
  field('port', 'Port', 'Default 993 for tls, 143 otherwise.', 'number'),
  field('user', 'User', 'Often the whole mail address.', 'text', true),
  field('address', 'Address of the mailbox', 'Only when the user is no mail address.', 'text'),
  field('folders', 'Folders', 'Default INBOX. Nothing is marked as read.', 'list'),
  field('days', 'First look: days back', 'Default 7.', 'number'),
  field('everySeconds', 'Look every … seconds', 'For further folders, and where the server does not push. Default 60.', 'number'), // prettier-ignore
  field('smtpHost', 'Outgoing mail server', 'To answer by mail, e.g. smtp.example.org. Empty: only listens.', 'text'),
  choice('smtpSecurity', 'Encryption of outgoing mail', 'tls, starttls, or none inside your own machine.', 'starttls'),
  field('smtpPort', 'Port of outgoing mail', 'Default 465 for tls, 587 for starttls, 25 for none.', 'number'),
  field('senderName', 'Name of the sender', 'Shown to customers beside the address.', 'text'),
  field('plusAddressing', 'Plus addresses', 'name+anything@… reaches this mailbox: desks that reply to hand-offs are told by the address.', 'boolean'), // prettier-ignore
]

export const secrets: SecretField[] = [
  {
    key: 'password',
    label: 'Password',
    hint: 'Often an app password made for Earshot alone.',
    url: '',
    required: false,
  },
  { key: 'token', label: 'Access token', hint: 'OAuth 2 (XOAUTH2), in the place of a password.', url: '', required: false }, // prettier-ignore
]
