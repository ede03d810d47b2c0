import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

export interface Asset {
  body: Uint8Array<ArrayBuffer>
  type: string
  etag: string
  /** Its name holds a hash of its content: a browser may keep it for ever. */
  immutable: boolean
}

export type Assets = ReadonlyMap<string, Asset>

/**
 * The built page, read once into memory (about 3 MB). Requests are looked up by exact path in this map and never reach
 * the file system, so no path can leave the folder. Keys begin with a slash.
 */
export async function loadAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const assets = new Map<string, Asset>()
  for (const file of files) {
    const body = await readFile(file)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    assets.set(path, {
      body: new Uint8Array(body),
      type: types[extname(file)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      immutable: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path),
    })
  }
  return assets
}
