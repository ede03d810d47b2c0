import type { SendResult } from '#shared/model/parcel.ts'
import { said, type Code } from '#shared/words/said.ts'
import { passingFailure, userFailure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import type { HttpResponse } from '#engine/platform/http.ts'
import type { ReplyContext, OutgoingReply } from '../connector.ts'
import { fieldOf, jsonOf } from '../incoming.ts'
import { ask, reasonOf, refused, say, sent } from '../outgoing.ts'
import { facetsOf } from './facets.ts'
import { didOf, SessionOver, stillOpen, xrpc, type AccountConfig, type Session } from './session.ts'

/** Direct messages are no records; a service of its own keeps them, which the account's server passes requests on to. */
const CHAT = 'did:web:api.bsky.chat#bsky_chat'

const Conversation = z.object({ convo: z.object({ id: z.string().min(1) }) })
const Message = z.object({
  id: z.string().min(1),
  text: z.string().catch(''),
  sender: z.object({ did: z.string() }),
  sentAt: z.string().catch(''),
})

/** Errors of chat.bsky.convo.getConvoForMembers and sendMessage, in words. */
const against: Record<string, Code> = {
  MessagesDisabled: 'bluesky.directNone',
  NotFollowedBySender: 'bluesky.directFollowedOnly',
  BlockedActor: 'bluesky.blocked',
  BlockedSubject: 'bluesky.blocked',
  RecipientNotFound: 'bluesky.customerGone',
  AccountSuspended: 'bluesky.directSuspended',
  ConvoLocked: 'bluesky.directLocked',
}

function readRefusal(response: HttpResponse): SendResult {
  const error = fieldOf(response, 'error')
  const known = typeof error === 'string' ? against[error] : undefined
  if (known !== undefined) return refused(known)
  const reason = reasonOf(response)
  if (/follow/i.test(reason)) return refused('bluesky.directFollowedOnly')
  if (/disabled/i.test(reason)) return refused('bluesky.directNone')
  return refused(
    reason === ''
      ? said('bluesky.directRefused', { status: response.status })
      : said('bluesky.directRefusedWhy', { status: response.status, why: reason }),
  )
}

/** A session that may not write messages looks like one that is over; asking who we are tells the two apart. */
async function mayChat(
  context: ReplyContext<AccountConfig>,
  session: Session,
  response: HttpResponse,
): Promise<HttpResponse> {
  try {
    return stillOpen(response)
  } catch (error) {
    if (!(error instanceof SessionOver)) throw error
    stillOpen(await ask(context, xrpc(session.server, 'com.atproto.server.getSession', { token: session.access })))
    throw userFailure('bluesky.directNotAllowed')
  }
}

export async function sendDirect(
  context: ReplyContext<AccountConfig>,
  session: Session,
  answer: OutgoingReply,
): Promise<SendResult> {
  const { server, access: token } = session
  const members = answer.to.mention.author?.id ?? ''
  const found = await mayChat(
    context,
    session,
    await ask(context, xrpc(server, 'chat.bsky.convo.getConvoForMembers', { query: { members }, token, proxy: CHAT })),
  )
  if (found.status !== 200) return readRefusal(found)
  const read = Conversation.safeParse(jsonOf(found))
  if (!read.success) return refused('bluesky.noConversation')
  const convoId = read.data.convo.id
  const url = `https://bsky.app/messages/${convoId}`
  const placed = (id: string): SendResult => sent({ externalId: `${convoId}/${id}`, url })
  if (answer.triedAt !== null) {
    const there = await findAgain(context, session, convoId, answer)
    if (there !== undefined) return placed(there)
  }
  const facets = await facetsOf(answer.text, (handle) => didOf(context, server, handle))
  const message = { text: answer.text, ...(facets.length > 0 && { facets }) }
  const request = xrpc(server, 'chat.bsky.convo.sendMessage', { body: { convoId, message }, token, proxy: CHAT })
  return say(context, request, (response) => {
    if (stillOpen(response).status !== 200) return readRefusal(response)
    const written = Message.pick({ id: true }).safeParse(jsonOf(response))
    return written.success ? placed(written.data.id) : placed('')
  })
}

/** The service tells no second copy by a key: whether an earlier attempt arrived is seen in the conversation. */
async function findAgain(
  context: ReplyContext<AccountConfig>,
  session: Session,
  convoId: string,
  answer: OutgoingReply,
): Promise<string | undefined> {
  const query = { convoId, limit: '100' }
  const request = xrpc(session.server, 'chat.bsky.convo.getMessages', { query, token: session.access, proxy: CHAT })
  const response = stillOpen(await ask(context, request))
  const messages = fieldOf(response, 'messages')
  if (response.status !== 200 || !Array.isArray(messages)) throw passingFailure('bluesky.directUnknown')
  return messages
    .flatMap((one) => Message.safeParse(one).data ?? [])
    .find(
      ({ sender, text, sentAt }) =>
        sender.did === session.did && text === answer.text && Date.parse(sentAt) >= answer.at - 60_000,
    )?.id
}
