import { describe, expect, it } from 'vitest'
import { defaultDataDir } from '#hosts/data-dir.ts'

describe('where a station keeps its data', () => {
  it.each([
    ['linux', {}, '/home/ana', '/home/ana/.local/share/earshot'],
    ['linux', { XDG_DATA_HOME: '/srv/ana' }, '/home/ana', '/srv/ana/earshot'],
    ['linux', { XDG_DATA_HOME: 'not/absolute' }, '/home/ana', '/home/ana/.local/share/earshot'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/ana', '/home/ana/.local/share/earshot'],
    ['darwin', {}, '/Users/ana', '/Users/ana/Library/Application Support/Earshot'],
    [
      'win32',
      { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming' },
      'C:\\Users\\ana',
      'C:\\Users\\ana\\AppData\\Roaming\\Earshot',
    ],
    ['win32', {}, 'C:\\Users\\ana', 'C:\\Users\\ana\\AppData\\Roaming\\Earshot'],
    ['linux', { EARSHOT_DATA_DIR: '/mnt/station' }, '/home/ana', '/mnt/station'],
  ] as const)('on %s with %j', (platform, env, home, expected) => {
    expect(defaultDataDir({ platform, env, home })).toBe(expected)
  })
})
