/** What is used of it: the engine's own library of types knows no browser. */
declare const WebAssembly: {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object) => { exports: object }
}

/** Numbers that are added up at once: a row is so many or a multiple. */
export const BLOCK = 16

export interface SumModule {
  memory: { buffer: ArrayBuffer }
  /** Of `count` rows of `size` 8-bit numbers whose places and weights (f32) stand at these two addresses; the sum goes to address 0. */
  sum(count: number, size: number, places: number, weights: number): void
}

/** The module over so many pages of memory, its own; null: the runtime has no vector instructions. */
export function openSumModule(pages: number): SumModule | null {
  const bytes = sumModule(pages)
  if (!WebAssembly.validate(bytes)) return null
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  return exports as unknown as SumModule
}

// Instructions of the WebAssembly specification 2.0, by their names there.
const I32 = 0x7f
const V128 = 0x7b
const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
const tee = (local: number): number[] => [0x22, local]
const i32 = (value: number): number[] => [0x41, ...signed(value)]
const add = [0x6a]
const lessUnsigned = [0x49]
const i32Load = [0x28, 2, 0]
const simd = (code: number, ...rest: number[]): number[] => [0xfd, ...unsigned(code), ...rest]
const v128Load = simd(0, 0, 0)
const load32Splat = simd(9, 2, 0)
const v128Store = (offset: number): number[] => simd(11, 0, offset)
const zeros = simd(12, ...new Array<number>(16).fill(0))
const extendBytes = [simd(135), simd(136)]
const extendShorts = [simd(167), simd(168)]
const toFloats = simd(250)
const floatAdd = simd(228)
const floatTimes = simd(230)
const loop = (body: number[]): number[] => [0x03, 0x40, ...body, 0x0b]
const onlyIf = (body: number[]): number[] => [0x04, 0x40, ...body, 0x0b]
const branchIf = [0x0d, 0]

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}
function signed(value: number): number[] {
  const done = (value >= 0 && value < 64) || (value < 0 && value >= -64)
  return done ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}
const list = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()]
const section = (id: number, content: number[]): number[] => [id, ...unsigned(content.length), ...content]
const text = (word: string): number[] => list([...new TextEncoder().encode(word)].map((byte) => [byte]))

// Parameters and locals of the function.
const [COUNT, SIZE, PLACES, WEIGHTS, BLOCK_AT, END, PLACE, WEIGHT, ROW, FACTOR, HALF] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
]
const SUMS = [11, 12, 13, 14]

/** One row's sixteen numbers become four times four floats, times the row's weight, onto the four sums. */
const addRow = [0, 1].flatMap((half) => [
  ...get(ROW),
  ...extendBytes[half]!,
  ...set(HALF),
  ...[0, 1].flatMap((quarter) => {
    const own = SUMS[2 * half + quarter]!
    return [
      ...get(HALF),
      ...extendShorts[quarter]!,
      ...toFloats,
      ...get(FACTOR),
      ...floatTimes,
      ...get(own),
      ...floatAdd,
      ...set(own),
    ]
  }),
])

const overRows = loop([
  ...get(PLACE),
  ...i32Load,
  ...get(BLOCK_AT),
  ...add,
  ...v128Load,
  ...set(ROW),
  ...get(WEIGHT),
  ...load32Splat,
  ...set(FACTOR),
  ...addRow,
  ...get(WEIGHT),
  ...i32(4),
  ...add,
  ...set(WEIGHT),
  ...get(PLACE),
  ...i32(4),
  ...add,
  ...tee(PLACE),
  ...get(END),
  ...lessUnsigned,
  ...branchIf,
])

/** Sixteen numbers of all rows, then the next sixteen: the four sums stay in registers. */
const body = [
  // Where the places end: four bytes each.
  ...get(PLACES),
  ...get(COUNT),
  ...i32(2),
  0x74,
  ...add,
  ...set(END),
  ...loop([
    ...SUMS.flatMap((own) => [...zeros, ...set(own)]),
    ...get(PLACES),
    ...set(PLACE),
    ...get(WEIGHTS),
    ...set(WEIGHT),
    ...get(COUNT),
    ...onlyIf(overRows),
    ...SUMS.flatMap((own, at) => [...get(BLOCK_AT), ...i32(2), 0x74, ...get(own), ...v128Store(16 * at)]),
    ...get(BLOCK_AT),
    ...i32(BLOCK),
    ...add,
    ...tee(BLOCK_AT),
    ...get(SIZE),
    ...lessUnsigned,
    ...branchIf,
  ]),
  0x0b,
]

/** The mark of a module, and the version. */
const head = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

function sumModule(pages: number): Uint8Array<ArrayBuffer> {
  const locals = list([
    [4, I32],
    [7, V128],
  ])
  const code = [...locals, ...body]
  return Uint8Array.from([
    ...head,
    ...section(1, list([[0x60, ...list([[I32], [I32], [I32], [I32]]), 0]])),
    ...section(3, list([[0]])),
    ...section(5, list([[0, ...unsigned(pages)]])),
    ...section(
      7,
      list([
        [...text('memory'), 2, 0],
        [...text('sum'), 0, 0],
      ]),
    ),
    ...section(10, list([[...unsigned(code.length), ...code]])),
  ])
}
