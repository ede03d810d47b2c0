const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = [...'áƀćđéƒǵĥíĵķĺḿńóṕɋŕśťúṽŵẋýžÁƁĆĐÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼŴẊÝŽ']

/** `Add {name}` → `⟦Áđđ {name}⟧`: what is in braces stays, and of every other letter nothing is English any more. */
export const pseudo = (text: string): string =>
  text
    .split(' | ')
    .map(
      (form) =>
        `⟦${form.replace(/\{[^}]*\}|[a-z]/gi, (one) => (one.length > 1 ? one : accented[plain.indexOf(one)]!))}⟧`,
    )
    .join(' | ')

export type Tree = { [key: string]: Tree | string }

/** A whole catalogue in the invented language. */
export const pseudoTree = <T>(tree: T): T =>
  Object.fromEntries(
    Object.entries(tree as Tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudo(value) : pseudoTree(value),
    ]),
  ) as T

/** Words of three letters and more that the invented language did not make: what was said without a catalogue, unless they are of the data. */
export function plainWords(text: string, data: readonly string[] = []): string[] {
  const known = new Set(data.flatMap((one) => one.toLowerCase().match(/[a-z]{3,}/g) ?? []))
  return [...new Set(text.match(/[a-z]{3,}/gi))].filter((word) => !known.has(word.toLowerCase()))
}
