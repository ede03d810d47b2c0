/** Reading of headers that several networks share. Header names are lower case, as `HttpResponse` gives them. */
type Headers = Record<string, string>

/**
 * Retry-After in ms from now: seconds or an HTTP date (RFC 9110 §10.2.3). null when it is absent or unreadable; a date
 * that has passed is 0.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return null
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/**
 * X-RateLimit-Limit, -Remaining, -Reset. Reset is an ISO date (Mastodon), seconds since the epoch or seconds from now
 * (others): told apart by size. null when limit or remaining is missing.
 */
export function rateLimit(
  headers: Headers,
  now: number,
): { used: number; limit: number; resetsAt: number | null } | null {
  const limit = Number(headers['x-ratelimit-limit'] ?? headers['ratelimit-limit'] ?? Number.NaN)
  const remaining = Number(headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'] ?? Number.NaN)
  if (!Number.isFinite(limit) || !Number.isFinite(remaining) || limit <= 0) return null
  return { used: Math.max(0, limit - remaining), limit, resetsAt: resetTime(headers, now) }
}

function resetTime(headers: Headers, now: number): number | null {
  const value = (headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'])?.trim()
  if (value === undefined || value === '') return null
  if (/^\d+(\.\d+)?$/.test(value)) {
    const seconds = Number(value)
    // Ten digits are a date since 2001; nobody makes a client wait for thirty years.
    return seconds >= 1e9 ? Math.round(seconds * 1000) : now + Math.round(seconds * 1000)
  }
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : date
}

/**
 * Where a redirect that was not followed leads, to be shown: origin and path, of which parts that look like a secret keep
 * their last three characters. null: no redirect, or one to nowhere.
 */
export function redirectTarget({
  status,
  headers,
  url,
}: {
  status: number
  headers: Headers
  url: string
}): string | null {
  if (status < 300 || status >= 400) return null
  const to = URL.parse(headers['location'] ?? '', url)
  if (!headers['location'] || to === null) return null
  const path = to.pathname.replace(/(?<=\/)(?=[^/]*\d)[^/]{16,}(?=\/|$)/g, (part) => `…${part.slice(-3)}`)
  return `${to.protocol}//${to.host}${path}`
}

/** Link header (RFC 8288): relation → absolute URL. Unreadable parts are left out. */
export function linkRelations(headers: Headers, base: string): Record<string, string> {
  const relations: Record<string, string> = {}
  for (const [, target, parameters] of (headers['link'] ?? '').matchAll(/<([^<>]*)>((?:\s*;\s*[^,;]+)*)/g)) {
    const relation = /;\s*rel\s*=\s*"?([^";]+)"?/i.exec(parameters ?? '')?.[1]
    if (target === undefined || relation === undefined || !URL.canParse(target, base)) continue
    for (const name of relation.trim().split(/\s+/)) relations[name.toLowerCase()] ??= new URL(target, base).href
  }
  return relations
}
