import type { ConnectorInfo } from '#shared/contract/sources.ts'
import type { Collect } from '#engine/collect/collect.ts'
import type { Imports } from '#engine/intake/imports.ts'
import { api } from './base.ts'

/** Imports that are listed. */
const MOST_IMPORTS = 100

/** Sources, their health, trying one out, importing a file, and taking an import back. */
export const sourcesApi = (collect: Collect, imports: Imports) => ({
  connectors: api.sources.connectors.handler(() =>
    collect.connectors.map(({ id, network, name, summary, fields, secrets }): ConnectorInfo => ({
      id,
      network,
      name,
      summary,
      fields,
      secrets,
    })),
  ),
  list: api.sources.list.handler(() => collect.list()),
  save: api.sources.save.handler(({ input, context }) => collect.save(input, context.actor)),
  remove: api.sources.remove.handler(async ({ input, context }) => {
    await collect.remove(input.id, context.actor)
    return {}
  }),
  setEnabled: api.sources.setEnabled.handler(({ input, context }) =>
    collect.setEnabled(input.id, input.enabled, context.actor),
  ),
  check: api.sources.check.handler(({ input }) => collect.check(input)),
  fetchNow: api.sources.fetchNow.handler(({ input }) => {
    collect.fetchNow(input.id)
    return {}
  }),
  previewFile: api.sources.previewFile.handler(({ input: { file, name, ...options } }) =>
    collect.previewFile(bytesOf(file), name, options),
  ),
  runningImports: api.sources.runningImports.handler(() => collect.importing()),
  callOffImport: api.sources.callOffImport.handler(({ input }) => {
    collect.callOffImport(input.sourceName)
    return {}
  }),
  pastImports: api.sources.pastImports.handler(() => imports.list(MOST_IMPORTS)),
  undoImport: api.sources.undoImport.handler(({ input, context }) => imports.undo(input.id, context.actor)),
  importFile: api.sources.importFile.handler(({ input, signal, context }) =>
    collect.importFile(bytesOf(input.file), {
      fileName: input.name,
      size: input.file.size,
      sourceName: input.sourceName,
      mapping: input.mapping,
      dateOrder: input.dateOrder,
      encoding: input.encoding,
      sheet: input.sheet,
      zone: input.zone,
      own: input.own,
      live: input.live,
      by: context.actor,
      signal,
    }),
  ),
})

const bytesOf = (file: Blob): AsyncIterable<Uint8Array> => file.stream() as unknown as AsyncIterable<Uint8Array>
