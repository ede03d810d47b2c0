import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import type { Field, SecretField } from '../connector.ts'

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

const choice = (key: string, label: Said, hint: Said, initial: string): Field => ({
  key, label, hint, kind: 'choice', choices: [...securities], required: false, initial,
}) // prettier-ignore
const field = (key: string, label: Said, hint: Said, kind: Field['kind'], required = false): Field => ({
  key, label, hint, kind, choices: [], required,
}) // prettier-ignore

export const fields: Field[] = [
  field('host', said('email.server'), said('email.serverHint'), 'text', true),
  choice('security', said('email.encryption'), said('email.encryptionHint'), 'tls'), // prettier-ignore
  field('port', said('connector.port'), said('email.portHint'), 'number'),
  field('user', said('email.user'), said('email.userHint'), 'text', true),
  field('address', said('email.address'), said('email.addressHint'), 'text'),
  field('folders', said('email.folders'), said('email.foldersHint'), 'list'),
  field('days', said('email.firstLook'), said('email.firstLookHint'), 'number'),
  field('everySeconds', said('connector.every'), said('email.everyHint'), 'number'), // prettier-ignore
  field('smtpHost', said('email.outgoingServer'), said('email.outgoingServerHint'), 'text'),
  choice('smtpSecurity', said('email.outgoingEncryption'), said('email.encryptionChoices'), 'starttls'),
  field('smtpPort', said('email.outgoingPort'), said('email.outgoingPortHint'), 'number'),
  field('senderName', said('email.senderName'), said('email.senderNameHint'), 'text'),
  field('plusAddressing', said('email.plusAddresses'), said('email.plusAddressesHint'), 'boolean'), // prettier-ignore
]

export const secrets: SecretField[] = [
  {
    key: 'password',
    label: said('connector.password'),
    hint: said('email.passwordHint'),
    url: '',
    required: false,
  },
  { key: 'token', label: said('connector.accessToken'), hint: said('email.accessTokenHint'), url: '', required: false }, // prettier-ignore
]
