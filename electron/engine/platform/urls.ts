import { HttpProblem } from './http.ts'

/** Parses an http(s) URL, relative to `base` if given; throws HttpProblem `badUrl` that says what is wrong with it. */
export function wellBehavedUrl(text: string, base?: URL): URL {
  const shown = base ? base.origin : ''
  const fail = (message: string): never => {
    throw new HttpProblem('badUrl', shown, message)
  }
  if (!URL.canParse(text, base?.href)) return fail(base ? `${base.host} redirects to something that is no address.` : 'This is no web address. It must begin with https:// or http://.') // prettier-ignore
  const url = new URL(text, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail(base ? `${base.host} redirects to ${url.protocol}, which is not fetched.` : `Addresses must begin with https:// or http://, not ${url.protocol}//.`) // prettier-ignore
  }
  if (url.username !== '' || url.password !== '') {
    return fail(`The address of ${url.host} holds a password. Addresses are shown and exported: leave it out of there.`)
  }
  if (url.hostname === '') return fail('The address names no host.')
  url.hash = ''
  return url
}
