import { Parser } from 'htmlparser2'
import { cutAfterTags, htmlToText, type HtmlText } from '#engine/connectors/text/html-to-text.ts'

/** Of what is cut out of markup, as the parser tells it. */
interface Part {
  kind: 'quote' | 'signature' | 'attribution'
  from: number
  to: number
}

const MOST_TAGS = 20_000
/** Begin and end of a quotation in the text between: noncharacters, which no mail may hold. */
const BEGIN = '\uFDD0'
const END = '\uFDD1'

/** Elements by which programs mark what they repeat: Yahoo, GMX, Zoho, Lotus, Exchange's own, new Outlook. */
const QUOTE =
  /\b(?:yahoo_quoted|zmail_extra|protonmail_quote|tutanota_quote|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|WM_QUOTE|qt|ox-.*quote)\b/i
const ATTRIBUTION = /\b(?:gmail_attr|moz-cite-prefix|moz-forward-container-header|protonmail_quote_header)\b/i
const SIGNATURE =
  /\b(?:gmail_signature|gmail_signature_prefix|moz-signature|ms-outlook-mobile-signature|AppleMailSignature|protonmail_signature_block|x_signature)\b/i
/** Outlook on the web and on telephones: from here on everything is repeated. */
const REST = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|stopSpelling)$/i

type Attributes = Readonly<Record<string, string>>

/** A blockquote may only set its words in: programs say by its style that it draws no line. */
const isSetIn = ({ style = '', type, cite, class: name }: Attributes): boolean =>
  type === undefined &&
  cite === undefined &&
  name === undefined &&
  style !== '' &&
  !/border-left(?!\s*:\s*(?:0|none))/i.test(style)

function kindOf(name: string, attributes: Attributes): Part['kind'] | null {
  const named = `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`
  if (SIGNATURE.test(named)) return 'signature'
  if (ATTRIBUTION.test(named)) return 'attribution'
  if (name === 'blockquote') return isSetIn(attributes) ? null : 'quote'
  return QUOTE.test(named) || /^quote$/i.test(attributes['name'] ?? '') ? 'quote' : null
}

/** The parts, in order and not within one another, and where everything after is repeated (the length: nowhere). */
function partsOf(html: string): { parts: Part[]; end: number } {
  const parts: Part[] = []
  let end = html.length
  let open: { part: Part; depth: number; name: string } | null = null
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        if (end < html.length) return
        if (REST.test(attributes['id'] ?? '')) {
          end = parser.startIndex
          if (open) parts.push({ ...open.part, to: end })
          open = null
          return
        }
        if (open) {
          if (name === open.name) open.depth++
          return
        }
        const kind = kindOf(name, attributes)
        if (kind) open = { part: { kind, from: parser.startIndex, to: html.length }, depth: 1, name }
      },
      onclosetag(name) {
        if (!open || name !== open.name || --open.depth > 0) return
        parts.push({ ...open.part, to: Math.max(open.part.from, parser.endIndex + 1) })
        open = null
      },
    },
    { lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: true },
  )
  parser.write(html)
  parser.end()
  return { parts, end }
}

/**
 * A mail's markup as text in which what is repeated is marked by `>`, as in plain mails, so that both are read by the same
 * rules. `text` holds everything, `marked` neither signatures nor attributions that are marked as such.
 */
export function markedHtml(html: string): HtmlText & { marked: string } {
  const markup = cutAfterTags(html, MOST_TAGS).replaceAll(BEGIN, '').replaceAll(END, '')
  const whole = htmlToText(markup)
  const { parts, end } = partsOf(markup)
  if (parts.length === 0 && end === markup.length) return { ...whole, marked: whole.text }
  let out = ''
  let at = 0
  for (const { kind, from, to } of parts) {
    out += markup.slice(at, from)
    out += kind === 'quote' ? `<p>${BEGIN}</p>${markup.slice(from, to)}<p>${END}</p>` : '<br>'
    at = to
  }
  out += markup.slice(at, end)
  if (end < markup.length) out += `<p>${BEGIN}</p>${markup.slice(end)}`
  let depth = 0
  const lines: string[] = []
  for (const line of htmlToText(out).text.split('\n')) {
    if (line.includes(BEGIN)) depth++
    else if (line.includes(END)) depth = Math.max(0, depth - 1)
    else lines.push(depth > 0 ? `> ${line}` : line)
  }
  return { ...whole, marked: lines.join('\n') }
}
