import { en } from '#shared/words/en/index.ts'
import { describe, expect, it } from 'vitest'
import type { Meta } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/contract.ts'
import { bulkNames, commandNames, commands, mentionKeys, type Keys } from '#shared/model/command.ts'
import { journalKinds, type JournalEntry } from '#shared/model/journal.ts'
import { cameOf, follows, lastDecision, undoWords } from '#shared/model/undo.ts'

const rules = commandNames.map((name) => ({ name, ...commands[name] }))
const kindsOf = (rule: (typeof rules)[number]): string[] => Object.keys(rule.makes)

describe.each(rules)('the command $name', (rule) => {
  it('is a call of the contract that takes what the table says, and the case', () => {
    const { meta, inputSchema } = contract.cases[rule.name]['~orpc']
    expect(meta.write).toBe(true)
    const taken = Object.keys((inputSchema as unknown as { shape: object }).shape)
    expect(taken.toSorted()).toEqual(['id', 'version', ...Object.keys(rule.input.shape)].toSorted())
  })
  it('makes entries that the journal knows, and says what it is to take them back', () => {
    expect(kindsOf(rule)).not.toEqual([])
    for (const kind of kindsOf(rule)) {
      expect(journalKinds).toContain(kind)
      expect(en[undoWords[kind as JournalEntry['kind']]!.undone]).toMatch(/^\w.*\.$/)
    }
  })
  it('names what follows from it by kinds of the journal', () => {
    expect(rule.follows.filter((kind) => !(journalKinds as readonly string[]).includes(kind))).toEqual([])
  })
  it('is no wall’s', () => expect((contract.cases[rule.name]['~orpc'].meta as Meta).wall).toBeUndefined())
})

it('the journal has no kind twice', () => expect(new Set(journalKinds).size).toBe(journalKinds.length))

it('what is done to many in one call is what the table says', () => {
  expect(bulkNames).toEqual(['route', 'accept', 'reply', 'close', 'prioritise', 'assign'])
})

it('each key means one thing', () => {
  const all = [...rules.map((rule) => rule.keys), mentionKeys].flatMap((some) => Object.values<Keys>(some)).flat()
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
})

describe('what follows from a decision', () => {
  const entry = (seq: number, kind: string, actor: 'officer' | 'engine'): JournalEntry => ({
    seq,
    at: seq,
    kind: kind as JournalEntry['kind'],
    actor: { kind: actor, id: actor, name: actor },
    mentionId: 'st-1',
    caseId: 'cas_1',
    data: {},
  })
  const pairs = rules.flatMap((rule) => kindsOf(rule).flatMap((kind) => journalKinds.map((later) => [kind, later])))
  it('is for the page what it is for the engine, whatever comes after whatever decision', () => {
    for (const [kind, later] of pairs) {
      const [decision, then] = [entry(1, kind!, 'officer'), entry(2, later!, 'engine')]
      expect([kind, later, lastDecision([decision, then]) === 1]).toEqual([kind, later, cameOf(decision, then)])
      expect(cameOf(decision, then)).toBe(follows.has(later!))
    }
  })
})
