import { said } from '#shared/words/said.ts'
import type { CommandInput, CommandName, DoneInput } from '#shared/model/command.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Priority } from '#shared/model/rule.ts'
import { Failure } from '#engine/platform/failure.ts'
import { caseById, caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import { heldBy } from '#engine/store/queries/people.ts'
import { mentionKeys } from '#engine/store/queries/routing-cursor.ts'
import type { Store } from '#engine/store/store.ts'
import type { PeopleBook } from '#engine/organisation/people-book.ts'
import { assign, plainCommands, type Command, type CommandContext, type PlainCommand } from './commands.ts'
import type { Ledger, Recorded } from './ledger.ts'
import { openedByOfficer, originOf } from './opening.ts'

/** What each command of the table does to a case, inside a transaction. */
type Doers = { [N in CommandName]: (known: StoredCase, input: DoneInput<N>, actor: Actor) => Recorded }
/** What they give is where it stays: nobody is looked for. */
const placed = new Set<CommandName>(['assign', 'handOff'])

export interface Target {
  id: string
  /** The case as the officer saw it; another one now means a conflict. */
  version?: number | undefined
}

/** How a case is read and decided about. */
export interface Deciding {
  get(id: string): StoredCase
  open(input: { mention: Mention; deskId: string | null; priority: Priority }, actor: Actor): Recorded
  /** Does one command of the table as its caller saw the case; throws a Failure. */
  do<N extends CommandName>(name: N, target: Target, input: DoneInput<N>, actor: Actor): Recorded
  /** Changes a case by a function of it; throws a Failure. */
  run<Input>(command: Command<Input>, target: Target, input: Input, actor: Actor): Recorded
}

export interface DecidingDeps {
  store: Store
  ledger: Ledger
  people: PeopleBook
  context(actor: Actor): CommandContext
  /** Finds a person for what went to a desk. */
  arrived(c: StoredCase): StoredCase
  /** The problem that a mention belongs to now. */
  problemOf(mention: Mention): string | null
  /** Commands that do more than change the case. */
  doers: Omit<Doers, PlainCommand | 'assign'>
}

/** Gives a case to a person, who has to have room for it. */
const giver =
  (store: Store, ledger: Ledger, people: PeopleBook) =>
  (known: StoredCase, { personId }: CommandInput<'assign'>, actor: Actor): Recorded => {
    const person = personId === null ? null : people.get(personId)
    if (person === undefined || person?.archived) throw new Failure('user', 'people.gone')
    const open = person === null ? 0 : (heldBy(store, [person.id])[0]?.open ?? 0)
    if (person !== null && open >= person.capacity) {
      throw new Failure('user', said('case.noRoom', { name: person.name, open, capacity: person.capacity }))
    }
    return ledger.change(known, assign(known, { personId, name: person?.name ?? '' }), actor)
  }

export function createDeciding(deps: DecidingDeps): Deciding {
  const { store, ledger, people, context, arrived } = deps

  function get(id: string): StoredCase {
    const known = caseById(store, id)
    if (known === undefined) throw new Failure('user', 'case.gone')
    return known
  }

  function conflict(known: StoredCase): Failure {
    const who = entriesOfCase(store, known.id).at(-1)?.actor.name ?? said('case.somebody')
    return new Failure('user', said('case.changedMeanwhile', { who }))
  }

  /** One decision on the case as the officer saw it. */
  function decide({ id, version }: Target, decision: (known: StoredCase) => Recorded, after = arrived): Recorded {
    return ledger.transact(() => {
      const known = get(id)
      if (version !== undefined && version !== known.version) throw conflict(known)
      const recorded = decision(known)
      return { ...recorded, case: after(recorded.case) }
    })
  }

  const changing =
    <Input>(command: Command<Input>) =>
    (known: StoredCase, input: Input, actor: Actor): Recorded =>
      ledger.change(known, command(known, input, context(actor)), actor)
  const plain = Object.fromEntries(
    Object.entries(plainCommands).map(([name, command]) => [name, changing<never>(command)]),
  ) as Pick<Doers, PlainCommand>
  const doers: Doers = { ...plain, ...deps.doers, assign: giver(store, ledger, people) }

  return {
    get,

    open({ mention, deskId, priority }, actor) {
      return ledger.transact(() => {
        if (caseOfMention(store, mention.id)) throw new Failure('user', 'case.mentionHasCase')
        const known = context(actor)
        if (deskId !== null && (known.desk(deskId)?.archived ?? true)) throw new Failure('user', 'case.deskGone')
        if (mentionBySeq(store, mention.seq) === undefined) throw new Failure('user', 'mention.gone')
        const origin = originOf(store, mention, mentionKeys(store, mention.seq), deps.problemOf(mention))
        const recorded = ledger.open(openedByOfficer(origin, deskId, priority, known), actor)
        return { ...recorded, case: arrived(recorded.case) }
      })
    },

    do: (name, target, input, actor) =>
      decide(target, (known) => doers[name](known, input, actor), placed.has(name) ? (c) => c : arrived),
    run: (command, target, input, actor) => decide(target, (known) => changing(command)(known, input, actor)),
  }
}
