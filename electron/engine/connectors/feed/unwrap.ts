/** Hosts that lead on to what an entry is about, with the parameters that name it. */
const redirectors: { host: RegExp; path: RegExp; parameters: string[] }[] = [
  { host: /^(?:www\.|news\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/, path: /^\/url$/, parameters: ['url', 'q'] },
  { host: /^(?:www\.)?bing\.com$/, path: /^\/news\/apiclick\.aspx$/, parameters: ['url'] },
  { host: /^lm?\.facebook\.com$/, path: /^\/l\.php$/, parameters: ['u'] },
]

/** The article's own address where a link leads through a search engine (Google Alerts and its like); else the link. */
export function unwrapped(link: string): string {
  let url = new URL(link)
  // One redirector may lead to another; more than a few are a riddle.
  for (let hops = 0; hops < 3; hops++) {
    const known = redirectors.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname))
    const target = known?.parameters.map((name) => url.searchParams.get(name)).find((value) => value !== null)
    if (target == null || !/^https?:\/\//i.test(target) || !URL.canParse(target)) break
    url = new URL(target)
  }
  return url.href
}
