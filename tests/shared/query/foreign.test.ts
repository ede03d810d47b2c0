import { describe, expect, it } from 'vitest'
import { documentOf } from '#shared/query/document.ts'
import { explainText } from '#shared/query/explain.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { inOurSigns } from '#shared/query/written.ts'

const found = (query: string, texts: string[]): string[] => {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(`${parsed.error.code} ${parsed.error.start}-${parsed.error.end}`)
  return texts.filter((text) => {
    const draft = {
      kind: 'post' as const, text, title: null, url: null, author: null, publishedAt: 0, lang: null, country: null,
      inReplyTo: null, engagement: null, links: [], media: [], private: false,
    } // prettier-ignore
    return matchQuery(parsed.value, documentOf(draft, { sourceId: 's', network: 'n' }))
  })
}

const code = (query: string): string => {
  const parsed = parseQuery(query)
  return parsed.ok ? 'read' : parsed.error.code
}

describe('what other keyboards and word processors write means what its readers take it for', () => {
  const bags = ['they lost my bag', 'bag found, receipt lost', 'my lost bag', 'bag']
  it.each<[string, string[]]>([
    ['bag –lost', ['bag']],
    ['bag —lost', ['bag']],
    ['bag ‑lost', ['bag']],
    ['bag －lost', ['bag']],
    ['bag ﹣lost', ['bag']],
    ['bag \u00a0–lost', ['bag']],
    ['bag –(lost OR found)', ['bag']],
    ['bag –“lost bag”', ['they lost my bag', 'bag found, receipt lost', 'bag']],
    ['‘lost bag’', ['my lost bag']],
    ['‚lost bag‘', ['my lost bag']],
    ['‹lost bag›', ['my lost bag']],
    ['＂lost bag＂', ['my lost bag']],
    ['「lost bag」', ['my lost bag']],
    ['『lost bag』', ['my lost bag']],
    ["'lost bag'", ['my lost bag']],
    ['`lost bag´', ['my lost bag']],
    ['〝lost bag〟', ['my lost bag']],
    ['‘my lost’~2 bag', ['they lost my bag', 'my lost bag']],
    ['（they OR my） –receipt', ['they lost my bag', 'my lost bag']],
    ['［they OR receipt］ lost', ['they lost my bag', 'bag found, receipt lost']],
    ['【they OR receipt】 lost', ['they lost my bag', 'bag found, receipt lost']],
    ['they ＯＲ found', ['they lost my bag', 'bag found, receipt lost']],
    ['bag ＮＯＴ lost', ['bag']],
    ['they OR\u200f found', ['they lost my bag', 'bag found, receipt lost']],
    ['they \u202bOR\u202c found', ['they lost my bag', 'bag found, receipt lost']],
    ['bag -\u200elost', ['bag']],
    ['bag \u200f-lost', ['bag']],
    ['bag –\u200flost', ['bag']],
    ['bag -\u200f"lost bag"', ['they lost my bag', 'bag found, receipt lost', 'bag']],
    ['(they\u061c OR \u2067found)', ['they lost my bag', 'bag found, receipt lost']],
    ['they\u202fOR\u205ffound', ['they lost my bag', 'bag found, receipt lost']],
    ['they\u1680OR\u2028found', ['they lost my bag', 'bag found, receipt lost']],
    ['they\u3164OR\u2800found', ['they lost my bag', 'bag found, receipt lost']],
    ['bag NOT\u3000lost', ['bag']],
    ['found NEAR/2f lost', ['bag found, receipt lost']],
    ['lost NEAR/2f found', []],
    ['found near/2 lost', ['bag found, receipt lost']],
    ['lost onear/2 found', []],
  ])('%s', (query, texts) => expect(found(query, bags)).toEqual(texts))

  it.each<[string, string[], string[]]>([
    ['{US}', ['US', 'us', 'u.s. US!'], ['US', 'u.s. US!']],
    ['{Apple Inc} OR pear', ['Apple Inc', 'apple inc', 'Pear'], ['Apple Inc', 'Pear']],
    ['"– job"', ['job – x', 'jobs'], ['job – x']],
    ['"a （b）"', ['a b', 'a'], ['a b']],
    ["don't", ['don’t', 'don'], ['don’t']],
    ['rock ’n’ roll', ['rock ’n’ roll', 'rock roll'], ['rock ’n’ roll']],
    ['’til dawn', ['’til dawn', 'dawn'], ['’til dawn']],
    ['wi–fi', ['wi-fi', 'fi wi'], ['wi-fi']],
    ['lang：de OR tea', ['tea', 'lang de'], ['tea']],
    ['（烏龍 OR 緑茶） 遅れ', ['緑茶の遅れ', '緑茶', '遅れ'], ['緑茶の遅れ']],
  ])('%s in %j', (query, texts, expected) => expect(found(query, texts)).toEqual(expected))

  it.each<[string, string[], string[]]>([
    ['#gran', ['#gran·dia', 'la #gran casa'], ['la #gran casa']],
    ['#gran·dia', ['#gran·dia', 'la #gran casa'], ['#gran·dia']],
    ['#gran*', ['#gran·dia', 'la #gran casa'], ['#gran·dia', 'la #gran casa']],
    ['#خانه‌ها', ['#خانه‌ها', '#خانه'], ['#خانه‌ها']],
    ['2045', ['فاکتور ۲۰۴۵', 'रसीद २०४५', 'ใบเสร็จ ๒๐๔๕', 'x 20 45'], ['فاکتور ۲۰۴۵', 'रसीद २०४५', 'ใบเสร็จ ๒๐๔๕']],
    ['۲۰۴۵', ['order 2045', 'طلب ٢٠٤٥'], ['order 2045', 'طلب ٢٠٤٥']],
    ['كراچي', ['کراچی میں', 'كراچى'], ['کراچی میں', 'كراچى']],
    ['مدرسه', ['مدرسة', 'مدرسه'], ['مدرسة', 'مدرسه']],
    ['ещё', ['еще раз', 'ЕЩЁ'], ['еще раз', 'ЕЩЁ']],
  ])('%s in %j', (query, texts, expected) => expect(found(query, texts)).toEqual(expected))

  it('keeps every offset, whatever it replaces', () => {
    for (const text of [
      '（a ＯＲ b）',
      '‘x y’ —z',
      'a\u200f OR b',
      '「a',
      '‘a',
      '{a',
      "'",
      '’'.repeat(9),
      '–',
      '- - –',
    ]) {
      expect(inOurSigns(text)).toHaveLength(text.length)
      expect(() => explainText(text)).not.toThrow()
    }
  })

  it('takes a query of nothing but quotation marks in its stride', () => {
    const before = process.cpuUsage()
    for (const sign of ['‘ ', "'", '‘a ’', '–', '\u200f', '「', '(‘']) explainText(sign.repeat(8_000 / sign.length))
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000)
  })
})

describe('operators of other tools are no silent words', () => {
  it.each([
    ['kaffora W/5 broken', 'NEAR/5'],
    ['kaffora PRE/3 broken', 'ONEAR/3'],
    ['kaffora ADJ4 broken', 'ONEAR/4'],
    ['kaffora ADJ broken', 'NEAR/5'],
    ['kaffora NEAR broken', 'NEAR/5'],
    ['kaffora NEAR/5x broken', 'NEAR/5'],
    ['(kaffora) WITHIN/8 (broken)', 'NEAR/8'],
    ['kaffora AROUND(6) broken', 'NEAR/6'],
    ['kaffora /7 broken', 'NEAR/7'],
    ['kaffora /s broken', 'NEAR/20'],
    ['(kaffora broken)~5', 'NEAR/5'],
    ['kaffora ANDNOT job', 'NOT'],
    ['kaffora || broken', 'OR'],
    ['kaffora|broken', 'kaffora OR broken'],
    ['kaffora&&broken', 'kaffora AND broken'],
    ['kaffora !job', '-job'],
    ['kaffora !"job fair"', '-'],
    ['kaffora^2 broken', 'kaffora'],
    ['kafora~ broken', 'kafora~1'],
    ['kafora~0.8 broken', 'kafora~1'],
    ['/kaff.*/ broken', 'kaff*'],
    ['[2026 TO 2027]', 'since:2026-11-01 until:2026-11-20'],
  ])('%s', (query, instead) => {
    const { valid, problems } = explainText(query)
    // A sign alone was no word before either; it says now what is written instead.
    expect(valid).toBe(false)
    expect(problems[0]!.message).toContain(instead)
    for (const locale of ['en', 'de'] as const) expect(explainText(query, { locale }).problems[0]!.message).not.toBe('')
  })

  it.each([
    'AT&T',
    'W5 gallery',
    'N95 masks',
    'NEAR dawn',
    'AFTER dark',
    'C++',
    'wow!',
    'a 24/7 line',
    '50/50 b',
    '~',
    'say "W/5" now',
  ])('%s stays what it is', (query) => expect(code(query)).not.toBe('foreign-operator'))

  it.each(['kaffora ODER tasse', 'kaffora NICHT job', 'кофе ИЛИ чай', '[kaffora OR tasse] job', '<kaffora> x'])(
    '%s is warned of',
    (query) => expect(explainText(query).problems.map(({ severity }) => severity)).toContain('warning'),
  )
})
