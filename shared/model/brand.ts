import { z } from 'zod'

/** A name that people talk about, ours or a competitor's, and the listens that hear it. */
export const Brand = z.object({
  name: z.string().trim().min(1).max(120),
  listenIds: z.array(z.string()).max(200),
})
export type Brand = z.infer<typeof Brand>

interface BrandSettings {
  brand: string
  brands: readonly Brand[]
}
interface HeardListen {
  id: string
  name: string
  routed: boolean
}

/** Whether a brand is the station's own: it is called like it. */
export const isOurs = (name: string, own: string): boolean =>
  name.trim().toLowerCase() === own.trim().toLowerCase() && own.trim() !== ''

/**
 * Every listen under exactly one brand, in the order of the listens. Where nobody has said which: what is routed is about us, and
 * what is only heard is a brand of the listen's name, as the first minute makes them for competitors.
 */
export function brandsOf({ brand, brands }: BrandSettings, listens: readonly HeardListen[]): Brand[] {
  const said = new Map(brands.toReversed().flatMap(({ name, listenIds }) => listenIds.map((id) => [id, name] as const)))
  const found = new Map<string, Brand>()
  for (const { id, name, routed } of listens) {
    const of = said.get(id) ?? (routed && brand.trim() !== '' ? brand.trim() : name)
    const key = of.toLowerCase()
    const known = found.get(key)
    if (known) known.listenIds.push(id)
    else found.set(key, { name: of, listenIds: [id] })
  }
  return [...found.values()]
}

/** What to save where each listen has been given a name; one without is left to `brandsOf`. */
export function brandsFrom(names: ReadonlyMap<string, string>): Brand[] {
  const found = new Map<string, Brand>()
  for (const [id, written] of names) {
    const name = written.trim()
    if (name === '') continue
    const known = found.get(name.toLowerCase())
    if (known) known.listenIds.push(id)
    else found.set(name.toLowerCase(), { name, listenIds: [id] })
  }
  return [...found.values()]
}
