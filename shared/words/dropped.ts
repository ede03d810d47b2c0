import type { Said } from '#shared/model/said.ts'
import { asWritten, said, type Code } from './said.ts'

/** What is counted as not readable, by the reasons that connectors and the intake give; they are what is counted by, for ever. */
const codes = {
  'no date': 'dropped.noDate',
  'no id': 'dropped.noId',
  empty: 'dropped.empty',
  malformed: 'dropped.malformed',
  'too long': 'dropped.tooLong',
  'date before 1990': 'dropped.tooOld',
  'date in the future': 'dropped.inTheFuture',
  'not readable': 'dropped.notReadable',
  'not JSON': 'dropped.notJson',
  'not an object': 'dropped.notAnObject',
  'not a post': 'dropped.notAPost',
  'not a hit': 'dropped.notAHit',
  'not a status': 'dropped.notAStatus',
  'not a notification': 'dropped.notANotification',
  'not a Jetstream event': 'dropped.notAnEvent',
  'sent by Earshot': 'dropped.sentByEarshot',
  'sent by this mailbox': 'dropped.sentByMailbox',
  'delivery report': 'dropped.deliveryReport',
  'automatic reply': 'dropped.automaticReply',
  'line too long': 'dropped.lineTooLong',
  'quote not closed': 'dropped.quoteNotClosed',
  'wrong number of cells': 'dropped.wrongCells',
  'file ends early': 'dropped.fileEndsEarly',
  'not a mail': 'dropped.notAMail',
  'deleted in the mailbox': 'dropped.deletedInMailbox',
  'never sent': 'dropped.neverSent',
  'spam in the mailbox': 'dropped.spamInMailbox',
  'taken by a desk': 'dropped.takenByDesk',
} as const satisfies Readonly<Record<string, Code>>

/** Why something was not stored. */
export type DropReason = keyof typeof codes
export const dropReasons = Object.keys(codes) as DropReason[]

const isKnown = (reason: string): reason is DropReason => Object.hasOwn(codes, reason)

/** A reason that only another version of Earshot gave is said as it is. */
export const saidOfDrop = (reason: string): Said => (isKnown(reason) ? said(codes[reason]) : asWritten(reason))
