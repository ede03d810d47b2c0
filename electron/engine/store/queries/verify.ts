import type { QuestionContext } from '../questions.ts'
import type { ReadableDb } from '../handles.ts'
import type { VerifyReport } from '../store.ts'
import { quickCheck } from './check.ts'

/** Recounts what can be recounted. Minutes on a large store: never on the engine's thread. */
export function verify(db: ReadableDb, _input: null, _context: QuestionContext): VerifyReport {
  const checks: VerifyReport['checks'] = []
  const found = quickCheck(db, null)
  checks.push({ name: 'file', ok: found.length === 0, detail: found.join('; ') })
  const mentions = db.prepare('SELECT count(*) FROM mention').pluck().get() as number
  const journalEntries = db.prepare('SELECT count(*) FROM journal').pluck().get() as number
  const problems = checks.filter((check) => !check.ok).map((check) => `${check.name}: ${check.detail}`)
  return { mentions, journalEntries, checks, problems }
}
