import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { isEncoding, unknownText } from '#engine/connectors/text/decode.ts'

const table = (text: string): string =>
  `id;date;text;user\r\n${[0, 1, 2].map((i) => `${i};20.11.2026 10:0${i};${text} ${i};u${i}\r\n`).join('')}`

function decoded(bytes: Uint8Array, given?: string): string {
  const decoding = unknownText(given)
  let text = ''
  for (let at = 0; at < bytes.length; at += 50) text += decoding.decode(bytes.subarray(at, at + 50))
  return text + decoding.end()
}

describe('short columns of text in the encodings of the world', () => {
  it.each<[string, string]>([
    ['windows-1252', 'Das Gerät ist schön, aber die Mühle läuft nicht'],
    ['windows-1252', 'Le café est déjà trop cher, reçu à Noël'],
    ['windows-1252', 'El envío no llegó, mañana llamaré'],
    ['windows-1252', 'It’s broken – “again”'],
    ['windows-1252', 'Pakken er ikke nået frem, jeg er rigtig ærgerlig på jer, gør noget'],
    ['macintosh', 'Das Gerät ist schön, aber die Mühle läuft nicht'],
    ['windows-1250', 'Moja przesyłka nie dotarła, proszę o pomoc, żądam zwrotu'],
    ['iso-8859-2', 'Moja przesyłka nie dotarła, proszę o pomoc, żądam zwrotu'],
    ['windows-1250', 'Zásilka stále nedorazila, prosím o odpověď, děkuji'],
    ['windows-1250', 'A csomag még nem érkezett meg, kérem segítsenek, őrült lassú fűrész'],
    ['windows-1251', 'Посылка не пришла, когда будет ответ'],
    ['koi8-r', 'Посылка не пришла, когда будет ответ'],
    ['cp866', 'Посылка не пришла, когда будет ответ'],
    ['iso-8859-5', 'Посылка не пришла, когда будет ответ'],
    ['windows-1251', 'Посилка ще не прийшла, коли буде відповідь'],
    ['windows-1253', 'Το δέμα δεν ήρθε ακόμα, τι γίνεται'],
    ['windows-1254', 'Kargom gelmedi, müşteri hizmetleri cevap vermiyor, ığdır'],
    ['windows-1254', 'İade istiyorum, kullanıcı ğışİ'],
    ['windows-1255', 'החבילה עדיין לא הגיעה'],
    ['windows-1256', 'الطرد لم يصل حتى الآن، أين الرد'],
    ['windows-1257', 'Siunta dar neatėjo, prašau atsakyti, žiūrėkite čia'],
    ['windows-874', 'พัสดุยังไม่มาถึงเลย ทำไมช้าจัง'],
    ['shift_jis', '荷物がまだ届きません'],
    ['euc-jp', '荷物がまだ届きません'],
    ['gb18030', '包裹还没有到，请尽快处理'],
    ['big5', '包裹還沒有到，請儘快處理'],
    ['euc-kr', '택배가 아직 도착하지 않았습니다'],
  ])('%s: %s', (encoding, text) => {
    expect(decoded(iconv.encode(table(text), encoding))).toBe(table(text))
  })

  it('ISO-2022-JP, which is ASCII in bytes', () => {
    const bytes = Buffer.concat([
      Buffer.from('id,text\n1,'),
      Buffer.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]),
      Buffer.from('\n'),
    ])
    expect(decoded(bytes)).toBe('id,text\n1,日本\n')
  })

  it('what the officer says wins over every guess, but not over a mark', () => {
    const text = table('Grüße – schön')
    expect(decoded(iconv.encode(text, 'utf-8'), 'windows-1252')).toContain('GrÃ¼ÃŸe')
    expect(decoded(iconv.encode(text, 'utf-16le', { addBOM: true }), 'windows-1252')).toBe(text)
    expect([isEncoding('shift_jis'), isEncoding('iso-2022-jp'), isEncoding('klingon')]).toEqual([true, true, false])
  })
})
