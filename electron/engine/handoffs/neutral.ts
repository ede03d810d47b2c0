/**
 * What a stranger wrote, on its way into tools of ours that act on text. Their words stay readable as they are; what
 * would be a command, a mention, a reference or markup there is broken by a zero-width space.
 */
const BREAK = '\u200b'

/** Line ends of every kind: also those that only some programs show as one. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/
/** Control characters, and marks that turn the direction of whatever follows. */
const INVISIBLE = /(?!\t)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** One line without anything that could end it. */
export const oneLine = (text: string): string =>
  text.toWellFormed().split(LINE_END).join(' ').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim()

/** Set apart as mail programs, chats and trackers do: no line of it can pass for one of ours. */
export const quoted = (text: string, neutral: (line: string) => string): string[] =>
  text
    .toWellFormed()
    .split(LINE_END)
    .map((line) => `> ${neutral(line.replace(INVISIBLE, ''))}`.trimEnd())

/** Plain text, as in a mail. */
export const asItIs = (text: string): string => text

/**
 * The subject of a mail to a help desk: by `[#4711]`, `[OPS-12]`, `Ticket#12`, `[E-…]` or `ref:…:ref` it would be filed under a
 * case that a stranger names.
 */
export const subjectSafe = (text: string): string =>
  text
    .replace(/#(?=\s?\d)|(?<=\[)(?=\s?(?:[\p{L}~]+[-\s#:]*)?\d)|(?<=\[)(?=E-)/giu, `$&${BREAK}`)
    .replace(/(?<![\p{L}\p{N}])(ref|thread|ticket|case|request|sr|inc|ritm)(?=:?\s?[_!\d:]*\d)/giu, `$1${BREAK}`)

/** Slack reads `<!channel>` and links in angle brackets out of text; escaped, they are only text. */
export const slackSafe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** No markup of a stranger's, and no `@all` or `@here` that would ring the whole house. */
export const markdownSafe = (text: string): string =>
  text.replace(/([\\`*_{}[\]()#+!|~<>])/g, '\\$1').replace(/(?<!\w)@(?=[\p{L}\p{N}_])/gu, `@${BREAK}`)

/**
 * For trackers of every kind, whose templates do not say which markup they read: quick actions at the begin of a line (GitLab),
 * @mentions, references (#1, !1, &1, GH-1, %milestone, ~label, $1), links, pictures, macros ({code}, [~user] of Jira, {{…}} of
 * Zendesk), tags and code.
 */
export const trackerSafe = (text: string): string =>
  text
    .replace(/^(\s*)\/(?=\S)/, `$1${BREAK}/${BREAK}`)
    .replace(/(?<!\w)@(?=[\p{L}\p{N}_"[])/gu, `@${BREAK}`)
    .replace(/#(?=\S)|(?<![\p{L}\p{N}])[!&%~$^](?=[\p{L}\p{N}"{(\\[])|[<[\]{`](?=\S)/gu, `$&${BREAK}`)
    .replace(/!(?=\[|[^\s!]+!)/g, `!${BREAK}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${BREAK}`)
    .replace(
      /(?<=\bhttps?:\/\/[^\s/]+\/\S*\/)(issues|pull|discussions|merge_requests|work_items|epics|commit|milestones?)(?=\/)/gi,
      `$1${BREAK}`,
    )
