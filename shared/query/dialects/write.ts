import type { Code } from '#shared/words/said.ts'
import { said } from '#shared/words/said.ts'
import { MAX_DISTANCE } from '../ast.ts'
import { hasGap } from '../gaps.ts'
import { tokenize } from '../tokenize.ts'
import { joined } from './reader.ts'
import type { Note, Tree } from './tree.ts'

// Long: one small function a kind of part, all with the same notes.
/** What has no meaning here taken out, nearness put where ours can stand. null: nothing is left. */
export function settled(tree: Tree, text: string, notes: Note[]): Tree | null {
  const note = (why: Code, { start, end }: Tree): void =>
    void notes.push({ effect: 'changed', written: text.slice(start, end), why: said(why), start, end })

  function settle(node: Tree): Tree | null {
    switch (node.type) {
      case 'nothing':
        return null
      case 'and':
      case 'or': {
        const items = node.items.map(settle).filter((item) => item !== null)
        return items.length === 0
          ? null
          : { ...joined(node.type, addedUp(node.type, items)), start: node.start, end: node.end }
      }
      case 'not': {
        const item = settle(node.item)
        if (item === null) return null
        if (item.type === 'atLeast') {
          notes.push({
            effect: 'dropped',
            written: text.slice(node.start, node.end),
            why: said('dialect.reactionsNot'),
            start: node.start,
            end: node.end,
          })
          return null
        }
        return item.type === 'not' ? item.item : { ...node, item }
      }
      case 'title': {
        const item = settle(node.item)
        return item === null ? null : ofTitle(item)
      }
      case 'near':
        return near(node)
      default:
        return node
    }
  }

  /** A fact has no place in a title: it is asked beside it. */
  function ofTitle(item: Tree): Tree {
    if (item.type === 'and') {
      const facts = item.items.filter(isFact)
      const words = item.items.filter((each) => !isFact(each))
      if (facts.length > 0 && words.length > 0) return joined('and', [ofTitle(joined('and', words)), ...facts])
    }
    return isFact(item) ? item : { type: 'title', item, start: item.start, end: item.end }
  }

  function near(node: Extract<Tree, { type: 'near' }>): Tree | null {
    const [left, right] = [settle(node.left), settle(node.right)]
    if (left === null || right === null) {
      if (left !== null || right !== null) note('dialect.nearNothing', node)
      return left ?? right
    }
    return pair({ ...node, left, right, distance: Math.min(MAX_DISTANCE, node.distance) })
  }

  /** Both sides must be words, phrases or alternatives of them; what else there is, each of its parts is near. */
  function pair(node: Extract<Tree, { type: 'near' }>): Tree {
    for (const [side, other] of [
      ['left', 'right'],
      ['right', 'left'],
    ] as const) {
      const part = node[side]
      if (hasPlace(part)) continue
      const again = (item: Tree): Tree => pair({ ...node, [side]: item, [other]: node[other] })
      if (part.type === 'and' || (part.type === 'or' && !part.items.every(hasPlace))) {
        if (part.type === 'and') note('dialect.nearEach', node)
        return {
          ...joined(
            part.type,
            part.items.map((item) => (item.type === 'not' ? item : again(item))),
          ),
          start: node.start,
          end: node.end,
        }
      }
      if (part.type === 'not') return joined('and', [node[other], part])
      if (part.type === 'raw' && tokenize(part.text).length > 0)
        return joined('and', [again({ ...part, type: 'text', quoted: true, slop: null }), part])
      if (part.type === 'text' && part.slop !== null) return again(inWindow(part))
      if (part.type === 'title' || part.type === 'ours' || part.type === 'atLeast' || part.type === 'raw')
        note('dialect.nearFact', node)
      return joined('and', [node.left, node.right])
    }
    return node
  }

  return settle(tree)
}

const isFact = (tree: Tree): boolean =>
  tree.type === 'ours' || tree.type === 'atLeast' || tree.type === 'title' || (tree.type === 'not' && isFact(tree.item))

function hasPlace(tree: Tree): boolean {
  if (tree.type === 'text') return tree.slop === null && !hasGap(tree.text)
  if (tree.type === 'or') return tree.items.every(hasPlace)
  return tree.type === 'near' && hasPlace(tree.left) && hasPlace(tree.right)
}

/** The words of `"a b c"~4` one behind the other, so many words between. */
function inWindow(part: Extract<Tree, { type: 'text' }>): Tree {
  const words = part.text.split(/\s+/).filter((word) => tokenize(word).length > 0)
  const [first, ...rest] = words.map((text): Tree => ({ ...part, text, quoted: false, slop: null }))
  return rest.reduce(
    (left, right): Tree => ({
      type: 'near',
      left,
      right,
      distance: part.slop ?? 0,
      ordered: false,
      start: part.start,
      end: part.end,
    }),
    first!,
  )
}

/** Likes, reposts and replies of one AND are one number here. */
function addedUp(type: 'and' | 'or', items: Tree[]): Tree[] {
  const counts = items.filter((item) => item.type === 'atLeast')
  if (type === 'or' || counts.length < 2) return items
  const sum: Tree = { ...counts[0]!, count: counts.reduce((total, { count }) => total + count, 0) }
  return [...items.filter((item) => item.type !== 'atLeast'), sum]
}

/** A settled tree in our language, with as few parentheses as it can be read without doubt. */
export function written(tree: Tree): string {
  return part(tree, 'top')
}

type Around = 'top' | 'and' | 'or' | 'not' | 'near'

function part(tree: Tree, around: Around): string {
  const inside = (text: string, ...free: Around[]): string => (free.includes(around) ? text : `(${text})`)
  switch (tree.type) {
    case 'or':
      return inside(tree.items.map((item) => part(item, 'or')).join(' OR '), 'top')
    case 'and':
      return inside(conjunction(tree.items), 'top')
    case 'not':
      return inside(`NOT ${part(tree.item, 'not')}`, 'top', 'and', 'or')
    case 'near': {
      const operator = `${tree.ordered ? 'ONEAR' : 'NEAR'}/${tree.distance}`
      return inside(`${part(tree.left, 'near')} ${operator} ${part(tree.right, 'near')}`, 'top', 'and', 'or')
    }
    case 'text':
      return textOf(tree)
    case 'raw':
      return `raw:"${tree.text.replace(/["“”„‟«»]/g, '')}"`
    case 'title': {
      const item = part(tree.item, 'top')
      return tree.item.type === 'text' || tree.item.type === 'raw' ? `title:${item}` : `title:(${item})`
    }
    case 'atLeast':
      return `engagement:>=${tree.count}`
    case 'ours':
      return tree.text
    case 'nothing':
      return ''
  }
}

/** What is wanted first; AND is written where a blank could be overlooked. */
function conjunction(items: readonly Tree[]): string {
  const wanted = items.filter(({ type }) => type !== 'not')
  const excluded = items.filter(({ type }) => type === 'not')
  return [wanted.map((item) => part(item, 'and')).join(' AND '), ...excluded.map((item) => part(item, 'and'))]
    .filter((text) => text !== '')
    .join(' ')
}

const operators = /^(?:AND|OR|NOT|O?NEAR\/\d+f?)$/i

/** In quotation marks where it would be read as something else without. */
function textOf({ text, quoted, slop }: Extract<Tree, { type: 'text' }>): string {
  const plain = text
    .replace(/["“”„‟«»]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const fuzzy = /^[^\s]+~[12]$/.test(plain)
  const bare =
    !quoted && (fuzzy || (/^[\p{L}\p{N}#@*?][\p{L}\p{M}\p{N}#@*?_.'’·-]*$/u.test(plain) && !operators.test(plain)))
  return (bare ? plain : `"${plain}"`) + (slop === null ? '' : `~${slop}`)
}
