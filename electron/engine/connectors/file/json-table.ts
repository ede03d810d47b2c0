import { cellOf, columnsOf } from './json-cells.ts'
import { JsonSplitter, balancedEnd } from './json.ts'
import type { JsonRecord } from './json.ts'
import { PathSplitter, beginningOf } from './json-path.ts'
import { REPLIES, threadOpened, withReplies } from './json-replies.ts'
import type { RowPath } from './json-path.ts'
import { rowsOfDocument } from './json-reshape.ts'
import { guessMapping } from './mapping.ts'
import type { Block, Parser, Row } from './table.ts'

/** `window.YTD.tweets.part0 = `, `callback(`, `)]}'`: what stands before the JSON of a script. */
const WRAPPER =
  /^\uFEFF?\s*(?:(?:export\s+default|(?:var|let|const)\s+[\w$]+\s*=|[\w$]+(?:\.[\w$]+|\[[^\]\n]{1,40}\])*\s*=|[\w$.]+\()\s*(?=[[{])|\)\]\}'?,?\s*|(?:for\s*\(;;\)|while\s*\(1\))\s*;?\s*)/

/** How a file of JSON is read: values one after the other, or rows inside a document. null: more must be seen. */
export function jsonParserFor(head: string, whole: boolean): Parser | null | 'no JSON' {
  if (EVENTS.test(head)) return rowsParser(new JsonSplitter(false, true), 'ndjson', '')
  const reshaped = rowsOfDocument(head, whole)
  if (reshaped !== 'none') return reshaped && rowsParser(onceOf(reshaped), 'json', '')
  const wrapper = WRAPPER.exec(head)?.[0] ?? ''
  // As many lines as before, so that a bad row is named by its line.
  const json = wrapper.replace(/[^\n]/g, '') + head.slice(wrapper.length)
  const first = json.replace(/^[\s\u001e]+/, '')[0] // eslint-disable-line no-control-regex
  const isList = first === '[' && /^\s*\[\s*([[{\]]|$)/.test(json)
  if (!isList && first !== '{') return 'no JSON'
  if (!isList && isOneALine(json)) return rowsParser(new JsonSplitter(false), 'ndjson', wrapper)
  const paths = rowPaths(beginningOf(json))
  if (paths.length > 0 && !(paths.length === 1 && paths[0]!.join() === '*' && isList))
    return rowsParser(new PathSplitter(paths), 'json', wrapper)
  if (isList) return rowsParser(new JsonSplitter(true), 'json', wrapper)
  return whole ? rowsParser(new JsonSplitter(false), 'ndjson', wrapper) : null
}

/** A stream of events as a server sends it. Each line can be read in one way only: a file may begin with many empty ones. */
const EVENTS = /^\uFEFF?(?:(?:event|id|retry):[^\n]*\n|:[^\n]*\n|[^\S\n]*\n)*data:\s*[{[]/

/** Rows that were read already: they are given once. */
function onceOf(rows: object[]): { push(): JsonRecord[] } {
  let left = rows
  return {
    push() {
      const records = left.map((value, i): JsonRecord => ({
        line: i + 1,
        value,
        text: JSON.stringify(value),
        problem: null,
      }))
      left = []
      return records
    },
  }
}

/** Whether objects stand one after the other, so that none holds the others. */
function isOneALine(json: string): boolean {
  const lines = json.trimStart().split('\n', 6)
  // A line that opens a list holds what stands on the next ones.
  const isWhole = lines[0]!.trim().length > 1 && !/[[:]\s*$/.test(lines[0]!)
  if (lines.length > 1 && isWhole && lines.slice(1).some((line) => /^\u001e?\{"|^\{'/.test(line))) return true
  const begin = json.indexOf('{')
  const end = balancedEnd(json, begin)
  return end !== -1 && /^[\s,]*\{/.test(json.slice(end, end + 200))
}

function rowsParser(
  splitter: { push(text: string, last: boolean): JsonRecord[] },
  format: 'json' | 'ndjson',
  wrapper: string,
): Parser {
  const seen = new Set<string>()
  let begun = wrapper === ''
  return {
    format,
    delimiter: null,
    columns: () => [...seen],
    parse(text, last) {
      if (!begun) {
        begun = true
        text = wrapper.replace(/[^\n]/g, '') + text.slice(wrapper.length)
      }
      const block: Block = { rows: [], bad: [] }
      for (const { line, value, text: raw, problem } of splitter.push(text, last)) {
        if (problem) {
          block.bad.push({ line, reason: problem.reason, column: null, detail: problem.detail })
          continue
        }
        const rows = withReplies(value as object)
        for (const one of rows) {
          if (seen.size < 500) for (const column of columnsOf(one)) seen.add(column)
          block.rows.push(rowOf(one, line, rows.length === 1 ? raw : null))
        }
      }
      return block
    },
  }
}

/** `raw`: as it stood in the file; null: a row that was inside another. */
const rowOf = (value: unknown, line: number, raw: string | null): Row => ({
  line,
  cell: (column) => cellOf(value, column),
  raw: () => raw ?? JSON.stringify(value),
})

/** Objects of one list that are looked at, and the deepest list. */
const ENOUGH = 60
const DEEPEST = 12

/**
 * Where the rows of a document are: the lists whose objects have a text and a date, best first by what they have and how
 * many they are; with it every list that looks the same elsewhere (the chats one has left beside those one has not).
 */
export function rowPaths(document: unknown): RowPath[] {
  const lists = new Map<string, { path: RowPath; objects: object[]; isList: boolean }>()
  const walk = (value: unknown, path: RowPath): void => {
    if (typeof value !== 'object' || value === null || path.length > DEEPEST) return
    const inner = Object.values(value) as unknown[]
    const objects = inner.filter((one): one is object => typeof one === 'object' && one !== null && !Array.isArray(one))
    const isList = Array.isArray(value)
    if (objects.length >= (isList ? 1 : 2) && objects.length >= inner.length * 0.8) {
      const here = [...path, '*']
      const list = lists.get(here.join('\0')) ?? { path: here, objects: [], isList }
      lists.set(here.join('\0'), list)
      list.objects.push(...objects.slice(0, ENOUGH - Math.min(ENOUGH, list.objects.length)).map(threadOpened))
    }
    if (isList) for (const one of inner.slice(0, ENOUGH)) walk(one, [...path, '*'])
    else for (const [key, one] of Object.entries(value)) walk(one, [...path, key])
  }
  walk(document, [])
  const judged = [...lists.values()].map((list) => ({ ...list, ...judge(list.objects, list.isList) }))
  judged.sort((a, b) => b.value - a.value || b.objects.length - a.objects.length || a.path.length - b.path.length)
  const [first] = judged
  if (!first || first.value < 2) return []
  // The answers inside posts come with the posts, however many more they are.
  const best = judged.toSorted((a, b) => a.path.length - b.path.length).find((one) => isAnswered(one, first)) ?? first
  // An object that is a row itself holds lists of its own: the pieces of its text, its replies.
  if (judge([shallow(document)], true).value >= best.value) return []
  const alike = judged.filter(
    ({ value, columns, path }) =>
      value >= best.value && common(columns, best.columns) >= 0.6 && !inside(path, best.path),
  )
  return [best.path, ...alike.filter((one) => one !== best).map(({ path }) => path)]
}

/** What an object says by itself, without the objects in it. */
const shallow = (value: unknown): object =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? {}
    : Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one !== 'object' || Array.isArray(one)))

function judge(objects: object[], isList: boolean): { value: number; columns: string[] } {
  const columns = [...new Set(objects.flatMap((object) => columnsOf(object)))]
  if (columns.length > 500) return { value: 0, columns: [] }
  const { mapping } = guessMapping(
    columns,
    objects.map((value, i) => rowOf(value, i + 1, '')),
  )
  const text = mapping.text !== undefined ? 2 : mapping.title !== undefined ? 1 : 0
  // Values of an object are rows only where no list is.
  return { value: text + (mapping.publishedAt === undefined ? 0 : 2) - (isList ? 0 : 1), columns }
}

const common = (a: string[], b: string[]): number => a.filter((one) => b.includes(one)).length / Math.max(a.length, 1)

interface Judged {
  path: RowPath
  value: number
  columns: string[]
}

/** Whether rows of the second are answers inside those of the first. */
const isAnswered = (outer: Judged, { path, columns }: Judged): boolean =>
  outer.value >= 2 &&
  common(columns, outer.columns) >= 0.6 &&
  inside(path, outer.path) &&
  REPLIES.includes(path.slice(outer.path.length).find((key) => key !== 'data' && key !== '*') ?? '')

/** Whether rows of one path hold those of the other: only the outer ones are rows then. */
const inside = (a: RowPath, b: RowPath): boolean =>
  a.length !== b.length && a.slice(0, b.length).join('\0') === b.slice(0, a.length).join('\0')
