/** A phrase of the query language. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, ' ').trim()}"`

/** One term as it was said; a hashtag is asked for as one. */
export const termQuery = (term: string): string => (/^#[\p{L}\p{N}_]+$/u.test(term) ? term : quoted(term))
