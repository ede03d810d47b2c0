import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf } from '#shared/query/document.ts'
import { searchText } from '#shared/query/search-text.ts'
import { MAX_TOKEN, tokenize } from '#shared/query/tokenize.ts'
import { urlParts, urlsIn } from '#shared/query/urls.ts'
import { document, text } from './arbitraries.ts'

const words = (input: string): string => tokenize(input).map(({ norm, tag }) => (tag === null ? norm : `${norm}[${tag}]`)).join(' ') // prettier-ignore

describe('tokens', () => {
  it.each([
    ['Hello, World', 'hello world'],
    ['Café CAFE\u0301 cafe', 'cafe cafe cafe'],
    ['Straße STRASSE', 'strasse strasse'],
    ['Øl Łódź Þór æther', 'ol lodz thor aether'],
    ['İstanbul ISTANBUL ısı', 'istanbul istanbul isi'],
    ['ΣΊΣΥΦΟΣ σίσυφος', 'σισυφοσ σισυφοσ'],
    ['ёлка Елка', 'елка елка'],
    ['שָׁלוֹם', 'שלום'],
    ['سَلام أحمد', 'سلام احمد'],
    ['हिन्दी', 'हिन्दी'],
    ['हिंदी हंसी हँसी ज़रा जरा अंबर अम्बर', 'हिन्दी हंसी हंसी जरा जरा अम्बर अम्बर'],
    ['\u0d05\u0d35\u0d28\u0d4d\u200d \u0d05\u0d35\u0d7b', '\u0d05\u0d35\u0d28\u0d4d \u0d05\u0d35\u0d28\u0d4d'],
    ['উৎসব উত্‌সব', 'উত্সব উত্সব'],
    ['کافورا كافورا', 'كافورا كافورا'],
    ['شركة شركه شرکۃ', 'شركه شركه شركه'],
    ['مستشفى مستشفي مستشفی على', 'مستشفي مستشفي مستشفي علي'],
    ['آب أب ٱب إب', 'اب اب اب اب'],
    ['ہے ھے', 'هے هے'],
    ['۴۷۱۱ ٤٧١١ ४७११ ৪৭১১ ๔๗๑๑ 𝟒𝟕𝟏𝟏 ４７１１ ໔໗໑໑ ꘤꘧꘡꘡', '4711 4711 4711 4711 4711 4711 4711 4711 4711'],
    ['ґанок ганок щё ще', 'ганок ганок ще ще'],
    ["м'ята м’ята мʼята", 'м ята м ята м ята'],
    ['Hawaiʻi Hawai’i', 'hawai i hawai i'],
    ['#col·lecció #col· lecció', 'col[#col·leccio] leccio col[#col] leccio'],
    ['#スター・ウォーズ・', 'ス[#スター・ウォーズ] タ ー ウ ォ ー ズ'],
    ['#می‌خواهم #שו״ת', 'ميخواهم[#ميخواهم] שו[#שו״ת] ת'],
    ['#tag.more #tag-x #a·_b', 'tag[#tag] more tag[#tag] x a[#a] b'],
    ['ｆｕｌｌ ﬁne', 'full fine'],
    ["don’t don't l'avion wi-fi AT&T 3.5", 'don t don t l avion wi fi at t 3 5'],
    ['Verspä\u00adtung', 'verspatung'],
    ['a_b _so_ __', 'a b so'],
    ['東京タワー', '東 京 タ ワ ー'],
    ['ﾗｰﾒﾝ ｶﾞ ガ', 'ラ ー メ ン ガ ガ'],
    ['삼성이 좋다', '삼 성 이 좋 다'],
    ['iPhoneを買う', 'iphone を 買 う'],
    ['👍🏽 👍 ❤️❤', '👍 👍 ❤ ❤'],
    ['👩🏽‍🚒x🇩🇪🇫🇷', '👩‍🚒 x 🇩🇪 🇫🇷'],
    ['© ® ™ → • €', ''],
    ['#Sale @Lena', 'sale[#sale] lena[@lena]'],
    ['#air_france. @user_name', 'air[#air_france] france user[@user_name] name'],
    ['#東京駅 で#東京', '東[#東京駅] 京 駅 で 東[#東京] 京'],
    ['＃ｔａｇ a#b a@b.de', 'tag[#tag] a b a b de'],
    ['@lena@ruhr.social', 'lena[@lena] ruhr social'],
    ['# @ #, @!', ''],
    ['see https://t.co/Ab?x=1, now', 'see now'],
    ['(http://x.de/a) www.x.de/b ok', 'ok'],
    ['https:// http www. go', 'https http www go'],
    ['新しいhttps://t.co/abc見て', '新 し い 見 て'],
    ['', ''],
    ['\u0000\ud800x\udfff \u200b', 'x'],
    ['\ufdfa', 'صلىاللهعليهوسلم'],
    ['1️⃣ ② ½', '1 2 12'],
  ])('%j → %s', (input, expected) => {
    expect(words(input)).toBe(expected.replace('12', '1⁄2'))
  })

  it('lie in order inside the text, never empty, and mean the same when read alone', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary', maxLength: 200 })), (input) => {
        let end = 0
        for (const token of tokenize(input)) {
          expect(token.start).toBeGreaterThanOrEqual(end)
          expect(token.end).toBeGreaterThan(token.start)
          expect(token.end).toBeLessThanOrEqual(input.length)
          expect(token.norm).toMatch(/^[^\0-/:-`{-\x7f\s]+$/)
          expect(token.norm.length).toBeLessThanOrEqual(MAX_TOKEN)
          end = token.end
        }
      }),
    )
  })

  it('take a megabyte of one word, of signs and of joined emoji in their stride', () => {
    for (const hostile of [
      'a'.repeat(1e6),
      '#'.repeat(1e6),
      '👩‍'.repeat(3e5),
      'http://'.repeat(1e5),
      '\u0301'.repeat(1e6),
      '🇩'.repeat(3e5),
      '#東'.repeat(3e5),
    ]) {
      expect(tokenize(hostile).length).toBeLessThanOrEqual(hostile.length)
    }
  })
})

it('the index stream holds nothing that its tokenizer would take apart again', () => {
  fc.assert(
    fc.property(document, ({ draft, context }) => {
      const parts = searchText(documentOf(draft, context)).split(' ')
      for (const part of parts) expect(part).toMatch(/^[^\s\0-\x1f"'\x7f]+$/)
    }),
  )
})

it('URLs are found without the punctuation after them', () => {
  expect(urlsIn('See https://a.de/b?c=d#e. (www.x.de), http://[::1] „https://y.de/ü“ 見てhttps://z.jp/見')).toEqual([
    'https://a.de/b?c=d#e',
    'http://www.x.de',
    'http://[::1',
    'https://y.de/ü',
    'https://z.jp/',
  ])
  expect(urlParts('HTTPS://user@WWW.Shop.Example.org:8080/A?b')).toEqual({ host: 'shop.example.org', rest: '/a?b' })
  expect(urlParts('mailto:x@y.de')).toBeNull()
})
