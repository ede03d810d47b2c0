/** Something the palette offers. */
export interface PaletteItem {
  id: string
  label: string
  group: string
  words: string
  keys?: string
  run(): void
}

const plain = (text: string) => text.toLocaleLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')

/**
 * How well an item answers what was typed: every word must be found. Beginnings beat middles, the label beats further
 * words. 0: not at all.
 */
export function score(item: Pick<PaletteItem, 'label' | 'group' | 'words'>, asked: string): number {
  const label = plain(item.label)
  const rest = plain(`${item.group} ${item.words}`)
  let sum = 0
  for (const word of plain(asked).split(/\s+/).filter(Boolean)) {
    const at = label.indexOf(word)
    if (at === 0) sum += 8
    else if (at > 0 && !/[\p{L}\p{N}]/u.test(label[at - 1]!)) sum += 6
    else if (at > 0) sum += 3
    else if (rest.includes(word)) sum += 1
    else return 0
  }
  return sum - label.length / 1000
}

export function rank<T extends Pick<PaletteItem, 'label' | 'group' | 'words'>>(
  items: readonly T[],
  asked: string,
  most = 40,
): T[] {
  if (!asked.trim()) return items.slice(0, most)
  return items
    .map((item, index) => ({ item, index, points: score(item, asked) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.index - b.index)
    .slice(0, most)
    .map(({ item }) => item)
}
