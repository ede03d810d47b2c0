import { watch } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { commandNames, commands, mentionKeys, type Keys, type MentionDeed } from '#shared/model/command.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import { useDirectory } from '#renderer/stores/directory.ts'
import type { KeyBinding } from '#renderer/composables/control/useKeys.ts'
import { useMentionPanel, type Targets } from '#renderer/stores/panels.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import type { Actions } from './useActions.ts'

/** What a place does in its own way. Default: in the panel beside the view. */
export interface Place extends Targets {
  /** Shows the current one with everything about it; `null`: it is shown. */
  open?: (() => void) | null
  /** The same with the cursor in its answer. */
  reply?(): void
  undo?(): void
}

/** Enter on a button or a link is that button's. */
const onControl = (): boolean => document.activeElement?.matches('button, a[href], summary, [role=button]') ?? false

/** The priority `step` above (−1) or below (1); null at the ends. */
export const nextPriority = (priority: Priority, step: 1 | -1): Priority | null =>
  priorities[priorities.indexOf(priority) + step] ?? null

/**
 * The table's keys: the same wherever mentions are shown.
 * Long: a table of what each key does, all about the same list.
 */
export function useActionKeys(actions: Actions, list: Place): KeyBinding[] {
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
  const showCurrent = (options = {}) => list.current() && panel.show(list.current()!, options)
  function reply() {
    if (list.targets().length > 1) panel.ask('reply', list)
    else if (list.reply) list.reply()
    else showCurrent({ reply: true })
  }
  const hasCase = () => list.current()?.case != null

  /** Those that neither only ask nor take nothing. By the command and its way. */
  const special: Record<string, Partial<KeyBinding>> = {
    'accept.do': { run: () => list.decide((cards) => actions.act('accept', cards, {}), true) },
    'reply.ask': { run: reply },
    'close.noAction': { run: () => list.decide((cards) => actions.act('close', cards, { reason: 'noAction' })) },
    'approve.do': {
      when: () => list.current()?.case?.pendingReply != null,
      run: () => void actions.act('approve', here(), { approve: true }),
    },
    'prioritise.higher': { run: () => prioritise(-1) },
    'prioritise.lower': { run: () => prioritise(1) },
    'answerDesk.ask': {
      when: () => list.current()?.case?.deskSays != null,
    },
    'confirm.do': { when: hasCase },
    'reopen.do': { when: hasCase },
  }
  const byTable = commandNames.flatMap((name) =>
    Object.entries<Keys>(commands[name].keys).flatMap(([way, keys]): KeyBinding[] => {
      if (way === 'digit') return [keys].flat().map(digit)
      const plain = () => (way === 'ask' ? panel.ask(name, list) : void actions.act(name, here(), {} as never))
      return [
        {
          keys,
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
    relabel: { run: () => panel.ask('relabel', list) },
    mute: { run: () => panel.ask('mute', list) },
    notOurs: { run: () => list.decide(actions.notOurs) },
    problem: { run: () => panel.ask('problem', list) },
    undo: { when: () => true, run: () => (list.undo ? list.undo() : void actions.undo()) },
  }
  const aboutMention = Object.entries<Keys>(mentionKeys).flatMap(([deed, keys]): KeyBinding[] =>
    deed === 'open' && list.open === null
      ? []
      : [{ keys, label: () => t(`command.${deed}.key`), when: some, ...ofMention[deed as MentionDeed] }],
  )
  const palette = { group: () => t('keys.mention') }
  return [...byTable, ...aboutMention].map((binding) => ({ ...binding, palette }))
}
