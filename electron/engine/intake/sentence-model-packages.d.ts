// What is used of what runs a person's own sentence model; the runtime is optional, so its own types may be missing.
declare module 'onnxruntime-node' {
  export class Tensor {
    constructor(type: 'int64', data: BigInt64Array, dims: readonly number[])
    readonly type: string
    readonly data: Float32Array | BigInt64Array
    readonly dims: readonly number[]
  }
  export class InferenceSession {
    static create(
      path: string,
      options: {
        executionProviders: string[]
        intraOpNumThreads: number
        interOpNumThreads: number
        logSeverityLevel: 0 | 1 | 2 | 3 | 4
      },
    ): Promise<InferenceSession>
    readonly inputNames: readonly string[]
    readonly outputNames: readonly string[]
    run(feeds: Record<string, Tensor>, fetches: readonly string[]): Promise<Record<string, Tensor>>
    release(): Promise<void>
  }
}

declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    /** Both as Hugging Face writes them: `tokenizer.json`, and `tokenizer_config.json`, which may be empty. */
    constructor(tokenizer: object, config: object)
    encode(text: string): { ids: number[] }
  }
}
