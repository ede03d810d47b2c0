import { watch } from 'vue'
import type { MentionCard } from '#shared/contract/mentions.ts'
import {
  commandNames,
  commands,
  mentionKeys,
  type CommandName,
  type KeyRule,
  type MentionDeed,
  type Place,
} from '#shared/model/command.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import type { KeyBinding } from '#renderer/composables/useKeys.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/useWords.ts'
import type { Actions } from './useActions.ts'

/** Where the keyboard stands: what an action is about, and how the view goes on. */
export interface Targets {
  current(): MentionCard | null
  /** What an action is about: the selection, else the current one. */
  targets(): readonly MentionCard[]
  /** Does it to the targets and goes on to the next; comes back when it was refused. `stays`: not where it can stay. */
  decide(work: (cards: readonly MentionCard[]) => Promise<readonly MentionCard[]>, stays?: boolean): void
  /** The current one with everything about it, and with the cursor in its answer. Default: in the panel. */
  open?(): void
  reply?(): void
  /** Asks what a command still needs to know, or for another problem. */
  ask?(what: CommandName | 'problem'): void
  undo?(): void
}

/** Enter on a button or a link is that button's. */
const onControl = (): boolean => document.activeElement?.matches('button, a[href], summary, [role=button]') ?? false

/** The priority `step` above (−1) or below (1); null at the ends. */
export const nextPriority = (priority: Priority, step: 1 | -1): Priority | null =>
  priorities[priorities.indexOf(priority) + step] ?? null

/** The table's keys for a place. */
export function useActionKeys(actions: Actions, place: Place, list: Targets): KeyBinding[] {
  const panel = useMentionPanel()
  const directory = useDirectory()
  const { show } = useToasts()
  const { t } = useWords()
  const some = () => list.current() !== null || list.targets().length > 0
  const here = (): MentionCard[] => [list.current() ?? []].flat()

  const deskOn = (key: number) => directory.desks.find((row) => row.desk.key === key)?.desk
  /** Waits for the desks where they are still being asked for. */
  function desksKnown(): Promise<void> {
    return new Promise((resolve) => {
      const stop = watch(
        () => directory.ready,
        (ready) => {
          if (!ready) return
          stop()
          resolve()
        },
      )
    })
  }
  function routeTo(key: number, cards: readonly MentionCard[]): Promise<readonly MentionCard[]> {
    const desk = deskOn(key)
    if (desk) return actions.act('route', cards, { deskId: desk.id })
    show({ kind: 'note', text: t('action.noDeskOnKey', { key }) })
    return Promise.resolve([])
  }
  const digit = (keys: string): KeyBinding => ({
    keys,
    label: () => (deskOn(Number(keys)) ? t('command.route.key.digit', { desk: deskOn(Number(keys))!.name }) : ''),
    when: some,
    run: () =>
      list.decide((cards) =>
        directory.ready ? routeTo(Number(keys), cards) : desksKnown().then(() => routeTo(Number(keys), cards)),
      ),
  })

  function prioritise(step: 1 | -1) {
    const [first] = list.targets()
    const priority = first?.case && nextPriority(first.case.priority, step)
    if (priority) void actions.act('prioritise', list.targets(), { priority })
  }
  function openProblem() {
    const card = list.current()
    // Whoever has gone on by the time of the answer is not interrupted by it.
    if (card) void actions.openProblem(card, () => list.current()?.mention.id === card.mention.id)
  }
  const showCurrent = (options = {}) => list.current() && panel.show(list.current()!, options)

  /** Those that neither only ask nor take nothing. By the command and its way. */
  const special: Record<string, Partial<KeyBinding> & { run: KeyBinding['run'] }> = {
    'accept.do': { run: () => list.decide((cards) => actions.act('accept', cards, {}), true) },
    'reply.ask': { run: () => (list.reply ? list.reply() : void showCurrent({ reply: true })) },
    'close.noAction': { run: () => list.decide((cards) => actions.act('close', cards, { reason: 'noAction' })) },
    'approve.do': {
      when: () => list.current()?.case?.pendingReply != null,
      run: () => void actions.act('approve', here(), { approve: true }),
    },
    'prioritise.higher': { run: () => prioritise(-1) },
    'prioritise.lower': { run: () => prioritise(1) },
    'answerDesk.ask': {
      when: () => list.current()?.case?.deskSays != null,
      run: () => list.ask?.('answerDesk'),
    },
  }
  const byTable = commandNames.flatMap((name) =>
    Object.entries<KeyRule>(commands[name].keys).flatMap(([way, rule]): KeyBinding[] => {
      if (!rule.in.includes(place)) return []
      if (way === 'digit') return [rule.keys].flat().map(digit)
      const plain = () => (way === 'ask' ? list.ask?.(name) : void actions.act(name, here(), {} as never))
      return [
        {
          keys: rule.keys,
          label: () => t(`command.${name}.key.${way}`),
          when: some,
          run: plain,
          ...special[`${name}.${way}`],
        },
      ]
    }),
  )

  const ofMention: Record<MentionDeed, Partial<KeyBinding> & { run: KeyBinding['run'] }> = {
    open: { when: () => some() && !onControl(), run: () => (list.open ? list.open() : void showCurrent()) },
    relabel: { run: () => panel.ask('relabel', [...list.targets()]) },
    mute: { run: () => panel.ask('mute', [...list.targets()]) },
    notOurs: { run: () => list.decide(actions.notOurs) },
    problem: { run: () => (list.ask ? list.ask('problem') : openProblem()) },
    undo: { when: () => true, run: () => (list.undo ? list.undo() : void actions.undo()) },
  }
  const aboutMention = Object.entries<KeyRule>(mentionKeys).flatMap(([deed, rule]): KeyBinding[] =>
    rule.in.includes(place)
      ? [{ keys: rule.keys, label: () => t(`command.${deed}.key`), when: some, ...ofMention[deed as MentionDeed] }]
      : [],
  )
  const palette = { group: () => t('keys.mention') }
  return [...byTable, ...aboutMention].map((binding) => ({ ...binding, palette }))
}
