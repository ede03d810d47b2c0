// @vitest-environment happy-dom
import { h, ref } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import QueryField from '#renderer/components/QueryField.vue'
import { asValue, completingAt, completionsOf } from '#renderer/composables/forms/concept-completion.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { mountInApp, settle } from '../support/mount.ts'

const known = [
  { id: 'card-payment', kind: 'part' as const, matter: 'payment', label: 'card payment', de: 'Kartenzahlung' },
  { id: 'credit-card', kind: 'part' as const, matter: 'payment', label: 'credit card', de: 'Kreditkarte' },
  { id: 'is-declined', kind: 'symptom' as const, matter: 'payment', label: 'is declined', de: 'wird abgelehnt' },
  { id: 'door', kind: 'part' as const, matter: null, label: 'door', de: 'Tür' },
  { id: 'Karte 9', kind: 'own' as const, matter: null, label: 'Karte 9', de: 'Karte 9' },
]

describe('where a name is written', () => {
  it.each([
    ['concept:', '', 8, 8],
    ['concept:kar', 'kar', 8, 11],
    ['late AND -concept:kar', 'kar', 18, 21],
    ['(concept:kar', 'kar', 9, 12],
    ['CONCEPT:Kar', 'Kar', 8, 11],
    ['aspect:kar', 'kar', 7, 10],
    ['concept:"card pa', 'card pa', 8, 16],
    ['concept:(door OR "card pa', 'card pa', 17, 25],
    ['concept:(door OR kar', 'kar', 17, 20],
    ['concept:door,kar', 'kar', 13, 16],
    ['concept:"a b",kar', 'kar', 14, 17],
  ])('%s', (text, written, start, end) =>
    expect(completingAt(text, text.length)).toMatchObject({ written, start, end }),
  )

  it.each([
    '',
    'kar',
    'concept',
    'concept: kar',
    'concept:kar late',
    'concept:"card payment" la',
    'myconcept:kar',
    'lang:de',
    'concept:(door) kar',
  ])('is not in %j', (text) => expect(completingAt(text, text.length)).toBeNull())

  it('reaches to the end of the word and over the closing mark', () => {
    expect(completingAt('concept:karte late', 11)).toMatchObject({ written: 'kar', start: 8, end: 13 })
    expect(completingAt('concept:"card p" late', 15)).toMatchObject({ written: 'card p', start: 8, end: 16 })
  })

  it('is found at once in whatever is written', () => {
    for (const text of [
      'concept:('.repeat(3000),
      'concept:a,'.repeat(3000),
      '"'.repeat(9000),
      `concept:"${'a '.repeat(8000)}`,
    ])
      expect(completingAt(text, text.length)?.written.length ?? 0).toBeLessThan(400)
  })
})

describe('names that are offered', () => {
  const of = (written: string, language: 'label' | 'de' = 'label'): string[] =>
    completionsOf(
      written,
      known.map((one) => ({ ...one, label: one[language] })),
    ).map(({ label }) => label)
  it.each([
    ['card', 'label', ['card payment', 'credit card']],
    ['CARD P', 'label', ['card payment']],
    ['kart', 'de', ['Karte 9', 'Kartenzahlung', 'Kreditkarte']],
    ['tur', 'de', ['Tür']],
    ['abgel', 'de', ['wird abgelehnt']],
    ['is-dec', 'de', ['wird abgelehnt']],
    ['', 'de', []],
    ['(.*', 'de', []],
  ] as const)('for %j in %s', (written, language, names) => expect(of(written, language)).toEqual(names))

  it.each(['door', 'card payment', 'wird abgelehnt', 'AND', 'Karte 9', 'a "b" c', 'Tür', 'é(x)'])(
    '%s is a value that can be read',
    (name) => {
      const parsed = parseQuery(`concept:${asValue(name)}`)
      expect(parsed.ok && parsed.value.root).toMatchObject({ type: 'field', field: 'concept' })
    },
  )
})

let unmount = () => {}
afterEach(() => unmount())

async function written(locale: 'en' | 'de') {
  const query = ref('')
  const Host = () =>
    h(QueryField, {
      label: 'Query',
      tokens: [],
      problems: [],
      modelValue: query.value,
      'onUpdate:modelValue': (value: string) => (query.value = value),
    })
  const { wrapper } = await mountInApp(Host, {
    locale,
    handlers: {
      learning: {
        concepts: () => known.map(({ de, ...one }) => ({ ...one, label: locale === 'de' ? de : one.label })),
      },
    },
  })
  unmount = () => wrapper.unmount()
  await settle()
  const field = document.querySelector('textarea')!
  field.focus()
  const type = async (text: string) => {
    field.value = text
    field.setSelectionRange(text.length, text.length)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await settle()
  }
  const press = async (key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
    field.dispatchEvent(event)
    await settle()
    return event.defaultPrevented
  }
  const options = () =>
    [...document.querySelectorAll('[role=option]')].map((one) => one.querySelector('span')!.textContent)
  return { query, field, type, press, options }
}

describe('a field of the query language', () => {
  it.each([
    ['en', 'concept:card', ['card payment', 'credit card'], 'concept:"card payment"'],
    ['de', 'concept:karten', ['Kartenzahlung'], 'concept:Kartenzahlung'],
  ] as const)('offers names in the page’s language: %s', async (locale, text, names, chosen) => {
    const { query, field, type, press, options } = await written(locale)
    await type(text)
    expect(options()).toEqual(names)
    expect(field.getAttribute('aria-activedescendant')).toBeNull()
    expect(await press('ArrowDown')).toBe(true)
    expect(document.getElementById(field.getAttribute('aria-activedescendant')!)?.textContent).toContain(names[0])
    expect(await press('Enter')).toBe(true)
    expect(query.value).toBe(chosen)
    expect(options()).toEqual([])
  })

  it('leaves Enter, Tab and Escape what they are until somebody goes to a name', async () => {
    const { query, type, press, options } = await written('en')
    await type('concept:card')
    expect([await press('Enter'), await press('Tab'), query.value]).toEqual([false, false, 'concept:card'])
    expect(await press('Escape')).toBe(true)
    expect(options()).toEqual([])
    expect(await press('Escape')).toBe(false)
    expect(await press('ArrowDown')).toBe(false)
  })

  it('keeps out of the way of an input method', async () => {
    const { field, type, press, options } = await written('de')
    field.dispatchEvent(new CompositionEvent('compositionstart'))
    await type('concept:tu')
    expect(options()).toEqual([])
    field.dispatchEvent(new CompositionEvent('compositionend'))
    await settle()
    expect(options()).toEqual(['Tür'])
    expect(await press('ArrowDown', { isComposing: true })).toBe(false)
    expect(await press('Enter', { isComposing: true })).toBe(false)
  })

  it('takes a name that is pointed at, and offers matters and parts for an aspect', async () => {
    const { query, type, options } = await written('de')
    await type('aspect:ab')
    expect(options()).toEqual([])
    await type('aspect:zahl')
    expect(options()).toEqual(['Zahlung', 'Kartenzahlung'])
    document
      .querySelectorAll('[role=option]')[1]!
      .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))
    await settle()
    expect(query.value).toBe('aspect:Kartenzahlung')
  })
})
