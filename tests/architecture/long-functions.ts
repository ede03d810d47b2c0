import ts from 'typescript'
import { sourceOf } from './imports.ts'

export interface LongFunction {
  /** Line of its first word, counted from 1. */
  line: number
  /** From its first line to its last, comments and blanks too. */
  lines: number
}

const mostLines = 80

/** What may stand between a function and the comment at its head: `export const a = once(() => { … })`. */
const wrappers = new Set([
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.PropertyAssignment,
  ts.SyntaxKind.ExportAssignment,
  ts.SyntaxKind.ReturnStatement,
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
])

function givesReason(node: ts.Node, text: string): boolean {
  for (let at = node; ; at = at.parent) {
    const comments = ts.getLeadingCommentRanges(text, at.getFullStart()) ?? []
    if (comments.some(({ pos, end }) => /\bLong: \S/.test(text.slice(pos, end)))) return true
    if (!at.parent || !wrappers.has(at.parent.kind)) return false
  }
}

/** Functions over 80 lines without a reason in the comment at their head: `// Long: …`. */
export function longFunctions(file: string, text: string): LongFunction[] {
  const source = sourceOf(file, text)
  const found: LongFunction[] = []
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const line = lineOf(node.getStart(source))
      const lines = lineOf(node.end) - line + 1
      if (lines > mostLines && !givesReason(node, source.text)) found.push({ line, lines })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
