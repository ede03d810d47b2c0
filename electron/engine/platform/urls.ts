import type { Said } from '#shared/model/said.ts'
import { said, type Code } from '#shared/words/said.ts'
import { HttpProblem } from './http.ts'

/** Parses an http(s) URL, relative to `base` if given; throws HttpProblem `badUrl` that says what is wrong with it. */
export function wellBehavedUrl(text: string, base?: URL): URL {
  const shown = base ? base.origin : ''
  const fail = (what: Code | Said): never => {
    throw new HttpProblem('badUrl', shown, what)
  }
  if (!URL.canParse(text, base?.href))
    return fail(base ? said('http.redirectsNowhere', { host: base.host }) : 'http.noWebAddress')
  const url = new URL(text, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail(
      base
        ? said('http.redirectRefused', { host: base.host, target: url.protocol })
        : said('http.schemeUnknown', { scheme: url.protocol }),
    )
  }
  if (url.username !== '' || url.password !== '') {
    return fail(said('http.passwordInAddress', { host: url.host }))
  }
  if (url.hostname === '') return fail('http.noHost')
  url.hash = ''
  return url
}
