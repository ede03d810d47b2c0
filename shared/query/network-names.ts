/** Names that one network goes by: in queries, in files, in the tools that people come from. */
const names = [
  ['forums', 'forum'],
  ['blogs', 'blog'],
  ['reviews', 'review'],
  ['mail', 'email', 'e-mail'],
  ['x', 'twitter'],
] as const satisfies readonly (readonly string[])[]

const known = new Map<string, readonly string[]>(names.flatMap((row) => row.map((name) => [name, row])))

/** A network, in small letters, under all the names that a mention of it may carry. */
export const namesOfNetwork = (network: string): readonly string[] => known.get(network) ?? [network]
