import type { CannedReply } from '#shared/model/canned.ts'

/** Replies that a new station starts with. Short, and none that promises what nobody has looked into. */
export const starterReplies: CannedReply[] = [
  { id: 'can_looking_en', name: 'We are looking into it', lang: 'en', text: 'Hello {author}, thank you for telling us. We are looking into it and will write again by {promise}. {officer}, {brand}' },
  { id: 'can_looking_de', name: 'We are looking into it', lang: 'de', text: 'Hallo {author}, danke für den Hinweis. Wir sehen uns das an und melden uns bis {promise} wieder. {officer}, {brand}' },
  { id: 'can_details_en', name: 'We need details', lang: 'en', text: 'Hello {author}, sorry about that. Could you send us your order number in a private message, so that we can find out what happened? {officer}' },
  { id: 'can_details_de', name: 'We need details', lang: 'de', text: 'Hallo {author}, das tut uns leid. Schicken Sie uns bitte Ihre Bestellnummer in einer privaten Nachricht, dann finden wir heraus, was passiert ist? {officer}' },
  { id: 'can_solved_en', name: 'It is solved', lang: 'en', text: 'Hello {author}, this is solved now. If it happens again, please write here and we will look at it at once. {officer}, {brand}' },
  { id: 'can_solved_de', name: 'It is solved', lang: 'de', text: 'Hallo {author}, das ist jetzt behoben. Wenn es wieder vorkommt, schreiben Sie uns bitte hier, dann sehen wir sofort nach. {officer}, {brand}' },
  { id: 'can_thanks_en', name: 'Thank you', lang: 'en', text: 'Thank you, {author}! We have passed it on to the people who made it. {officer}' },
  { id: 'can_thanks_de', name: 'Thank you', lang: 'de', text: 'Danke, {author}! Wir haben es an die Menschen weitergegeben, die das gemacht haben. {officer}' },
] // prettier-ignore
