import type { ListenRow } from '#renderer/client/client.ts'

/** `Brewly, Kaffeeküche + 2`; empty for none. */
export function listenNames(ids: readonly string[], listens: ReadonlyMap<string, ListenRow>): string {
  const names = ids.map((id) => listens.get(id)?.name).filter((name): name is string => name !== undefined)
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} + ${names.length - 2}` : names.join(', ')
}
