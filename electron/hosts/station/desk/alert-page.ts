import type { AlertRefusal, AlertView } from '#shared/model/alert-door.ts'
import type { AlertLine } from '#shared/model/alert-message.ts'
import type { Language } from '#shared/words/languages.ts'
import { escapeHtml as e, frame, moment, sayIn, webLink } from './page.ts'

function lineOf({ text, quote }: AlertLine): string {
  if (text === '') return ''
  if (quote) return `<blockquote dir="auto">${e(text)}</blockquote>`
  const link = /^https?:\/\/\S+$/.test(text) ? webLink(text) : null
  if (link === null) return `<p dir="auto">${e(text)}</p>`
  return `<p class="small"><a href="${e(link.href)}" target="_blank" rel="noopener noreferrer nofollow">${e(link.host)}</a></p>`
}

/** The page of one alert, in the language of whom it was sent to. Server-rendered, without a script. */
export function alertPage(view: AlertView, token: string): string {
  const { message, takenBy, takenAt, isOver, timeZone, until, who } = view
  const { language, lines } = message
  const say = sayIn(language)
  const [first, ...rest] = lines
  const title = e(first?.text ?? message.subject)
  const at = (time: number): string => moment(language, timeZone, time)
  const standing =
    takenBy === null
      ? ''
      : `<p class="told" role="status" dir="auto">${say('tell.takenBy', { by: takenBy, at: takenAt === null ? '' : at(takenAt) })}</p>`
  const form =
    isOver || takenBy !== null
      ? ''
      : `<form class="box" method="post" action="/alert/${e(token)}">
<p class="soft">${say('tell.takeHint')}</p>
<label>${say('door.name')} (${say('door.optional')})<input name="name" maxlength="80" autocomplete="name" dir="auto" value=""></label>
<div class="buttons">
<button name="do" value="take">${say('tell.take')}</button>
</div>
</form>`
  const body = `<main>
<h1 dir="auto">${title}</h1>
${standing}
<section class="box">
${rest
  .map(lineOf)
  .filter((line) => line !== '')
  .join('\n')}
</section>
${form}
</main>
<footer>${say('tell.linkHolds', { until: at(until) })}</footer>`
  return frame({ language, title, desk: who, brand: '', body })
}

/** A page that only tells why nothing can be seen. */
export function alertRefusalPage(language: Language, why: AlertRefusal): string {
  const say = sayIn(language)
  const title = say(`tell.refusal_${why}_title`)
  const body = `<main>\n<h1>${title}</h1>\n<p>${say(`tell.refusal_${why}_text`)}</p>\n</main>`
  return frame({ language, title, desk: null, brand: '', body })
}
