import type { DeskAct, DeskDid, DeskRefusal, DeskView } from '#shared/model/desk-door.ts'
import { deskStyle } from './style.ts'
import { deskWords, type DeskLanguage, type DeskWords } from './words.ts'

export const deskSteps = ['accept', 'ask', 'done', 'back'] as const
export type DeskStep = (typeof deskSteps)[number]

const actsOf: Record<DeskStep, readonly DeskAct[]> = {
  accept: ['accept'],
  ask: ['ask'],
  done: ['answered', 'solved'],
  back: ['notOurs'],
}

/** Text of strangers goes through here, everywhere, in text and in attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
const e = escapeHtml

/** A link of a post, when it is one that a browser may follow. */
const webLink = (url: string | null): URL | null => {
  if (url === null || !URL.canParse(url)) return null
  const parsed = new URL(url)
  return /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '' ? parsed : null
}

interface Frame {
  language: DeskLanguage
  title: string
  desk: string | null
  brand: string
  body: string
}

function frame({ language, title, desk, brand, body }: Frame): string {
  const words = deskWords[language]
  const head = [brand === '' ? null : brand, desk === null ? null : words.for(desk)].filter((part) => part !== null)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${e(title)} · Earshot</title>
<style>${deskStyle}</style>
</head>
<body>
<div class="page">
<header><b>Earshot</b><span dir="auto">${e(head.join(' · '))}</span></header>
${body}
</div>
</body>
</html>
`
}

/** When it was, in the desk's zone, with its name: the reader may sit elsewhere. */
function moment(language: DeskLanguage, timeZone: string | null, at: number): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone !== null && { timeZone }),
  }
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', options).format(at)
}

function didText(words: DeskWords, language: DeskLanguage, timeZone: string | null, did: DeskDid): string {
  const said = did.text === '' ? '' : `<br><span class="soft" dir="auto">${e(did.text)}</span>`
  return `<p class="told" role="status" dir="auto">${e(words.did[did.act](did.by, moment(language, timeZone, did.at)))}${said}</p>`
}

function mentionBox(view: DeskView, words: DeskWords, language: DeskLanguage, now: number): string {
  const { mention, timeZone, dueAt } = view
  const at = (time: number): string => moment(language, timeZone, time)
  const who = [mention.authorName, mention.author].filter((part) => part !== null && part !== '').join(' ')
  const link = webLink(mention.url)
  const late = dueAt !== null && dueAt <= now
  return `<section class="box">
<p class="small soft"><bdi>${e(who === '' ? words.unknownAuthor : who)}</bdi> ${e(words.on(mention.network.replace(/^./, (first) => first.toUpperCase())))}, ${e(at(mention.publishedAt))}</p>
${mention.title === null ? '' : `<p dir="auto"><strong>${e(mention.title)}</strong></p>`}
<blockquote dir="auto">${e(mention.text)}</blockquote>
${link === null ? '' : `<p class="small"><a href="${e(link.href)}" target="_blank" rel="noopener noreferrer nofollow">${e(words.original(link.host))}</a></p>`}
<dl>
<dt>${e(words.priority)}</dt><dd>${e(words.priorities[view.priority])}</dd>
${dueAt === null ? '' : `<dt>${e(words.due)}</dt><dd${late ? ' class="late"' : ''}>${e(at(dueAt))}${late ? ` (${e(words.overdue)})` : ''}</dd>`}
<dt>${e(words.reason)}</dt><dd dir="auto">${e(view.reason)}</dd>
</dl>
${view.needsApproval ? `<p class="small soft">${e(words.approval)}</p>` : ''}
</section>`
}

const button = (act: DeskAct, label: string, second = false): string =>
  `<button name="do" value="${act}"${second ? ' class="second"' : ''}>${e(label)}</button>`

function form(token: string, step: DeskStep, view: DeskView, words: DeskWords, written: Written): string {
  const field = (label: string, required: boolean): string =>
    `<label>${e(label)}${required ? '' : ` (${e(words.optional)})`}<textarea name="text" maxlength="5000"${required ? ' required' : ''} dir="auto">\n${e(written.text)}</textarea></label>`
  const fields: Record<DeskStep, string> = {
    accept: '',
    ask: field(words.question, true),
    done: field(words.whatWasDone, false),
    back: field(words.why, true),
  }
  const buttons: Record<DeskStep, string> = {
    accept: button('accept', words.accept),
    ask: button('ask', words.ask),
    done: [
      view.may.includes('answered')
        ? `${button('answered', words.answered)}<small>${e(words.answeredHint)}</small>`
        : '',
      view.may.includes('solved') ? `${button('solved', words.solved, true)}<small>${e(words.solvedHint)}</small>` : '',
    ].join('\n'),
    back: button('notOurs', words.notOurs),
  }
  return `<form class="box" method="post" action="/desk/${e(token)}/${step}">
<p class="soft">${e(words.steps[step].text)}</p>
${fields[step]}
<label>${e(words.name)} (${e(words.optional)})<input name="name" maxlength="80" autocomplete="name" dir="auto" value="${e(written.name)}"></label>
<div class="buttons">
${buttons[step]}
</div>
</form>`
}

/** What was typed and could not be taken: it is shown again. */
export interface Written {
  text: string
  name: string
}

export interface DeskPage {
  token: string
  language: DeskLanguage
  /** null: whatever is left to do first. */
  step: DeskStep | null
  now: number
  problem?: 'textMissing' | 'tooLate'
  written?: Written
}

/** The page of one hand-off. Server-rendered, without a script, so that it works in every browser and mail program. */
export function deskPage(view: DeskView, page: DeskPage): string {
  const { token, language, now } = page
  const words = deskWords[language]
  const open = deskSteps.filter((step) => actsOf[step].some((act) => view.may.includes(act)))
  const wished = page.step !== null && open.includes(page.step) ? page.step : null
  // Asked for nothing in particular: to accept, while nobody has; after that the choice is the reader's.
  const step = wished ?? (open.includes('accept') ? 'accept' : null)
  const settled = view.replied ? words.replied : view.did?.act === 'notOurs' ? words.sentBack : words.steps.accept.title
  const title = step === null ? settled : words.steps[step].title
  const told = [
    page.problem ? `<p class="wrong" role="alert">${e(words[page.problem])}</p>` : '',
    view.did ? didText(words, language, view.timeZone, view.did) : '',
    view.replied && step !== null ? `<p class="told">${e(words.replied)}.</p>` : '',
    page.step !== null && wished === null && !page.problem && open.length > 0 && !view.did
      ? `<p class="wrong">${e(words.tooLate)}</p>`
      : '',
    open.length === 0 ? `<p class="soft">${e(words.nothingLeft)}</p>` : '',
  ]
  const message =
    view.message === null
      ? ''
      : `<section class="box"><p class="small soft">${e(words.writes)}</p><blockquote dir="auto">${e(view.message)}</blockquote></section>`
  const tabs = open
    .map(
      (one) =>
        `<a href="/desk/${e(token)}/${one}"${one === step ? ' aria-current="page"' : ''}>${e(words.steps[one].tab)}</a>`,
    )
    .join('\n')
  const body = `<main>
<h1>${e(title)}</h1>
${told.filter((part) => part !== '').join('\n')}
${message}
${mentionBox(view, words, language, now)}
${open.length > 0 ? `<nav>${tabs}</nav>` : ''}
${step === null ? '' : form(token, step, view, words, page.written ?? { text: '', name: '' })}
</main>
<footer>${e(words.holds(moment(language, view.timeZone, view.until)))}</footer>`
  return frame({ language, title, desk: view.desk, brand: view.brand, body })
}

/** A page that only tells why nothing can be done. */
export function deskNotice(
  language: DeskLanguage,
  notice: { title: string; text: string },
  refusal: DeskRefusal | null = null,
): string {
  const words = deskWords[language]
  const did = refusal?.did ? didText(words, language, refusal.timeZone, refusal.did) : ''
  const body = `<main>\n<h1>${e(notice.title)}</h1>\n${did}\n<p>${e(notice.text)}</p>\n</main>`
  return frame({ language, title: notice.title, desk: refusal?.desk ?? null, brand: '', body })
}

export function refusalPage(language: DeskLanguage, refusal: DeskRefusal): string {
  const { title, text } = deskWords[language].refusals[refusal.why]
  const at = refusal.at === null ? null : moment(language, refusal.timeZone, refusal.at)
  return deskNotice(language, { title, text: text(at) }, refusal)
}
