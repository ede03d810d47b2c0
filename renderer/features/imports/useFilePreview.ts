import { cut } from '#shared/util/text-length.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import type { FilePreview, SavedMapping } from '#shared/model/import.ts'
import { useStation } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'

/** How a file is read where its own guess is not taken; '' and `guess`: it is. */
export interface Reading {
  sheet: string
  encoding: string
  dateOrder: 'guess' | 'dmy' | 'mdy'
  zone: string
  /** Addresses of the mailbox, with commas. */
  own: string
}

const asFound = (): Reading => ({ sheet: '', encoding: '', dateOrder: 'guess', zone: '', own: '' })

/** The engine looks at the first part only; what is packed cannot be cut. */
const HEAD_BYTES = 512 * 1024
const PACKED = /\.(gz|tgz|zip|xls[xm]|ods)$/i
/** Endings that say nothing about what is in a file. */
const ENDINGS = /(\.(gz|zip|csv|tsv|json|ndjson|jsonl|js|txt|xls[xm]|ods|mbox|mbx|emlx?|tar|tgz)){1,2}$/i
const MOST_NAME = 120

/**
 * A file that was chosen, what its columns are taken for, and what its first rows would become. Looks again whenever
 * something is said about it.
 * Long: what was said, what was found and which answer is the newest belong together.
 */
export function useFilePreview(lost: () => string) {
  const station = useStation()
  const file = shallowRef<File | null>(null)
  const preview = shallowRef<FilePreview | null>(null)
  const problem = ref('')
  const looking = ref(false)
  const name = ref('')
  const mapping = reactive<Record<string, string>>({})
  /** Fields that somebody set; the others follow the guess. */
  const set = new Set<string>()
  const reading = reactive<Reading>(asFound())
  let looks = 0

  /** What was said about the file, for the engine. */
  const said = () => ({
    mapping: Object.fromEntries([...set].map((field) => [field, mapping[field] ?? ''])),
    dateOrder: reading.dateOrder,
    ...(reading.encoding && { encoding: reading.encoding }),
    ...(reading.zone.trim() && { zone: reading.zone.trim() }),
    ...(reading.sheet && { sheet: reading.sheet }),
    ...(reading.own.trim() && { own: reading.own.split(/[\s,;]+/).filter((address) => address !== '') }),
  })

  async function look(): Promise<void> {
    const chosen = file.value
    if (!chosen) return
    const mine = ++looks
    problem.value = ''
    looking.value = true
    try {
      const head = PACKED.test(chosen.name) || chosen.size <= HEAD_BYTES ? chosen : chosen.slice(0, HEAD_BYTES)
      const found = await station.client.sources.previewFile({ file: head, name: chosen.name, ...said() })
      // Something else was said meanwhile: its own answer comes.
      if (mine !== looks) return
      preview.value = found
      for (const field of Object.keys(mapping)) if (!set.has(field)) delete mapping[field]
      for (const [field, column] of Object.entries(found.mapping)) if (!set.has(field)) mapping[field] = column
    } catch (error) {
      if (mine === looks) problem.value = toProblem(error).message || lost()
    } finally {
      if (mine === looks) looking.value = false
    }
  }
  function forget(): void {
    set.clear()
    for (const field of Object.keys(mapping)) delete mapping[field]
  }

  return {
    file,
    preview,
    problem,
    looking,
    name,
    mapping,
    reading,
    said,
    ready: computed(
      () =>
        preview.value !== null &&
        (preview.value.holds === 'mails' ||
          (Boolean(mapping['text'] || mapping['title']) && Boolean(mapping['publishedAt']))) &&
        name.value.trim() !== '',
    ),
    choose(chosen: File | undefined): void {
      if (!chosen) return
      file.value = chosen
      preview.value = null
      name.value = cut(chosen.name.replace(ENDINGS, '') || chosen.name, MOST_NAME)
      Object.assign(reading, asFound())
      forget()
      void look()
    },
    setField(field: string, column: string): void {
      set.add(field)
      mapping[field] = column
      void look()
    },
    /** Another sheet or encoding has other columns. */
    read(change: Partial<Reading>): void {
      if (change.sheet !== undefined || change.encoding !== undefined) forget()
      Object.assign(reading, change)
      void look()
    },
    /** What somebody kept under a name. */
    use(saved: SavedMapping): void {
      forget()
      for (const [field, column] of Object.entries(saved.mapping)) {
        set.add(field)
        mapping[field] = column
      }
      const { dateOrder, zone, encoding } = saved
      Object.assign(reading, { dateOrder, zone, encoding })
      void look()
    },
    clear(): void {
      looks++
      file.value = null
      preview.value = null
      problem.value = ''
    },
  }
}
