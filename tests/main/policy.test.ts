import { describe, expect, it } from 'vitest'
import { assetPath, isOwnPage, mayOpenOutside, pageUrl, roleOfPage, wallUrl } from '#main/policy.ts'

const strangers = [
  'https://earshot/', 'app://earshot.evil.example/', 'app://evil/', 'file:///etc/passwd', 'javascript:alert(1)', 'about:blank',
  'app://user@earshot/', 'data:text/html,hi', '', 'app:earshot', 'devtools://devtools/', 'app://earshot:80/',
] // prettier-ignore

describe('the page of the app', () => {
  it('is known by its origin alone', () => {
    expect(isOwnPage(pageUrl)).toBe(true)
    expect(isOwnPage(`${pageUrl}#/board`)).toBe(true)
    for (const url of strangers) expect(isOwnPage(url), url).toBe(false)
  })

  it('has the role of its window', () => {
    expect(roleOfPage(pageUrl)).toBe('officer')
    expect(roleOfPage(wallUrl)).toBe('wall')
    expect(roleOfPage(`${wallUrl}?role=officer#officer`)).toBe('wall')
    for (const url of strangers) expect(roleOfPage(url), url).toBeUndefined()
  })

  it('asks for its files by exact names', () => {
    expect(assetPath('app://earshot/')).toBe('/index.html')
    expect(assetPath('app://earshot/wall/')).toBe('/index.html')
    expect(assetPath('app://earshot/wall/assets/a.js?v=1#x')).toBe('/assets/a.js')
    // The URL parser resolves dots before the look-up; what is left is a name that no built file has.
    expect(assetPath('app://earshot/../../etc/passwd')).toBe('/etc/passwd')
    expect(assetPath('app://earshot/assets/..%2f..%2fsecret')).toBe('/assets/..%2f..%2fsecret')
    expect(assetPath('app://other/index.html')).toBeUndefined()
  })
})

describe('a link in a post', () => {
  it('may open a web page outside', () => {
    expect(mayOpenOutside('https://example.org/a?b=c')).toBe(true)
    expect(mayOpenOutside('http://example.org')).toBe(true)
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-msdt:/id',
    'https://user:pass@example.org',
    'mailto:a@b',
    'x',
    'vscode://x',
    'https://',
  ])('starts nothing else: %s', (url) => {
    expect(mayOpenOutside(url)).toBe(false)
  })
})
