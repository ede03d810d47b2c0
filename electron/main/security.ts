import { protocol, session, shell, type App } from 'electron'
import { loadAssets } from '#hosts/page/assets.ts'
import { securityHeaders } from '#hosts/page/headers.ts'
import { assetPath, isOwnPage, mayOpenOutside } from './policy.ts'

/** Before the app is ready: makes `app://earshot` an origin of its own, with the rights of a secure web page. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** The built page from memory by exact name, see loadAssets; nothing else of the disk can be asked for. */
export async function serveAppProtocol(folder: string): Promise<void> {
  const assets = await loadAssets(folder)
  protocol.handle('app', (request) => {
    const path = assetPath(request.url)
    const asset = path === undefined || request.method !== 'GET' ? undefined : assets.get(path)
    if (!asset) return new Response('There is no such page.', { status: 404, headers: securityHeaders })
    return new Response(asset.body, { headers: { ...securityHeaders, 'Content-Type': asset.type } })
  })
}

/** Applies to every page that this app ever shows, whoever made it. */
export function guardEverything(app: App): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
  session.defaultSession.webRequest.onBeforeRequest((request, decide) => {
    decide({
      cancel:
        !isOwnPage(request.url) &&
        !request.url.startsWith('devtools:') &&
        !request.url.startsWith('blob:app://earshot/') &&
        !request.url.startsWith('data:image/'),
    })
  })
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOwnPage(url)) event.preventDefault()
    })
    contents.on('will-redirect', (event, url) => {
      if (!isOwnPage(url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url)
      return { action: 'deny' }
    })
  })
}
