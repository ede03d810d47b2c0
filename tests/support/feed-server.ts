import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { loopback, misbehave } from './loopback.ts'
import type { Loopback, Misbehaviour } from './loopback.ts'

export interface InventedItem {
  id: string
  title: string
  text: string
  at: number
  author?: string
}

/** An invented RSS 2.0 feed. */
export const rssOf = (items: InventedItem[], channel = ''): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Islands Gazette</title><link>https://gazette.example/</link>${channel}
${items
  .map(
    ({
      id,
      title,
      text,
      at,
      author,
    }) => `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>/stories/${id}</link>
<pubDate>${new Date(at).toUTCString()}</pubDate>${author === undefined ? '' : `<dc:creator>${author}</dc:creator>`}
<content:encoded><![CDATA[${text}]]></content:encoded></item>`,
  )
  .join('\n')}
</channel></rss>`

export interface FeedServer extends Loopback {
  /** Address of the feed. */
  feed: string
  body: string | Uint8Array
  contentType: string
  headers: Record<string, string>
  /** Answers 304 to who has it already; some servers do not know how. */
  validators: boolean
  misbehaviour: Misbehaviour
}

/** Serves one document as news sites do: ETag, Last-Modified, gzip. */
export async function feedServer(): Promise<FeedServer> {
  const base = await loopback((request, response) => {
    if (misbehave(server.misbehaviour, request, response)) return
    const bytes = Buffer.from(server.body)
    const etag = `"${createHash('sha1').update(bytes).digest('hex').slice(0, 12)}"`
    const headers: Record<string, string> = { 'content-type': server.contentType, ...server.headers }
    if (server.validators) {
      headers['etag'] = etag
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers)
        return void response.end()
      }
    }
    if (request.headers['accept-encoding']?.includes('gzip')) {
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip' })
      return void response.end(gzipSync(bytes))
    }
    response.writeHead(200, headers)
    response.end(bytes)
  })
  const server: FeedServer = {
    ...base,
    feed: `${base.url}/feed.xml`,
    body: rssOf([]),
    contentType: 'application/rss+xml; charset=utf-8',
    headers: {},
    validators: true,
    misbehaviour: null,
  }
  return server
}
