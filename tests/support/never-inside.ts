/** Packages that are more than JavaScript, or are looked for and may be missing. */
export const neverInside =
  /^(?:better-sqlite3|keytar|electron|bufferutil|utf-8-validate|onnxruntime-node|@huggingface\/tokenizers)(?:\/|$)/
