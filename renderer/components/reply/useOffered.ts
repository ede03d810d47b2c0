import { computed, type Ref } from 'vue'
import type { CannedReply } from '#shared/model/canned.ts'
import type { Mention } from '#shared/model/mention.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { useCrises } from '#renderer/stores/crises.ts'
import { byLanguage } from './canned-replies.ts'

/**
 * Replies that are offered for a mention: first what a crisis to which it belongs lets say there, then the canned ones; of each
 * those of its language first.
 */
export function useOffered(
  mention: () => Pick<Mention, 'id' | 'lang'>,
  canned: Readonly<Ref<readonly CannedReply[] | null>>,
) {
  const { t } = useWords()
  const crises = useCrises()
  const running = () => (crises.open?.length ?? 0) > 0
  const asked = useQuery((client, signal) => client.crises.ofMention({ mentionId: mention().id }, { signal }), {
    watch: [() => mention().id, () => crises.open],
    when: running,
  })
  return computed((): CannedReply[] => {
    const statements = (running() ? (asked.data.value?.crises ?? []) : []).flatMap((crisis) =>
      crisis.statements.map(({ lang, text }) => ({
        id: `${crisis.id} ${lang}`,
        name: t('crisis.asReply', { name: crisis.name }),
        lang,
        text,
      })),
    )
    return [...byLanguage(statements, mention().lang), ...byLanguage(canned.value ?? [], mention().lang)]
  })
}
