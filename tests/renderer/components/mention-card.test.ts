// @vitest-environment happy-dom
import { defineComponent, h } from 'vue'
import { expect, it } from 'vitest'
import MentionCard from '#renderer/components/MentionCard.vue'
import { provideMask } from '#renderer/composables/mentions/useMask.ts'
import { caseOf, mentionCard } from '#tests/renderer/support/cards.ts'
import { mountInApp } from '#tests/renderer/support/mount.ts'

const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>{{ 7 * 7 }} javascript:alert(3)'

it('shows hostile text and names as text', async () => {
  const card = mentionCard(
    1,
    {
      text: hostile,
      title: hostile,
      author: { id: 'x', handle: hostile, name: hostile, url: 'javascript:alert(1)', followers: 3 },
    },
    { marks: [[0, 4]] },
  )
  const { wrapper } = await mountInApp(MentionCard, { props: { card } })
  expect(wrapper.findAll('img, script, a')).toHaveLength(0)
  expect(wrapper.text()).toContain(hostile.slice(4))
})

it('says sign and word, marks the matched words, and lets the text find its direction', async () => {
  const card = mentionCard(
    1,
    {
      text: 'תודה Kaffora',
      lang: 'he',
      sentiment: {
        label: 'positive',
        score: 0.9,
        confidence: 0.94,
        words: [{ word: 'תודה', start: 0, end: 4, weight: 0.7 }],
        model: 'm3',
      },
    },
    { marks: [[5, 12]] },
  )
  const { wrapper } = await mountInApp(MentionCard, { props: { card } })
  expect(wrapper.get('p.text').attributes()).toMatchObject({ dir: 'auto', lang: 'he' })
  expect(wrapper.get('mark').text()).toBe('Kaffora')
  expect(wrapper.get('.sentiment').text()).toBe('▲ positive 94%')
  expect(wrapper.get('.sentiment').attributes('title')).toContain('+תודה')
})

it('says unsure instead of taking a side below the threshold', async () => {
  const card = mentionCard(1, {
    sentiment: { label: 'negative', score: -0.1, confidence: 0.5, words: [], model: 'm3' },
  })
  const { wrapper } = await mountInApp(MentionCard, { props: { card } })
  expect(wrapper.get('.sentiment').text()).toContain('unsure')
  expect(wrapper.get('article').classes()).not.toContain('negative')
})

it('covers names and private messages where it is asked to', async () => {
  const Masked = defineComponent({
    setup() {
      provideMask(() => true)
      return () =>
        h(MentionCard, {
          card: mentionCard(1, {
            private: true,
            text: 'my order 4711',
            author: { id: 'p', handle: 'petra@example.org', name: 'Petra H', url: null, followers: null },
          }),
        })
    },
  })
  const { wrapper } = await mountInApp(Masked)
  expect(wrapper.html()).not.toMatch(/petra@|Petra|4711/)
  expect(wrapper.text()).toContain('p•••')
})

it('tells where it went and why, and its clock, in German too', async () => {
  const plain = mentionCard(1)
  const card = { ...plain, case: caseOf(plain, { dueAt: Date.now() + 30 * 60_000 }) }
  const { wrapper } = await mountInApp(MentionCard, { props: { card }, locale: 'de' })
  expect(wrapper.get('.to').text()).toContain('Care')
  expect(wrapper.get('.to').attributes('title')).toContain('Regel 4: Complaints to care')
  expect(wrapper.get('.clock').text()).toMatch(/^noch (29|30) min$/)
})
