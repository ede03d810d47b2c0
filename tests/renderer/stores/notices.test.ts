// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { watch } from 'vue'
import type { Notice } from '#shared/model/notice.ts'
import { noticeWords } from '#renderer/components/notice-words.ts'
import { useNotices } from '#renderer/stores/notices.ts'
import { feed } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

const notice = (id: string, more: Partial<Notice> = {}): Notice => ({
  id,
  kind: 'alert',
  at: 0,
  by: 'Injury, fire or recall',
  count: 1,
  alertId: null,
  caseId: 'cas_1',
  mentionId: 'st-1',
  author: 'Petra',
  text: 'It burns',
  network: 'mastodon',
  problem: null,
  priority: 'urgent',
  state: 'new',
  deskId: null,
  ...more,
})
const say = (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(' ')

beforeEach(() => localStorage.clear())

async function page() {
  const stream = feed<{ notices: Notice[] }>()
  const heard: string[] = []
  function follow() {
    const notices = useNotices()
    watch(
      () => notices.arrived,
      (arrived) => heard.push(...ids(arrived)),
      { flush: 'sync' },
    )
    return notices
  }
  const app = await runInApp(follow, {
    handlers: { cases: { notices: (_input: never, { signal }: { signal?: AbortSignal }) => stream.stream(signal) } },
  })
  const push = async (...notices: Notice[]) => {
    stream.push({ notices })
    await settle()
  }
  return { ...app, notices: app.result, heard, push }
}
const ids = (list: readonly Notice[]) => list.map(({ id }) => id)

describe('what needs somebody', () => {
  it('is shown as it stands, and announced only when it is new', async () => {
    const { notices, heard, push } = await page()
    await push(notice('a'))
    expect(ids(notices.shown)).toEqual(['a'])
    expect(heard).toEqual([])
    await push(notice('b'), notice('a'))
    expect(heard).toEqual(['b'])
    await push()
    expect(notices.shown).toEqual([])
  })

  it('is put aside on this screen, also after it was loaded anew', async () => {
    const first = await page()
    await first.push(notice('a'), notice('b'))
    first.notices.putAside(notice('a'))
    expect(ids(first.notices.shown)).toEqual(['b'])
    expect(ids(first.notices.all)).toEqual(['a', 'b'])
    const again = await page()
    await again.push(notice('a'), notice('b'))
    expect(ids(again.notices.shown)).toEqual(['b'])
  })

  it('stays as long as a customer or a desk waits for it', async () => {
    const { notices } = await page()
    const kinds = (['alert', 'waiting', 'failed', 'unknown', 'desk'] as const).filter((kind) =>
      notices.canPutAside(notice('a', { kind })),
    )
    expect(kinds).toEqual(['alert', 'waiting'])
  })

  it.each<[string, Partial<Notice>, string, string]>([
    ['by its rule and what was said', {}, 'Injury, fire or recall', 'Petra: It burns'],
    ['by its problem', { problem: { id: 'p', label: 'App crash' } }, 'Injury, fire or recall', 'App crash'],
    ['with all its mentions', { problem: { id: 'p', label: 'App crash' }, count: 14 }, 'Injury, fire or recall', 'App crash, notice.mentions 14'], // prettier-ignore
    ['by what failed', { kind: 'failed', by: '' }, 'notice.failed ', 'Petra: It burns'],
    ['by the desk that asks', { kind: 'desk', by: 'Ines' }, 'notice.desk Ines', 'Petra: It burns'],
  ])('is named %s', (_what, more, what, about) => {
    expect(noticeWords(notice('a', more), say, String)).toEqual({ what, about })
  })
})
