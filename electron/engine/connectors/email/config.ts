import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import type { Field, SecretField } from '../connector.ts'
import { everySeconds, field, secret } from '../form.ts'

export const securities = ['tls', 'starttls', 'none'] as const

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[?[0-9a-f:.]+\]?)$/i, 'email.serverNameOnly' satisfies Code)
const port = z.number().int().min(1).max(65_535)
const address = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>",;]+@[^\s@<>",;]+$/, 'email.noMailAddress' satisfies Code)

export const Config = z.object({
  host: hostName,
  security: z.enum(securities).default('tls'),
  port: port.optional(),
  user: z
    .string()
    .trim()
    .min(1, 'email.userMissing' satisfies Code)
    .max(254),
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

export const fields: Field[] = [
  field('text', 'host', 'email.server', { hint: 'email.serverHint', required: true }),
  field('choice', 'security', 'email.encryption', {
    hint: 'email.encryptionHint',
    choices: securities,
    initial: 'tls',
  }),
  field('number', 'port', 'connector.port', { hint: 'email.portHint' }),
  field('text', 'user', 'email.user', { hint: 'email.userHint', required: true }),
  field('text', 'address', 'email.address', { hint: 'email.addressHint' }),
  field('list', 'folders', 'email.folders', { hint: 'email.foldersHint' }),
  field('number', 'days', 'email.firstLook', { hint: 'email.firstLookHint' }),
  everySeconds('email.everyHint'),
  field('text', 'smtpHost', 'email.outgoingServer', { hint: 'email.outgoingServerHint' }),
  field('choice', 'smtpSecurity', 'email.outgoingEncryption', {
    hint: 'email.encryptionChoices',
    choices: securities,
    initial: 'starttls',
  }),
  field('number', 'smtpPort', 'email.outgoingPort', { hint: 'email.outgoingPortHint' }),
  field('text', 'senderName', 'email.senderName', { hint: 'email.senderNameHint' }),
  field('boolean', 'plusAddressing', 'email.plusAddresses', { hint: 'email.plusAddressesHint' }),
]

export const secrets: SecretField[] = [
  secret('password', 'connector.password', 'email.passwordHint'),
  secret('token', 'connector.accessToken', 'email.accessTokenHint'),
]
