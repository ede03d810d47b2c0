import { computed, inject, onScopeDispose, provide, reactive, ref, type InjectionKey } from 'vue'
import { toProblem } from '#renderer/client/wire-error.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { guardLeaving } from '#renderer/stores/address.ts'

/** What a form says of itself: nothing changed, changed, on its way, kept, refused. */
export type FormState = 'clean' | 'dirty' | 'saving' | 'saved' | 'failed'

export interface FormOptions<Saved> {
  /** Everything that would be saved, as plain data: the same text again means that nothing was changed. */
  written: () => unknown
  /** What stands against saving, by field; shown beside the field once it was left, or after an attempt to save. */
  faults?: () => Record<string, string | undefined>
  /** Sends it. What it throws is shown: beside the field that the station names, else above the form. */
  save: () => Promise<Saved>
  /**
   * After the answer, when the form counts as clean again. What it changes in the form at once, such as the id that the
   * new thing was given, counts as kept.
   */
  saved?: (answer: Saved) => unknown
  /** Puts the form back to what it started from. */
  reset: () => void
  /** What counts as kept at the beginning, where the form opens with something unsaved. */
  kept?: () => unknown
  /** The draft outlives the form: leaving loses nothing, so nobody is asked. */
  keepsDraft?: boolean
}

export type Form = ReturnType<typeof useForm>

export const formKey: InjectionKey<Form> = Symbol('form')

/** The form that a field stands in, if any. */
export const useOwnForm = (): Form | null => inject(formKey, null)

/**
 * Behaviour of every form: what was changed, what is wrong where, saving once, and nothing lost without a question.
 * Long: saving, refusal and leaving wait for each other.
 */
export function useForm<Saved>(options: FormOptions<Saved>) {
  const { t } = useWords()
  const text = computed(() => JSON.stringify(options.written()))
  const kept = ref(options.kept ? JSON.stringify(options.kept()) : text.value)
  const saving = ref(false)
  const justSaved = ref(false)
  const tried = ref(false)
  const touched = reactive(new Set<string>())
  const refused = ref<{ field: string | null; message: string; of: string } | null>(null)
  const waiting = ref<(() => void) | null>(null)

  const changed = computed(() => text.value !== kept.value)
  const faults = computed(() => Object.entries(options.faults?.() ?? {}).filter(([, fault]) => fault))
  const state = computed<FormState>(() => {
    if (saving.value) return 'saving'
    if (refused.value) return 'failed'
    if (changed.value) return 'dirty'
    return justSaved.value ? 'saved' : 'clean'
  })

  /** The save that is on its way. */
  let sending: { text: string; done: Promise<boolean> } | null = null

  async function submit(): Promise<boolean> {
    tried.value = true
    if (sending) {
      const { text: sent, done } = sending
      const kept = await done
      const more = kept ? changed.value : text.value !== sent
      return more ? submit() : kept
    }
    if (faults.value.length > 0) return false
    saving.value = true
    refused.value = null
    sending = { text: text.value, done: send(text.value) }
    return sending.done
  }
  async function send(sent: string): Promise<boolean> {
    try {
      const answer = await options.save()
      const whole = text.value === sent
      kept.value = sent
      justSaved.value = true
      tried.value = false
      touched.clear()
      arrived()
      const after = options.saved?.(answer)
      // What was written while the answer was on its way is still unsaved.
      if (whole) kept.value = text.value
      await after
      return true
    } catch (error) {
      const found = toProblem(error)
      refused.value = { field: found.field ?? null, message: found.message || t('action.lost'), of: sent }
      arrived()
      return false
    }
  }
  function arrived() {
    saving.value = false
    sending = null
  }
  function settle() {
    kept.value = text.value
    refused.value = null
    tried.value = false
    touched.clear()
  }
  function follow(): boolean {
    if (changed.value || saving.value) return false
    options.reset()
    settle()
    return true
  }
  function discard() {
    options.reset()
    justSaved.value = false
    settle()
  }
  const holds = (proceed: () => void): boolean => {
    // Whoever goes on while it is being saved hears of it when the station refuses.
    if (sending) void sending.done.then((kept) => kept && proceed())
    else if (options.keepsDraft || !changed.value) return false
    else waiting.value = proceed
    return true
  }
  function leave(then: () => void) {
    if (!holds(() => leave(then))) then()
  }
  onScopeDispose(guardLeaving(holds))

  const form = {
    state,
    changed,
    /** Refusal that belongs to no field; empty when there is none. */
    problem: computed(() => (refused.value?.field === null ? refused.value.message : '')),
    problemOf(field: string) {
      // What the station refused holds until something is written anew.
      if (refused.value?.field === field && refused.value.of === text.value) return refused.value.message
      return tried.value || touched.has(field) ? (faults.value.find(([name]) => name === field)?.[1] ?? '') : ''
    },
    /** The field was left: from now on it says what is wrong with it. */
    touch: (field: string) => void touched.add(field),
    /** true once it was saved. While a save is on its way, what was written since follows it. */
    submit,
    /** Takes what is written now as what is kept, e.g. after a newer version arrived. */
    settle,
    /** Starts from what the station has now, unless something is being written. Returns whether it did. */
    follow,
    discard,
    /** Runs `then` at once when nothing would be lost; else asks first, or waits for what is being saved. */
    leave,
    /** What waits for the answer to "discard the changes?"; null: nobody is asked. */
    asking: computed(() => waiting.value !== null),
    answer(away: boolean) {
      const then = waiting.value
      waiting.value = null
      if (!away) return
      discard()
      then?.()
    },
  }
  provide(formKey, form)
  return form
}
