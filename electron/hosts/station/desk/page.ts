import type { DeskAct, DeskDid, DeskRefusal, DeskView } from '#shared/model/desk-door.ts'
import { dateLocale, languageOfTag, type Language } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { deskStyle } from './style.ts'

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

/** What stands in the catalogues, with what strangers wrote in its holes, as HTML. */
export const sayIn =
  (language: Language) =>
  (code: Code, values?: Record<string, string>): string =>
    e(words(language)(said(code, values)))
type Say = ReturnType<typeof sayIn>

/** A link of a post, when it is one that a browser may follow. */
export const webLink = (url: string | null): URL | null => {
  if (url === null || !URL.canParse(url)) return null
  const parsed = new URL(url)
  return /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '' ? parsed : null
}

interface Frame {
  language: Language
  title: string
  desk: string | null
  brand: string
  body: string
}

export function frame({ language, title, desk, brand, body }: Frame): string {
  const head = [...(brand === '' ? [] : [e(brand)]), ...(desk === null ? [] : [sayIn(language)('door.for', { desk })])]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · Earshot</title>
<style>${deskStyle}</style>
</head>
<body>
<div class="page">
<header><b>Earshot</b><span dir="auto">${head.join(' · ')}</span></header>
${body}
</div>
</body>
</html>
`
}

/** When it was, in the desk's zone, with its name: the reader may sit elsewhere. */
export function moment(language: Language, timeZone: string | null, at: number): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone !== null && { timeZone }),
  }
  return new Intl.DateTimeFormat(dateLocale(language), options).format(at)
}

function didText(language: Language, timeZone: string | null, did: DeskDid): string {
  const text = did.text === '' ? '' : `<br><span class="soft" dir="auto">${e(did.text)}</span>`
  const line = sayIn(language)(`door.did_${did.act}`, { who: did.by, at: moment(language, timeZone, did.at) })
  return `<p class="told" role="status" dir="auto">${line}${text}</p>`
}

function mentionBox(view: DeskView, say: Say, language: Language, now: number): string {
  const { mention, timeZone, dueAt } = view
  const at = (time: number): string => moment(language, timeZone, time)
  const who = [mention.authorName, mention.author].filter((part) => part !== null && part !== '').join(' ')
  const link = webLink(mention.url)
  const network = mention.network.replace(/^./, (first) => first.toUpperCase())
  const late = dueAt !== null && dueAt <= now
  return `<section class="box">
<p class="small soft"><bdi>${who === '' ? say('door.unknownAuthor') : e(who)}</bdi> ${say('door.on', { network })}, ${e(at(mention.publishedAt))}</p>
${mention.title === null ? '' : `<p dir="auto"><strong>${e(mention.title)}</strong></p>`}
<blockquote dir="auto">${e(mention.text)}</blockquote>
${link === null ? '' : `<p class="small"><a href="${e(link.href)}" target="_blank" rel="noopener noreferrer nofollow">${say('door.original', { host: link.host })}</a></p>`}
<dl>
<dt>${say('door.priority')}</dt><dd>${say(`door.priorities_${view.priority}`)}</dd>
${dueAt === null ? '' : `<dt>${say('door.due')}</dt><dd${late ? ' class="late"' : ''}>${e(at(dueAt))}${late ? ` (${say('door.overdue')})` : ''}</dd>`}
<dt>${say('door.reason')}</dt><dd dir="auto">${e(view.reason)}</dd>
</dl>
${view.needsApproval ? `<p class="small soft">${say('door.approval')}</p>` : ''}
</section>`
}

const button = (act: DeskAct, label: string, second = false): string =>
  `<button name="do" value="${act}"${second ? ' class="second"' : ''}>${label}</button>`

function form(token: string, step: DeskStep, view: DeskView, say: Say, written: Written): string {
  const field = (label: string, required: boolean): string =>
    `<label>${label}${required ? '' : ` (${say('door.optional')})`}<textarea name="text" maxlength="5000"${required ? ' required' : ''} dir="auto">\n${e(written.text)}</textarea></label>`
  const fields: Record<DeskStep, string> = {
    accept: '',
    ask: field(say('door.question'), true),
    done: field(say('door.whatWasDone'), false),
    back: field(say('door.why'), true),
  }
  const buttons: Record<DeskStep, string> = {
    accept: button('accept', say('door.accept')),
    ask: button('ask', say('door.ask')),
    done: [
      view.may.includes('answered')
        ? `${button('answered', say('door.answered'))}<small>${say('door.answeredHint')}</small>`
        : '',
      view.may.includes('solved')
        ? `${button('solved', say('door.solved'), true)}<small>${say('door.solvedHint')}</small>`
        : '',
    ].join('\n'),
    back: button('notOurs', say('door.notOurs')),
  }
  return `<form class="box" method="post" action="/desk/${e(token)}/${step}">
<p class="soft">${say(`door.steps_${step}_text`)}</p>
${fields[step]}
<label>${say('door.name')} (${say('door.optional')})<input name="name" maxlength="80" autocomplete="name" dir="auto" value="${e(written.name)}"></label>
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
  language: Language
  /** null: whatever is left to do first. */
  step: DeskStep | null
  now: number
  problem?: 'textMissing' | 'tooLate'
  written?: Written
}

/** The page of one hand-off. Server-rendered, without a script, so that it works in every browser and mail program. */
export function deskPage(view: DeskView, page: DeskPage): string {
  const { token, language, now } = page
  const say = sayIn(language)
  const open = deskSteps.filter((step) => actsOf[step].some((act) => view.may.includes(act)))
  const wished = page.step !== null && open.includes(page.step) ? page.step : null
  // Asked for nothing in particular: to accept, while nobody has; after that the choice is the reader's.
  const step = wished ?? (open.includes('accept') ? 'accept' : null)
  const settled = view.replied
    ? say('door.replied')
    : view.did?.act === 'notOurs'
      ? say('door.sentBack')
      : say('door.steps_accept_title')
  const title = step === null ? settled : say(`door.steps_${step}_title`)
  const told = [
    page.problem ? `<p class="wrong" role="alert">${say(`door.${page.problem}`)}</p>` : '',
    view.did ? didText(language, view.timeZone, view.did) : '',
    view.replied && step !== null ? `<p class="told">${say('door.replied')}.</p>` : '',
    page.step !== null && wished === null && !page.problem && open.length > 0 && !view.did
      ? `<p class="wrong">${say('door.tooLate')}</p>`
      : '',
    open.length === 0 ? `<p class="soft">${say('door.nothingLeft')}</p>` : '',
  ]
  const message =
    view.message === null
      ? ''
      : `<section class="box"><p class="small soft">${say('door.writes')}</p><blockquote dir="auto">${e(view.message)}</blockquote></section>`
  const tabs = open
    .map(
      (one) =>
        `<a href="/desk/${e(token)}/${one}"${one === step ? ' aria-current="page"' : ''}>${say(`door.steps_${one}_tab`)}</a>`,
    )
    .join('\n')
  const body = `<main>
<h1>${title}</h1>
${told.filter((part) => part !== '').join('\n')}
${message}
${mentionBox(view, say, language, now)}
${open.length > 0 ? `<nav>${tabs}</nav>` : ''}
${step === null ? '' : form(token, step, view, say, page.written ?? { text: '', name: '' })}
</main>
<footer>${say('door.holds', { until: moment(language, view.timeZone, view.until) })}</footer>`
  return frame({ language, title, desk: view.desk, brand: view.brand, body })
}

/** A page that only tells why nothing can be done. `title` and `text` are HTML. */
function notice(language: Language, title: string, text: string, refusal: DeskRefusal | null = null): string {
  const did = refusal?.did ? didText(language, refusal.timeZone, refusal.did) : ''
  const body = `<main>\n<h1>${title}</h1>\n${did}\n<p>${text}</p>\n</main>`
  return frame({ language, title, desk: refusal?.desk ?? null, brand: '', body })
}

export function deskNotice(language: Language, what: 'badForm' | 'tooMany' | 'notFound'): string {
  const say = sayIn(language)
  return notice(language, say(`door.${what}_title`), say(`door.${what}_text`))
}

export function refusalPage(language: Language, refusal: DeskRefusal): string {
  const { why, at, timeZone } = refusal
  const say = sayIn(language)
  const isTimed = why === 'closed' || why === 'expired'
  const text = !isTimed
    ? say(`door.refusals_${why}_text`)
    : at === null
      ? say(`door.refusals_${why}_text_unknown`)
      : say(`door.refusals_${why}_text`, { at: moment(language, timeZone, at) })
  return notice(language, say(`door.refusals_${why}_title`), text, refusal)
}

/** The first language of `Accept-Language` that there is (RFC 9110 section 12.5.4), else English. */
export function languageFor(header: string | undefined): Language {
  const wished = (header ?? '')
    .split(',', 20)
    .map((part, i) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((q) => q !== undefined)
      return { language: languageOfTag(tag), quality: Number(quality ?? 1), i }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.i - b.i)
  return wished.find(({ language }) => language !== undefined)?.language ?? 'en'
}
