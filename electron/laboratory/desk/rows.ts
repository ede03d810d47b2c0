import type { z, ZodType } from 'zod'
import { readLines, wrongLine } from '../evaluate-file.ts'

/** The rows of a file with one JSON object a line. Throws a Failure that names file, line and what is wrong. */
export async function rowsOf<Row extends ZodType>(file: string, form: Row): Promise<z.infer<Row>[]> {
  const lines = await readLines(file, 'a folder with followups, quoted, absence-and-bounce and queries, each .ndjson')
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    let row: unknown
    try {
      row = JSON.parse(line)
    } catch {
      throw wrongLine(file, at, 'this is not JSON.')
    }
    const read = form.safeParse(row)
    if (read.success) return [read.data]
    const [issue] = read.error.issues
    throw wrongLine(file, at, `${issue?.path.join('.') || 'the row'}: ${issue?.message ?? 'not as expected'}.`)
  })
}
