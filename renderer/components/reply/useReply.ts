import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useStation } from '#renderer/client/station.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { choicesOf, firstChoice, makesPublic, nextChoice, type WayChoice } from './reply-ways.ts'
import { useReplyDrafts } from '#renderer/stores/reply-drafts.ts'

export interface ReplyPreview {
  text: string
  length: number
  limit: number | null
  missing: string[]
  readers: string[]
}

/**
 * A reply while it is written: kept as a draft, counted as the network counts, for the way that was chosen.
 * Long: half of it is what it gives back, one member a line of words.
 */
export function useReply(card: () => MentionCard) {
  const station = useStation()
  const mentionId = card().mention.id
  const drafts = useReplyDrafts()
  const kept = drafts.of(mentionId)
  const text = ref(kept.text)
  const url = ref('')
  const wanted = ref<string | undefined>(kept.way)
  /** As the officer changed them; null: as what is answered. */
  const ownWarning = ref<string | null>(null)
  const ownLang = ref<string | null>(null)
  const caseId = computed(() => card().case?.id ?? null)
  const isPrivate = computed(() => card().mention.private)

  const ways = useQuery((client, signal) => client.cases.replyWays({ id: caseId.value! }, { signal }), {
    watch: caseId,
    when: () => caseId.value !== null,
  })
  const options = computed(() => ways.data.value ?? [])
  const choices = computed(() => choicesOf(options.value))
  const choice = computed(() => firstChoice(choices.value, wanted.value, isPrivate.value))
  const way = computed({ get: () => choice.value.key, set: (key: string) => (wanted.value = key) })
  watch([text, wanted], () => drafts.keep(mentionId, text.value, wanted.value))

  const manner = computed(() => choice.value.option?.manner ?? { warning: null, lang: null })
  const { preview, counted, limit, over } = usePreview(text, choice, ownWarning, () => card().case?.version, caseId)
  const hasWords = computed(() => text.value.trim() !== '')
  const waysKnown = computed(() => ways.data.value !== null || ways.problem.value !== null)

  return {
    text,
    url,
    /** Key of the chosen way. */
    way,
    choice,
    choices,
    /** Content warning and language with which it leaves; null: this way has no such thing. */
    warning: computed({
      get: () => (manner.value.warning === null ? null : (ownWarning.value ?? manner.value.warning)),
      set: (written) => (ownWarning.value = written),
    }),
    lang: computed({
      get: () => (manner.value.lang === null ? null : (ownLang.value ?? manner.value.lang)),
      set: (chosen) => (ownLang.value = chosen),
    }),
    /** Accounts besides the customer that read it although it is a direct message. */
    readers: computed(() => counted.value?.readers ?? []),
    options,
    /** The ways are not known yet. */
    asking: ways.loading,
    preview,
    counted: computed(() => counted.value && { ...counted.value, limit: limit.value }),
    /** By how many characters it is too long; 0: it is not. */
    over,
    /** The text with its placeholders filled in, when there are any. */
    filled: computed(() => {
      const now = counted.value
      return now && hasWords.value && text.value.includes('{') && now.text !== text.value ? now.text : null
    }),
    ready: computed(
      () =>
        caseId.value !== null &&
        waysKnown.value &&
        over.value === 0 &&
        (hasWords.value || choice.value.way === 'elsewhere') &&
        (counted.value?.missing.length ?? 0) === 0,
    ),
    /** It would be read by others although the customer wrote to the company alone. */
    publishes: computed(() => makesPublic(isPrivate.value, choice.value)),
    cycleWay: () => {
      wanted.value = nextChoice(choices.value, choice.value.key).key
    },
    /**
     * As it is handed over, placeholders and all: the engine fills them in. Waits for what is still being asked for. null:
     * nothing is written, a placeholder is open or it is too long, which the preview then says, or the connection is gone.
     */
    async draft() {
      const seen = waysKnown.value
      if (caseId.value === null || !(await known(waysKnown, station.online))) return null
      const { way: how, option } = choice.value
      // That nothing would be sent is seen first, not found out afterwards.
      if (!seen && how === 'elsewhere' && wanted.value !== how) return null
      const base = {
        way: how,
        sourceId: option?.sourceId ?? null,
        url: how === 'elsewhere' && url.value.trim() !== '' ? url.value.trim() : null,
      }
      const written = text.value.trim()
      if (written === '') return how === 'elsewhere' ? { ...base, text: '' } : null
      // What is counted may be a few letters behind what is written.
      await preview.refresh()
      if (preview.problem.value || over.value > 0 || (counted.value?.missing.length ?? 0) > 0) return null
      const said = {
        ...(manner.value.warning === null || ownWarning.value === null ? {} : { warning: ownWarning.value }),
        ...(manner.value.lang === null || ownLang.value === null ? {} : { lang: ownLang.value }),
      }
      return { ...base, ...said, text: text.value }
    },
    /** The reply is on its way: nothing of it is kept here. */
    clear() {
      text.value = ''
      url.value = ''
      drafts.forget(mentionId)
    },
  }
}

/** Waits until something is known. false: the connection went away first. */
function known(what: Ref<boolean>, online: Ref<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = watch(
      () => what.value || !online.value,
      (over) => {
        if (!over) return
        resolve(what.value)
        void nextTick(() => stop())
      },
      { immediate: true },
    )
  })
}

/** How the network counts what is written, and how much of it is too long. */
function usePreview(
  text: Ref<string>,
  choice: ComputedRef<WayChoice>,
  warning: Ref<string | null>,
  version: () => number | undefined,
  caseId: ComputedRef<string | null>,
) {
  const preview = useQuery(
    (client, signal) =>
      client.cases.previewReply(
        {
          id: caseId.value!,
          text: text.value,
          way: choice.value.way === 'elsewhere' ? null : choice.value.way,
          sourceId: choice.value.option?.sourceId ?? null,
          ...(warning.value === null ? {} : { warning: warning.value }),
        },
        { signal },
      ),
    {
      watch: [text, () => choice.value.key, warning, version],
      settleMs: 150,
      when: () => caseId.value !== null,
    },
  )
  const counted = computed(() => preview.data.value)
  // What is only recorded is not measured by a network that it is not sent to.
  const limit = computed(() => (choice.value.option === null ? null : (counted.value?.limit ?? null)))
  const over = computed(() =>
    counted.value === null || limit.value === null ? 0 : Math.max(0, counted.value.length - limit.value),
  )
  return { preview, counted, limit, over }
}

export type Reply = ReturnType<typeof useReply>
