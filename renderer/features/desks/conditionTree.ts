import { factInput, type Condition, type RuleFact } from '#shared/model/rule.ts'

/** What a condition is, for the editor: groups hold others, the rest are leaves. */
export type ConditionKind = 'all' | 'any' | 'not' | 'query' | 'is' | 'range' | 'problem'

export function kindOf(condition: Condition): ConditionKind {
  if ('all' in condition) return 'all'
  if ('any' in condition) return 'any'
  if ('not' in condition) return 'not'
  if ('query' in condition) return 'query'
  if ('problem' in condition) return 'problem'
  return 'is' in condition ? 'is' : 'range'
}

/** Where a condition stands in the tree: the index at each group, `0` inside a `not`. The root is `[]`. */
export type Path = readonly number[]

export function childrenOf(condition: Condition): Condition[] {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  if ('not' in condition) return [condition.not]
  return []
}

function withChildren(condition: Condition, children: Condition[]): Condition {
  if ('all' in condition) return { all: children }
  if ('any' in condition) return { any: children }
  if ('not' in condition) return { not: children[0] ?? { all: [] } }
  return condition
}

export function at(root: Condition, path: Path): Condition | null {
  let current: Condition | undefined = root
  for (const index of path) current = current && childrenOf(current)[index]
  return current ?? null
}

/** The tree with what stands at `path` replaced. A path that leads nowhere changes nothing. */
export function replaceAt(root: Condition, path: Path, next: Condition): Condition {
  const [index, ...rest] = path
  if (index === undefined) return next
  const children = childrenOf(root)
  if (!children[index]) return root
  return withChildren(root, children.with(index, replaceAt(children[index], rest, next)))
}

/** The tree without what stands at `path`. The root becomes "everything"; a `not` goes with what it holds. */
export function removeAt(root: Condition, path: Path): Condition {
  const index = path.at(-1)
  if (index === undefined) return { all: [] }
  const parent = at(root, path.slice(0, -1))
  if (!parent) return root
  if ('not' in parent) return removeAt(root, path.slice(0, -1))
  return replaceAt(root, path.slice(0, -1), withChildren(parent, childrenOf(parent).toSpliced(index, 1)))
}

/** Adds to the group at `path`; a leaf or a `not` there is wrapped into `all` together with the new one. */
export function addAt(root: Condition, path: Path, condition: Condition): Condition {
  const target = at(root, path)
  if (!target) return root
  if ('all' in target || 'any' in target)
    return replaceAt(root, path, withChildren(target, [...childrenOf(target), condition]))
  return replaceAt(root, path, { all: [target, condition] })
}

/** Moves a condition within its group. */
export function moveAt(root: Condition, path: Path, step: 1 | -1): Condition {
  const index = path.at(-1)
  const parent = index === undefined ? null : at(root, path.slice(0, -1))
  if (!parent || index === undefined) return root
  const children = childrenOf(parent)
  const target = index + step
  if (target < 0 || target >= children.length) return root
  const moved = children.toSpliced(index, 1).toSpliced(target, 0, children[index]!)
  return replaceAt(root, path.slice(0, -1), withChildren(parent, moved))
}

/** Turns a condition into its opposite, or back. */
export const negate = (condition: Condition): Condition => ('not' in condition ? condition.not : { not: condition })

/** A first condition on a fact that can be edited at once. */
export function newCondition(fact: RuleFact): Condition {
  switch (factInput[fact]) {
    case 'number':
      return { fact, atLeast: 1 }
    case 'yesNo':
      return { fact, is: [true] }
    default:
      return { fact, is: [''] }
  }
}

export interface ConditionFault {
  path: Path
  /** Message key below `desks.fault`. */
  fault: 'emptyQuery' | 'emptyValue' | 'noBound' | 'bounds' | 'noProblem'
}

/** What the engine would refuse, with its place. An empty `all` holds for everything and is allowed. */
export function faultsOf(condition: Condition, path: Path = []): ConditionFault[] {
  if ('query' in condition) return condition.query.trim() === '' ? [{ path, fault: 'emptyQuery' }] : []
  if ('problem' in condition) {
    const { mentions, authors, withinMinutes } = condition.problem
    return (mentions === undefined && authors === undefined) || !(withinMinutes > 0)
      ? [{ path, fault: 'noProblem' }]
      : []
  }
  if ('fact' in condition) {
    if ('is' in condition)
      return condition.is.length === 0 || condition.is.some((value) => value === '')
        ? [{ path, fault: 'emptyValue' }]
        : []
    const { atLeast, atMost } = condition
    if (atLeast === undefined && atMost === undefined) return [{ path, fault: 'noBound' }]
    return atLeast !== undefined && atMost !== undefined && atLeast > atMost ? [{ path, fault: 'bounds' }] : []
  }
  return childrenOf(condition).flatMap((child, index) => faultsOf(child, [...path, index]))
}
