import type { WallLayout } from '#shared/model/wall.ts'
import { newId } from '#shared/util/ids.ts'

/** What a layout file says of itself, so that a stranger's JSON is told apart before it is read. */
const FORMAT = 'earshot-wall-layout'
const VERSION = 1

export const layoutFileName = (name: string): string =>
  `${
    name
      .trim()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase() || 'wall'
  }.earshot-layout.json`

export function writeLayoutFile(layout: WallLayout): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, name: layout.name, attention: layout.attention, panes: layout.panes }, null, 2)}\n`
}

export type LayoutFileProblem = 'notJson' | 'otherFormat' | 'newer' | 'damaged'
/** The layout in a file, under a new id; panes get new ids too, so that importing twice gives two layouts. */
export async function readLayoutFile(
  text: string,
): Promise<{ ok: true; layout: WallLayout } | { ok: false; problem: LayoutFileProblem; where: string }> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { ok: false, problem: 'notJson', where: error instanceof Error ? error.message : '' }
  }
  const file = data as { format?: unknown; version?: unknown; name?: unknown; panes?: unknown; attention?: unknown }
  if (typeof data !== 'object' || data === null || file.format !== FORMAT)
    return { ok: false, problem: 'otherFormat', where: '' }
  if (typeof file.version !== 'number' || file.version > VERSION)
    return { ok: false, problem: 'newer', where: String(file.version) }
  const { WallLayout: schema } = await import('#shared/model/wall.ts')
  const parsed = schema.safeParse({ id: newId('lay'), name: file.name, panes: file.panes, attention: file.attention })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { ok: false, problem: 'damaged', where: issue ? `${issue.path.join('.')}: ${issue.message}` : '' }
  }
  const layout = parsed.data
  return { ok: true, layout: { ...layout, panes: layout.panes.map((pane) => ({ ...pane, id: newId('pan') })) } }
}
