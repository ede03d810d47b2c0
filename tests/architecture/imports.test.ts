import { describe, expect, it } from 'vitest'
import { houseViolations } from './house-rules.ts'
import { importTable } from './import-table.ts'
import { deadRows, importsOf, roomOf, violations } from './imports.ts'
import { sourceFiles } from './source-files.ts'

describe('the import table', () => {
  it('is held against every file of the product by npm run lint', () => {
    expect(sourceFiles().length).toBeGreaterThan(300)
  })

  it('has no room twice, and no row or permission that stands for nothing', () => {
    const rooms = importTable.map(({ room }) => room)
    expect(new Set(rooms).size).toBe(rooms.length)
    const table = [
      { room: 'a', may: ['b', 'gone'], mayTypes: ['lost*'], packages: [] },
      { room: 'b', may: ['a/one.ts', 'a/o*'], packages: [] },
      { room: 'empty', may: ['a'], packages: [] },
    ]
    expect(deadRows(['a/one.ts', 'b/two.ts'], table)).toEqual([
      'the import table lets a import gone, where no file lies',
      'the import table lets a import lost*, where no file lies',
      'the import table has a row for empty, where no file lies',
    ])
  })

  const forbidden: [file: string, text: string, why: RegExp][] = [
    ['shared/model/mention.ts', `import { readFileSync } from 'node:fs'`, /package node:/],
    [
      'shared/model/mention.ts',
      `import { contract } from '#shared/contract/contract.ts'`,
      /may not import shared\/contract/,
    ],
    ['shared/query/parse.ts', `import { ref } from 'vue'`, /package vue/],
    [
      'electron/engine/routing/decide.ts',
      `import { openStore } from '#engine/store/open.ts'`,
      /electron\/engine\/store/,
    ],
    ['electron/engine/matching/matcher.ts', `import { systemClock } from '#engine/platform/clock.ts'`, /platform/],
    ['electron/engine/connectors/feed/feed.ts', `import type { Store } from '#engine/store/store.ts'`, /store/],
    ['electron/engine/store/open.ts', `import { app } from 'electron'`, /package electron/],
    ['electron/engine/connectors/feed/feed.ts', `import { app } from 'electron'`, /package electron/],
    ['electron/engine/cases/ledger.ts', `export { collect } from '#engine/collect/collect.ts'`, /collect/],
    ['electron/main/windows.ts', `import { createEngine } from '#engine/engine.ts'`, /engine/],
    ['electron/preload/index.ts', `import { readFileSync } from 'node:fs'`, /package node:/],
    ['electron/hosts/station.ts', `import { openStore } from '#engine/store/open.ts'`, /store/],
    ['electron/hosts/engines.ts', `const x = await import('#laboratory/train.ts')`, /laboratory/],
    [
      'renderer/features/wall/WallView.vue',
      `<script setup lang="ts">\nimport Board from '#renderer/features/board/BoardView.vue'\n</script>`,
      /features\/board/,
    ],
    [
      'renderer/features/wall/WallView.vue',
      `<script setup lang="ts">\nimport { createEngine } from '#engine/engine.ts'\n</script>`,
      /engine\.ts/,
    ],
    ['renderer/client/station.ts', `import { readFile } from 'node:fs/promises'`, /package node:/],
    [
      'renderer/app/App.vue',
      `<script setup lang="ts">\nconst x = import('better-sqlite3')\n</script>`,
      /better-sqlite3/,
    ],
    ['electron/engine/store/queries/a.ts', `import { x } from '../../platform/clock.ts'`, /climbs/],
    ['electron/engine/intake/intake.ts', `import Database from 'better-sqlite3'`, /better-sqlite3/],
    ['electron/somewhere/else.ts', `export {}`, /no room/],
  ]
  it.each(forbidden)('refuses in %s: %s', (file, text, why) => {
    expect(violations(file, text).join('\n')).toMatch(why)
  })

  it.each([
    [
      'electron/engine/store/open.ts',
      `import { a } from './reads.ts'\nimport { b } from '#shared/util/ids.ts'\nimport c from 'better-sqlite3'`,
    ],
    ['electron/hosts/station.ts', `import { createEngine } from '#engine/engine.ts'`],
    ['electron/sample/officer.ts', `import type { Client } from '#engine/api/router.ts'`],
  ])('allows in %s what the table says', (file, text) => {
    expect(violations(file, text)).toEqual([])
  })

  it('tells types from values where only types may cross', () => {
    expect(violations('electron/hosts/a.ts', `import { createHandler } from '#engine/api/router.ts'`)).toHaveLength(1)
  })

  it('finds imports of every kind, and their lines', () => {
    const text = `import a from 'a'\nimport type b from 'b'\nexport * from 'c'\nconst d = await import('d')\ntype E = import('e').E\nimport 'f'`
    expect(importsOf('x.ts', text).map(({ specifier, typeOnly, line }) => `${specifier} ${typeOnly} ${line}`)).toEqual([
      'a false 1', 'b true 2', 'c false 3', 'd false 4', 'e true 5', 'f false 6',
    ]) // prettier-ignore
    expect(importsOf('x.vue', `<template>import x from 'y'</template>\n<script setup lang="ts">\nimport z from 'z'\n</script>`)).toMatchObject([{ specifier: 'z', line: 3 }]) // prettier-ignore
  })

  it('takes the most specific room', () => {
    expect(roomOf('electron/hosts/utility.ts')?.room).toBe('electron/hosts/utility.ts')
    expect(roomOf('electron/engine/engine.ts')?.room).toBe('electron/engine/engine.ts')
    expect(roomOf('electron/hosts/cli/commands.ts')?.room).toBe('electron/hosts/cli/commands.ts')
  })
})

describe('the rules of the house', () => {
  it.each([
    ['electron/engine/cases/ledger.ts', 'const now = Date.now()'],
    ['electron/engine/cases/ledger.ts', 'setTimeout(call, 5)'],
    ['shared/query/dates.ts', 'const today = new Date()'],
    ['electron/engine/review/play.ts', 'const jitter = Math.random()'],
    ['electron/engine/store/queries/cards.ts', '  `select * from mention`'],
    ['electron/engine/live/live.ts', 'const { db } = store'],
    ['electron/engine/live/live.ts', "import { statement } from '#engine/store/connections.ts'"],
    ['electron/hosts/station.ts', 'ask(`SELECT name FROM desks`)'],
    ['renderer/components/Text.vue', '<p v-html="text" />'],
    ['renderer/components/text.ts', 'element.innerHTML = text'],
    ['electron/engine/live/live.ts', "console.log('here')"],
    ['renderer/app/App.vue', '\n'.repeat(500)],
  ])('refuse in %s: %s', (file, text) => {
    expect(houseViolations(file, text)).toHaveLength(1)
  })

  it.each([
    'const label = mention.text.slice(0, 60)',
    'title: `${text.slice(0, MOST)}…`',
    "return words.substring(0, 40) + '…'",
    'name: `${stem} ${number}`.slice(0, 120)',
    'draft.name.trim().slice(0, NAME_MOST)',
  ])('name a cut inside a character: %s', (text) => {
    for (const file of ['renderer/app/x.ts', 'electron/engine/cases/x.ts', 'shared/model/x.ts'])
      expect(houseViolations(file, text).length).toBeGreaterThan(0)
  })
  it.each([
    'cut(text, 60)',
    'items.slice(0, MOST)',
    '/<html/.test(text.slice(0, 2_000))',
    'name.slice(0, at)',
    'iso.slice(0, 10)',
  ])('leave alone what shows nobody half a character: %s', (text) =>
    expect(houseViolations('renderer/app/x.ts', text)).toEqual([]),
  )

  it('allow a clock that is passed in, and doors in platform/', () => {
    expect(houseViolations('electron/engine/cases/ledger.ts', 'clock.now(); new Date(at)')).toEqual([])
    expect(houseViolations('electron/engine/platform/clock.ts', 'Date.now()')).toEqual([])
  })
})
