import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { UserConfig, ViteDevServer } from 'vite'
import { contentSecurityPolicy, securityHeaders } from '#hosts/page/headers.ts'

export const devPort = 5173

/** What breaks under the policy of the product should break while it is built, too. */
export const devPolicy = contentSecurityPolicy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

/**
 * Vite's server with hot replacement in front of a running station: the page comes from the sources, calls and cookies
 * go through to the station. Only for building Earshot; the content policy is that of the product, but for the inline
 * styles that Vite puts in.
 */
export async function openDevPage(root: string, stationPort: number): Promise<ViteDevServer> {
  const { createServer } = await import('vite')
  const { default: config } = (await import(pathToFileURL(join(root, 'electron.vite.config.ts')).href)) as {
    default: { renderer: UserConfig }
  }
  const target = `http://127.0.0.1:${stationPort}`
  const server = await createServer({
    ...config.renderer,
    configFile: false,
    root: join(root, 'renderer'),
    server: {
      host: '127.0.0.1',
      port: devPort,
      strictPort: true,
      headers: { ...securityHeaders, 'Content-Security-Policy': devPolicy },
      proxy: { '/enter': { target }, '/rpc': { target, ws: true }, '/wall/rpc': { target, ws: true } },
    },
  })
  await server.listen()
  return server
}
