import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absoluteLink, htmlToText, linksInText, looseText, tidy } from '#engine/connectors/text/html-to-text.ts'

describe('markup to text', () => {
  it.each([
    ['<p>One</p><p>Two<br>lines</p>', 'One\n\nTwo\nlines'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\n\nb'],
    ['a&amp;b &lt;3 &#39;x&#39; &eacute; &#146;', "a&b <3 'x' é ’"],
    ['x<script>alert("</p>")</script>y', 'xy'],
    ['<style>p{color:red}</style>visible', 'visible'],
    ['<svg><text>drawn</text></svg>said', 'said'],
    ['<b>unclosed <i>tags', 'unclosed tags'],
    ['<p>spaces   and\n  breaks</p>', 'spaces and breaks'],
    ['<pre>kept\n  as is</pre>', 'kept\nas is'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
    ['a\u0000b\u200bc\ufeffd', 'ab\u200bcd'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['<!-- hidden -->shown<!-- open', 'shown'],
    ['one<!-- never closed >, two <b>three</b>', 'one, two three'],
    ['<!-- closed > still --> one <!-- not <p>two', 'one two'],
    ['see <iframe src="https://v.example/1"><b>the film</b> &amp; more</iframe>!', 'see the film & more !'],
    ['<noframes><iframe><iframe><script>alert(1)</script>plain</noframes>', 'plain'],
  ])('%s', (html, text) => {
    expect(htmlToText(html).text).toBe(text)
  })

  it('reads frames within frames without going down into each', () => {
    expect(htmlToText(`${'<iframe>'.repeat(10_000)}deep`).text).toBe('deep')
  })

  it('keeps only links that lead somewhere on the web', () => {
    const html =
      '<a href="/x">1</a><a href="https://a.example/?q=1&amp;r=2">2</a><a href="javascript:alert(1)">3</a><a href="data:text/html,x">4</a><a href=" HTTPS://A.example/?q=1&r=2 ">5</a><a>6</a><a class="mention" href="https://m.example">7</a>'
    expect(htmlToText(html, { base: 'https://b.example/dir/', ignoreLinkClasses: ['mention'] }).links).toEqual([
      'https://b.example/x',
      'https://a.example/?q=1&r=2',
    ])
    expect(absoluteLink('mailto:a@b.example')).toBeNull()
    expect(absoluteLink('//c.example/x', 'https://b.example')).toBe('https://c.example/x')
  })

  it('gives text that is safe to write anywhere, whatever it was given', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '<',
            '>',
            '/',
            '"',
            "'",
            '=',
            '&',
            ';',
            '!',
            '-',
            'a',
            'p',
            'script',
            ' ',
            '\n',
            '\u0007',
            '\ud800',
            '🌊',
          ),
          maxLength: 60,
        }),
        (html) => {
          for (const text of [htmlToText(html).text, looseText(html), tidy(html)]) {
            expect(text).toBe(text.trim())
            expect(text.isWellFormed()).toBe(true)
            // eslint-disable-next-line no-control-regex
            expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/)
          }
          expect(htmlToText(html).text).not.toMatch(/<script[\s>]/)
        },
      ),
      { numRuns: 500 },
    )
  })
})

it.each(['<\u0007script\n<', 'a <\u0000script>b</script> c', '<scr\u001fipt x'])('makes no tag of %j', (html) => {
  expect(htmlToText(html).text).not.toMatch(/<script/)
})

describe('hostile lengths', () => {
  // Each of these took minutes with a pattern or a parser whose time grows with the square of the length.
  it.each<[string, string]>([
    ['tabs without a line break', `x ${'\t'.repeat(1_000_000)}y`],
    ['open tags', '<b>'.repeat(1_000_000)],
    ['crossed tags', '<b>'.repeat(100_000) + '</i>'.repeat(100_000)],
    ['brackets', '<'.repeat(1_000_000)],
    ['ampersands', '&'.repeat(1_000_000)],
    ['a link of full stops', `https://a.example/${'.'.repeat(1_000_000)}x`],
    ['links', 'https://a.example/ '.repeat(20_000)],
    ['line breaks', '\n \n'.repeat(300_000)],
  ])('%s', (_, text) => {
    expect(htmlToText(text).text.length).toBeLessThanOrEqual(text.length)
    expect(looseText(text).length).toBeLessThanOrEqual(text.length)
    expect(linksInText(text).length).toBeLessThanOrEqual(1)
  })
})

describe('text that may hold markup', () => {
  it.each([
    ['I <3 pretty graphics', 'I <3 pretty graphics'],
    ['I &lt;3 it &amp; you', 'I <3 it & you'],
    ['<sigh> again', '<sigh> again'],
    ['<sigh> &amp; again', '<sigh> & again'],
    ['a < b and c > d', 'a < b and c > d'],
    ['<p>one</p>\n<p>two</p>', 'one\n\ntwo'],
    ['line one\r\nline two', 'line one\nline two'],
    ['if x<y then <b>z</b>', 'if x'],
    ['AT&T and R&D', 'AT&T and R&D'],
  ])('%s', (cell, text) => {
    if (cell.startsWith('if x')) expect(looseText(cell)).toContain(text)
    else expect(looseText(cell)).toBe(text)
  })
})

describe('links in text', () => {
  it.each([
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x)', ['https://a.example/x']],
    ['https://en.example/wiki/Ear_(film)', ['https://en.example/wiki/Ear_(film)']],
    ['https://a.example/x, http://b.example!', ['https://a.example/x', 'http://b.example/']],
    ['见https://a.example/路径。好', ['https://a.example/%E8%B7%AF%E5%BE%84']],
    ['ftp://a.example no http:// here', []],
    ['https://a.example https://a.example', ['https://a.example/']],
  ])('%s', (text, links) => {
    expect(linksInText(text)).toEqual(links)
  })
})
