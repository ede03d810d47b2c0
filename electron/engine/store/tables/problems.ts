import { fixed, initially, plain, table } from '../table.ts'

/** Groups of mentions about one fault. What people said of them is what is not initial. */
export const problemTable = table('problem', ['no'], {
  no: plain<number>(),
  label: plain<string>(),
  /** 1: an officer named it. */
  named: initially<number>(0),
  created_at: fixed(plain<number>()),
  closed_at: initially<number | null>(null),
  merged_into: initially<number | null>(null),
  split_from: initially<number | null>(null),
})

/** Which problem a mention belongs to, with what is counted of it. */
export const memberTable = table('problem_member', ['mention_seq'], {
  mention_seq: plain<number>(),
  no: plain<number>(),
  published_at: plain<number>(),
  seen_at: plain<number>(),
  author_key: plain<number | null>(),
  network: plain<string>(),
  /** 1: an officer put it there. */
  by_officer: plain<number>(),
})
