import { said } from '#shared/words/said.ts'
import { conceptLabel, conceptsBeginning, conceptsCalled } from './concept-book.ts'
import { partsOf, type FieldValue, type Node, type NodeOf, type Query, type QueryProblem } from './ast.ts'
import { facetValue } from './facets.ts'
import { hasGap } from './gaps.ts'
import { isEverydayWord } from './everyday.ts'
import { checkClashes, type Report } from './lint-clashes.ts'
import { namesOfNetwork } from './network-names.ts'
import { planNode } from './plan.ts'
import { slotsOf, tagPattern } from './slots.ts'
import { tokenize } from './tokenize.ts'
import { listed } from './wording.ts'

export interface LintOptions {
  /** Networks that sources exist for; unknown ones are then named. */
  networks?: readonly string[]
  /** Names of the station's own dictionary: a concept may be called so. */
  ownNames?: readonly string[]
  /** The station's own categories; unknown ones are then named. */
  categories?: readonly { id: string; name: string }[]
  /** In which a concept that is alike is named; default English. */
  locale?: string
}

/** What is probably not meant, can never match or costs much, in order of place. A readable query only. */
export function lint(query: Query, options: LintOptions = {}): QueryProblem[] {
  const found: QueryProblem[] = []
  const report: Report = (severity, code, what, { start, end }) => void found.push({ severity, code, what, start, end })
  checkWhole(query, report)
  visit(query.root, (node) => {
    checkMixed(node, report)
    checkDuplicates(node, query.text, report)
    checkClashes(node, query.text, report)
    if (node.type === 'word' || node.type === 'phrase') checkText(node, report)
    if (node.type === 'raw' && query.text[node.start] === '{')
      report('hint', 'braces', said('query.bracesCase', { written: query.text.slice(node.start, node.end) }), node)
    if (node.type === 'near' && node.distance > 50) report('hint', 'long-distance', said('query.longDistance'), node)
    if (node.type === 'field') checkValues(node, options, report)
    if (node.type === 'field' && node.field === 'relevance')
      report('hint', 'judged-later', said('query.judgedLater'), node)
  })
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}

function visit(node: Node, call: (node: Node) => void): void {
  call(node)
  for (const part of partsOf(node)) visit(part, call)
}

function checkWhole(query: Query, report: Report): void {
  const { root } = query
  if (!demandsSomething(root)) {
    // One open alternative is enough to make an OR open; name it rather than the whole.
    const open = root.type === 'or' ? root.items.find((item) => !demandsSomething(item)) : undefined
    if (open && root.type === 'or' && root.items.some(demandsSomething))
      report('warning', 'open-alternative', said('query.openAlternative'), open)
    else report('warning', 'only-not', said('query.onlyNot'), root)
  } else if (everydayOnly(root)) report('hint', 'everyday-only', said('query.everydayOnly'), root)
}

/** Whether a mention must have something to match, rather than only lack something. */
function demandsSomething(node: Node): boolean {
  if (node.type === 'title') return demandsSomething(node.item)
  if (node.type === 'not') return node.item.type === 'not' ? demandsSomething(node.item.item) : false
  if (node.type === 'and') return node.items.some(demandsSomething)
  if (node.type === 'or') return node.items.every(demandsSomething)
  return true
}

/** Whether one everyday word is enough to match. */
function everydayOnly(node: Node): boolean {
  switch (node.type) {
    case 'word': {
      const [first, second] = slotsOf(node.text, true)
      return second === undefined && first?.norm != null && first.tag === null && isEverydayWord(first.norm)
    }
    case 'and':
      return node.items.filter(demandsSomething).every(everydayOnly)
    case 'or':
      return node.items.some(everydayOnly)
    default:
      return false
  }
}

function checkMixed(node: Node, report: Report): void {
  if (node.type !== 'or') return
  for (const item of node.items) {
    if (item.type === 'and' && !item.grouped) return report('hint', 'mixed-operators', said('query.mixed'), item)
  }
}

function checkDuplicates(node: Node, text: string, report: Report): void {
  if (node.type !== 'and' && node.type !== 'or') return
  const seen = new Set<string>()
  for (const item of node.items) {
    const key = JSON.stringify(planNode(item))
    if (seen.has(key))
      report('hint', 'duplicate', said('query.duplicate', { part: text.slice(item.start, item.end) }), item)
    seen.add(key)
  }
}

const operators = new Set(['and', 'or', 'not', 'And', 'Or', 'Not', 'near', 'Near'])

/** What people write who take the operators for words of their language. */
const elsewhere = new Set('UND ODER NICHT OHNE ET OU SAUF И ИЛИ НЕ VE VEYA OG ELLER IKKE'.split(' '))

function checkText(node: NodeOf<'word'> | NodeOf<'phrase'>, report: Report): void {
  const { text } = node
  if (node.type === 'word' && (operators.has(text) || /^o?near\/\d+$/i.test(text))) {
    return report(
      'hint',
      'lowercase-operator',
      said('query.lowercase', { word: text, operator: text.toUpperCase() }),
      node,
    )
  }
  if (node.type === 'word' && elsewhere.has(text))
    return report('warning', 'foreign-operator', said('query.foreignWord', { written: text }), node)
  if (node.type === 'word' && /^[[<{]|[\]>}]$/.test(text) && !/^<\d/.test(text))
    return report('warning', 'foreign-bracket', said('query.foreignBracket', { written: text }), node)
  if (node.type === 'phrase' && node.slop !== null && slotsOf(text, true).length < 2) {
    report('hint', 'one-word-window', said('query.oneWordWindow'), node)
  }
  if (tagPattern(text.trim()) === null) {
    for (const slot of slotsOf(text, true)) {
      if (!slot.glob) continue
      if (slot.glob.slips) continue
      if (slot.glob.prefix === '') report('warning', 'leading-wildcard', said('query.leadingWildcard'), node)
      else if ([...slot.glob.prefix].length < 3)
        report('hint', 'short-prefix', said('query.shortPrefix', { written: slot.glob.pattern }), node)
    }
  }
  if (node.type === 'word' && /[\p{L}\p{N}]\?+$/u.test(text)) {
    report('hint', 'ends-in-question', said('query.endsInQuestion', { written: text }), node)
  } else if (
    /[*?]/.test(text) &&
    !(node.type === 'phrase' && node.slop === null && hasGap(text)) &&
    slotsOf(text, true).every((slot) => slot.glob === null) &&
    tagPattern(text) === null
  ) {
    report('hint', 'wildcard-ignored', said('query.ignoredWildcard', { written: text }), node)
  } else if (node.type === 'word' && /[+&$%€£]/.test(text)) {
    report(
      'hint',
      'signs-ignored',
      said('query.ignoredSigns', {
        written: text,
        searched: tokenize(text)
          .map((token) => token.norm)
          .join(' '),
      }),
      node,
    )
  }
}

function checkValues(node: NodeOf<'field'>, options: LintOptions, report: Report): void {
  for (const value of node.values) {
    const pattern = !value.quoted && /[*?]/.test(value.text)
    if (node.field === 'network' && options.networks && !pattern) {
      const wanted = namesOfNetwork(value.text.toLowerCase())
      if (options.networks.length > 0 && !options.networks.some((one) => wanted.includes(one.toLowerCase()))) {
        report(
          'warning',
          'unknown-network',
          said('query.unknownNetwork', { network: value.text, known: listed(options.networks, 'query.or') }),
          value,
        )
      }
    }
    if (node.field === 'lang' && !isLanguage(value.text))
      report('warning', 'unknown-language', said('query.unknownLanguage', { code: value.text }), value)
    if (node.field === 'concept') checkConcept(value, options, report)
    if (node.field === 'category') checkCategory(value, options, report)
    if (pattern && /^[*?]/.test(value.text) && node.field !== 'link' && node.field !== 'url') {
      report('hint', 'leading-wildcard', said('query.leadingWildcard'), value)
    }
  }
}

function checkConcept(value: FieldValue, { ownNames = [], locale = 'en' }: LintOptions, report: Report): void {
  if (conceptsCalled(value.text).length > 0) return
  const asked = facetValue(value.text)
  if (ownNames.some((name) => facetValue(name) === asked)) return
  const name = value.text
  const [near] = conceptsBeginning(name.slice(0, 4), 1)
  const what = near
    ? said('query.unknownConceptNear', { name, near: conceptLabel(near.id, locale) ?? near.id })
    : said('query.unknownConcept', { name })
  report('hint', 'unknown-concept', what, value)
}

function checkCategory(value: FieldValue, { categories }: LintOptions, report: Report): void {
  const asked = facetValue(value.text)
  if (!categories || categories.some((one) => one.id === value.text || facetValue(one.name) === asked)) return
  report('warning', 'unknown-category', said('query.unknownCategory', { name: value.text }), value)
}

let languages: Intl.DisplayNames | null = null
function isLanguage(code: string): boolean {
  if (code.toLowerCase() === 'und') return true
  languages ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  try {
    return languages.of(code.split('-')[0] as string) !== undefined
  } catch {
    return false
  }
}
