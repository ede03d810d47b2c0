import type { DeskAct, DeskRefusal } from '#shared/model/desk-door.ts'
import type { Priority } from '#shared/model/rule.ts'

export const deskLanguages = ['en', 'de'] as const
export type DeskLanguage = (typeof deskLanguages)[number]

/** Everything that the pages for desks say. Times and names are put in where a function asks for them. */
export interface DeskWords {
  for(desk: string): string
  priority: string
  priorities: Record<Priority, string>
  due: string
  overdue: string
  reason: string
  approval: string
  writes: string
  original(host: string): string
  unknownAuthor: string
  on(network: string): string
  /** Headings of the four steps; `ask` asks the officer. */
  steps: Record<'accept' | 'ask' | 'done' | 'back', { tab: string; title: string; text: string }>
  question: string
  whatWasDone: string
  why: string
  name: string
  optional: string
  accept: string
  ask: string
  answered: string
  answeredHint: string
  solved: string
  solvedHint: string
  notOurs: string
  did: Record<DeskAct, (by: string, at: string) => string>
  nothingLeft: string
  replied: string
  sentBack: string
  textMissing: string
  tooLate: string
  holds(until: string): string
  refusals: Record<DeskRefusal['why'], { title: string; text: (at: string | null) => string }>
  badForm: { title: string; text: string }
  tooMany: { title: string; text: string }
  notFound: { title: string; text: string }
}

const en: DeskWords = {
  for: (desk) => `for ${desk}`,
  priority: 'Priority',
  priorities: { urgent: 'urgent', high: 'high', normal: 'normal', low: 'low' },
  due: 'Customer hears back by',
  overdue: 'overdue',
  reason: 'Why it came to you',
  approval: 'The reply to the customer needs the approval of a second person.',
  writes: 'The listening officer writes',
  original: (host) => `Original on ${host}`,
  unknownAuthor: 'A customer',
  on: (network) => `on ${network}`,
  steps: {
    accept: {
      tab: 'Accept',
      title: 'A customer waits for you',
      text: 'Accepting tells the listening officer that your desk takes care of it.',
    },
    ask: {
      tab: 'Ask',
      title: 'Ask the listening officer',
      text: 'The officer sees the question at once. The clock for the customer runs on.',
    },
    done: {
      tab: 'Done',
      title: 'Say that it is done',
      text: 'Has the customer heard from you, or does the officer still have to answer?',
    },
    back: {
      tab: 'Not ours',
      title: 'Send it back',
      text: 'It goes back to the listening officer, who gives it to another desk.',
    },
  },
  question: 'Your question',
  whatWasDone: 'What was done or answered',
  why: 'Why it is not yours, and whose it is if you know',
  name: 'Your name',
  optional: 'optional',
  accept: 'Accept',
  ask: 'Send the question',
  answered: 'We answered the customer',
  answeredHint: 'Your desk wrote to the customer. The case counts as answered.',
  solved: 'Solved, please answer the customer',
  solvedHint: 'The cause is gone. The officer writes to the customer.',
  notOurs: 'Send it back',
  did: {
    accept: (by, at) => `Accepted by ${by}, ${at}.`,
    ask: (by, at) => `Asked by ${by}, ${at}. The officer has the question.`,
    answered: (by, at) => `The customer was answered by ${by}, ${at}.`,
    solved: (by, at) => `Solved by ${by}, ${at}. The officer answers the customer.`,
    notOurs: (by, at) => `Sent back by ${by}, ${at}.`,
    note: (by, at) => `A note was left by ${by}, ${at}.`,
  },
  nothingLeft: 'Nothing is left to do here.',
  replied: 'The customer has been answered',
  sentBack: 'This case was sent back',
  textMissing: 'Please write a few words; without them nobody knows what to do.',
  tooLate: 'This is not possible any more: the case has moved on. Nothing was changed.',
  holds: (until) =>
    `This link holds until ${until}. Whoever has it can answer for your desk: please do not pass it on.`,
  refusals: {
    unknown: {
      title: 'This link is not known',
      text: () =>
        'It was not made by this station, or it was changed or cut off on its way. Open it from the message again.',
    },
    expired: {
      title: 'This link has expired',
      text: (at) => `It held until ${at ?? 'some time ago'}. Ask the listening officer to hand the case over again.`,
    },
    moved: {
      title: 'This case was given to somebody else',
      text: () => 'The listening officer has given it to another desk. Nothing is left to do here.',
    },
    closed: {
      title: 'This case is closed',
      text: (at) => (at === null ? 'Nothing is left to do here.' : `It was closed ${at}. Nothing is left to do here.`),
    },
    unavailable: {
      title: 'The station cannot check this link at the moment',
      text: () => 'Its keychain is locked. Please try again in a few minutes; nothing was changed.',
    },
  },
  badForm: {
    title: 'This could not be read',
    text: 'Open the link from the message again and use the form there. Nothing was changed.',
  },
  tooMany: { title: 'Too many requests', text: 'Please wait a minute and try again. Nothing was changed.' },
  notFound: { title: 'There is no such page', text: 'Open the link from the message again.' },
}

const de: DeskWords = {
  for: (desk) => `für ${desk}`,
  priority: 'Priorität',
  priorities: { urgent: 'dringend', high: 'hoch', normal: 'normal', low: 'niedrig' },
  due: 'Antwort an die Kundschaft bis',
  overdue: 'überfällig',
  reason: 'Warum es hier ist',
  approval: 'Die Antwort braucht die Freigabe einer zweiten Person.',
  writes: 'Die Leitstelle schreibt',
  original: (host) => `Original auf ${host}`,
  unknownAuthor: 'Eine Kundin oder ein Kunde',
  on: (network) => `über ${network}`,
  steps: {
    accept: {
      tab: 'Übernehmen',
      title: 'Hier wartet jemand auf Antwort',
      text: 'Mit der Übernahme weiß die Leitstelle, dass sich diese Stelle kümmert.',
    },
    ask: {
      tab: 'Fragen',
      title: 'Rückfrage an die Leitstelle',
      text: 'Die Leitstelle sieht die Frage sofort. Die Frist läuft weiter.',
    },
    done: {
      tab: 'Erledigt',
      title: 'Als erledigt melden',
      text: 'Ist schon geantwortet worden, oder soll die Leitstelle noch antworten?',
    },
    back: {
      tab: 'Nicht zuständig',
      title: 'Zurückgeben',
      text: 'Der Fall geht an die Leitstelle zurück, die eine andere Stelle damit betraut.',
    },
  },
  question: 'Die Frage',
  whatWasDone: 'Was getan oder geantwortet wurde',
  why: 'Warum nicht zuständig, und wer es ist, falls bekannt',
  name: 'Name',
  optional: 'freiwillig',
  accept: 'Übernehmen',
  ask: 'Frage senden',
  answered: 'Wir haben geantwortet',
  answeredHint: 'Diese Stelle hat selbst geschrieben. Der Fall gilt als beantwortet.',
  solved: 'Gelöst, bitte antworten',
  solvedHint: 'Die Ursache ist behoben. Die Leitstelle schreibt die Antwort.',
  notOurs: 'Zurückgeben',
  did: {
    accept: (by, at) => `Übernommen: ${by}, ${at}.`,
    ask: (by, at) => `Gefragt: ${by}, ${at}. Die Leitstelle hat die Frage.`,
    answered: (by, at) => `Beantwortet: ${by}, ${at}.`,
    solved: (by, at) => `Gelöst: ${by}, ${at}. Die Leitstelle schreibt die Antwort.`,
    notOurs: (by, at) => `Zurückgegeben: ${by}, ${at}.`,
    note: (by, at) => `Notiz: ${by}, ${at}.`,
  },
  nothingLeft: 'Hier ist nichts mehr zu tun.',
  replied: 'Die Antwort ist gegeben',
  sentBack: 'Dieser Fall ist zurückgegeben',
  textMissing: 'Bitte ein paar Worte schreiben; ohne sie weiß niemand, was zu tun ist.',
  tooLate: 'Das geht nicht mehr: Der Fall ist schon weiter. Nichts wurde geändert.',
  holds: (until) =>
    `Dieser Link gilt bis ${until}. Wer ihn hat, kann für diese Stelle antworten: bitte nicht weitergeben.`,
  refusals: {
    unknown: {
      title: 'Dieser Link ist nicht bekannt',
      text: () =>
        'Er stammt nicht von dieser Station, oder er wurde unterwegs verändert oder abgeschnitten. Bitte noch einmal aus der Nachricht öffnen.',
    },
    expired: {
      title: 'Dieser Link ist abgelaufen',
      text: (at) => `Er galt bis ${at ?? 'vor einiger Zeit'}. Die Leitstelle kann den Fall noch einmal übergeben.`,
    },
    moved: {
      title: 'Dieser Fall liegt jetzt woanders',
      text: () => 'Die Leitstelle hat eine andere Stelle damit betraut. Hier ist nichts mehr zu tun.',
    },
    closed: {
      title: 'Dieser Fall ist geschlossen',
      text: (at) =>
        at === null ? 'Hier ist nichts mehr zu tun.' : `Er wurde ${at} geschlossen. Hier ist nichts mehr zu tun.`,
    },
    unavailable: {
      title: 'Der Link kann gerade nicht geprüft werden',
      text: () =>
        'Der Schlüsselbund der Station ist gesperrt. Bitte in ein paar Minuten noch einmal versuchen; nichts wurde geändert.',
    },
  },
  badForm: {
    title: 'Das war nicht zu lesen',
    text: 'Bitte den Link noch einmal aus der Nachricht öffnen und das Formular dort benutzen. Nichts wurde geändert.',
  },
  tooMany: {
    title: 'Zu viele Anfragen',
    text: 'Bitte eine Minute warten und noch einmal versuchen. Nichts wurde geändert.',
  },
  notFound: { title: 'Diese Seite gibt es nicht', text: 'Bitte den Link noch einmal aus der Nachricht öffnen.' },
}

export const deskWords: Record<DeskLanguage, DeskWords> = { en, de }

/** The first language of `Accept-Language` that there is (RFC 9110 section 12.5.4), else English. */
export function languageFor(header: string | undefined): DeskLanguage {
  const wished = (header ?? '')
    .split(',', 20)
    .map((part, i) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((q) => q !== undefined)
      return { tag: tag.toLowerCase(), quality: Number(quality ?? 1), i }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.i - b.i)
  for (const { tag } of wished) {
    const found = deskLanguages.find((language) => tag === language || tag.startsWith(`${language}-`))
    if (found) return found
  }
  return 'en'
}
