import { BOUNDARY, type QueryDocument } from './document.ts'

/**
 * What the full-text index of a mention holds: title words, boundary, text words, boundary, hashtags and handles with their
 * sign, facets; separated by single spaces. The FTS5 table must take it apart at spaces only and change nothing:
 *
 *     CREATE VIRTUAL TABLE … USING fts5(body, content='', contentless_delete=1,
 *       tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'")
 *
 * (FTS_TOKENIZE below is that option's value.) The ascii tokenizer takes every non-ASCII character as part of a token;
 * unicode61 would split emoji and fold what must stay. Contentless: the text is kept in `mentions` already and this stream
 * can be made again from a row. `detail` must stay `full` (phrases, NEAR). No `prefix` index is needed.
 *
 * When a mention's facets change (language or country corrected), delete and insert its row again; sentiment
 * and engagement are not in here.
 */
export const FTS_TOKENIZE = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~'"

/** The token stream of a document, ready to be inserted into the FTS5 table. */
export function searchText(document: QueryDocument): string {
  let stream = ''
  let tail = ''
  if (document.facts.title !== null) {
    for (const token of document.titleTokens) {
      stream += token.norm + ' '
      if (token.tag !== null) tail += ' ' + token.tag
    }
    stream += BOUNDARY + ' '
  }
  for (const token of document.tokens) {
    stream += token.norm + ' '
    if (token.tag !== null) tail += ' ' + token.tag
  }
  stream += BOUNDARY + tail
  for (const facet of document.facets) stream += ' ' + facet
  return stream
}
