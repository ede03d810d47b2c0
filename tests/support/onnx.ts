/** Bytes of tiny ONNX models, written by hand: fields of onnx.proto as the format is described at onnx.ai. */
type Bytes = number[]

const varint = (value: number): Bytes =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]
const field = (no: number, content: Bytes): Bytes => [...varint(no * 8 + 2), ...varint(content.length), ...content]
const number = (no: number, value: number): Bytes => [...varint(no * 8), ...varint(value)]
const text = (no: number, value: string): Bytes => field(no, [...Buffer.from(value)])

const INT64 = 7
const FLOAT = 1

const valueInfo = (name: string, type: number, dims: (string | number)[]): Bytes => [
  ...text(1, name),
  ...field(
    2,
    field(1, [
      ...number(1, type),
      ...field(
        2,
        dims.flatMap((dim) => field(1, typeof dim === 'number' ? number(1, dim) : text(2, dim))),
      ),
    ]),
  ),
]

const node = (type: string, inputs: string[], outputs: string[], attributes: Bytes[] = []): Bytes => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, type),
  ...attributes.flatMap((attribute) => field(5, attribute)),
]

const matrix = (name: string, rows: number[][]): Bytes => [
  ...number(1, rows.length),
  ...number(1, rows[0]!.length),
  ...number(2, FLOAT),
  ...text(8, name),
  ...field(9, [...Buffer.from(Float32Array.from(rows.flat()).buffer)]),
]

interface Graph {
  nodes: Bytes[]
  constants?: Bytes[]
  inputs: Bytes[]
  outputs: Bytes[]
}

function model({ nodes, constants = [], inputs, outputs }: Graph): Uint8Array {
  const graph = [
    ...nodes.flatMap((one) => field(1, one)),
    ...text(2, 'g'),
    ...constants.flatMap((one) => field(5, one)),
    ...inputs.flatMap((one) => field(11, one)),
    ...outputs.flatMap((one) => field(12, one)),
  ]
  return Uint8Array.from([...number(1, 8), ...field(7, graph), ...field(8, [...text(1, ''), ...number(2, 13)])])
}

/** Looks up a vector a token: batch × tokens × size. */
export function tokenVectors(table: number[][]): Uint8Array {
  return model({
    nodes: [node('Gather', ['table', 'input_ids'], ['last_hidden_state'])],
    constants: [matrix('table', table)],
    inputs: [valueInfo('input_ids', INT64, ['batch', 'tokens'])],
    outputs: [valueInfo('last_hidden_state', FLOAT, ['batch', 'tokens', table[0]!.length])],
  })
}

/** Takes what a sentence model takes and never gives an answer: a loop without an end. */
export function endlessLoop(): Uint8Array {
  const BOOL = 9
  const GRAPH = 5
  const body = [
    ...field(1, node('Identity', ['going'], ['goesOn'])),
    ...field(1, node('Identity', ['kept'], ['keeps'])),
    ...text(2, 'body'),
    ...field(11, valueInfo('round', INT64, [])),
    ...field(11, valueInfo('going', BOOL, [])),
    ...field(11, valueInfo('kept', FLOAT, ['batch', 'tokens'])),
    ...field(12, valueInfo('goesOn', BOOL, [])),
    ...field(12, valueInfo('keeps', FLOAT, ['batch', 'tokens'])),
  ]
  return model({
    nodes: [
      node('Cast', ['input_ids'], ['numbers'], [[...text(1, 'to'), ...number(3, FLOAT), ...number(20, 2)]]),
      node('Loop', ['', '', 'numbers'], ['out'], [[...text(1, 'body'), ...field(6, body), ...number(20, GRAPH)]]),
    ],
    inputs: [valueInfo('input_ids', INT64, ['batch', 'tokens'])],
    outputs: [valueInfo('out', FLOAT, ['batch', 'tokens'])],
  })
}

/** Gives back the mask that it takes, as numbers: no vector of any meaning, and of the wrong kind. */
export function masksOnly(): Uint8Array {
  return model({
    nodes: [node('Identity', ['input_ids'], ['out'])],
    inputs: [valueInfo('input_ids', INT64, ['batch', 'tokens'])],
    outputs: [valueInfo('out', INT64, ['batch', 'tokens'])],
  })
}

/** A model of something else: it takes pixels. */
export function pictureModel(): Uint8Array {
  return model({
    nodes: [node('Identity', ['pixels'], ['out'])],
    inputs: [valueInfo('pixels', FLOAT, [1, 3])],
    outputs: [valueInfo('out', FLOAT, [1, 3])],
  })
}

/** `tokenizer.json` of a word-piece tokenizer that knows these words, in their order. */
export const wordPieces = (words: string[]): string =>
  JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, at) => [word, at])),
    },
  })
