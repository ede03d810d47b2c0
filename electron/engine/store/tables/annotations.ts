import type { Annotation } from '#shared/model/annotation.ts'
import { json, plain, table } from '../table.ts'

export const annotationTable = table('annotation', ['id'], {
  id: plain<string>(),
  at: plain<number>(),
  ends: plain<number>(),
  listenId: plain<string | null>(),
  content: json<Pick<Annotation, 'to' | 'text' | 'by' | 'madeAt'>>(),
})
