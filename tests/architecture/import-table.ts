/**
 * Who may import whom: the table of the house as data. `tests/architecture/check-imports.ts` holds every file to it and
 * `npm run lint` runs that. A room may always import itself, shared/util and shared/words.
 */
export interface RoomRule {
  /** Folder, or a single file, relative to the root. The longest that fits a path is its room. */
  room: string
  /** Rooms whose values and types may be imported. */
  may: string[]
  /** Rooms of which only types may be imported (`import type`). */
  mayTypes?: string[]
  /** Packages from npm; `node:` stands for Node's own modules. `*` allows every one. */
  packages: string[]
}

const model = 'shared/model'
const query = 'shared/query'
const contract = 'shared/contract'
const platform = 'electron/engine/platform'
const store = 'electron/engine/store'
const journal = 'electron/engine/journal'
const engine = (...rooms: string[]): string[] => rooms.map((room) => `electron/engine/${room}`)
const renderer = (...rooms: string[]): string[] => rooms.map((room) => `renderer/${room}`)

const pageParts = renderer('actions', 'components', 'charts', 'composables', 'stores', 'client', 'styles')
const pageFeatures = [
  'wall', 'board', 'mention', 'problems', 'search', 'imports', 'listens', 'insights', 'alerts', 'review', 'sources', 'desks', 'settings', 'welcome',
] // prettier-ignore
const pagePackages = [
  'vue', 'vue-i18n', 'pinia', 'chart.js', 'chartjs-plugin-annotation', 'zod', '@lucide/vue',
  '@tanstack/vue-virtual', '@orpc/client', '@orpc/contract', 'partysocket',
  '@fontsource-variable/inter',
] // prettier-ignore

/** Rooms that every other one may import: what has no subject of its own, and what Earshot says. */
export const everywhere = ['shared/util', 'shared/words']

export const importTable: RoomRule[] = [
  { room: 'shared/util', may: [], packages: [] },
  { room: 'shared/words', may: [], mayTypes: [model], packages: [] },
  { room: model, may: [], packages: ['zod'] },
  { room: query, may: [model], packages: ['zod'] },
  { room: contract, may: [model, query], packages: ['zod', '@orpc/contract'] },

  {
    room: platform,
    may: [model],
    packages: ['node:', 'pino', 'keytar', 'undici', 'ws', 'nodemailer'],
  },
  { room: 'electron/engine/connectors', may: [model, platform], packages: ['*'] },
  { room: 'electron/engine/understanding', may: [model, query, platform], packages: ['*'] },
  { room: 'electron/engine/matching', may: [model, query], packages: [] },
  { room: 'electron/engine/routing', may: [model, query, ...engine('matching')], packages: ['temporal-polyfill'] },
  {
    room: store,
    may: [model, query, platform],
    packages: ['node:', 'better-sqlite3', 'zod'],
  },
  { room: journal, may: [model, query, platform, store], packages: ['node:', 'zod'] },
  {
    room: 'electron/engine/intake',
    may: [model, query, platform, store, ...engine('matching', 'understanding')],
    packages: ['node:', 'zod', '@huggingface/tokenizers', 'onnxruntime-node'],
  },
  {
    room: 'electron/engine/collect',
    may: [model, platform, store, ...engine('connectors', 'intake')],
    packages: ['node:', 'zod'],
  },
  // What a new station starts with: desks, rules, replies, in every language.
  { room: 'electron/engine/starters', may: [model, ...engine('routing')], packages: [] },
  {
    room: 'electron/engine/organisation',
    may: [model, platform, store, journal, ...engine('routing', 'starters')],
    packages: ['node:', 'csv-parse'],
  },
  {
    room: 'electron/engine/cases',
    may: [model, query, platform, store, journal, ...engine('routing', 'organisation')],
    packages: ['zod'],
  },
  { room: 'electron/engine/delivery', may: [model, platform, store, journal], packages: [] },
  {
    room: 'electron/engine/replies',
    may: [model, query, platform, store, journal, ...engine('starters', 'organisation', 'delivery', 'cases')],
    packages: ['zod'],
  },
  {
    room: 'electron/engine/handoffs',
    may: [model, platform, store, journal, ...engine('organisation', 'delivery', 'cases')],
    packages: ['node:', 'zod'],
  },
  {
    room: 'electron/engine/advice',
    may: [
      model,
      query,
      platform,
      store,
      journal,
      ...engine('matching', 'routing', 'understanding', 'organisation', 'cases'),
    ],
    packages: ['node:'],
  },
  {
    room: 'electron/engine/rehearsal',
    may: [model, query, platform, store, ...engine('routing', 'organisation')],
    packages: [],
  },
  // What is unusual, from numbers alone: no store, no clock, no I/O.
  { room: 'electron/engine/alerts/detect', may: [model], packages: [] },
  {
    room: 'electron/engine/alerts',
    may: [
      model,
      query,
      platform,
      store,
      journal,
      ...engine('understanding', 'routing', 'knowledge', 'cases', 'delivery', 'organisation', 'handoffs', 'counted'),
    ],
    packages: ['zod'],
  },
  // Numbers that are counted elsewhere, on their way into the store.
  {
    room: 'electron/engine/counted',
    may: [
      model,
      platform,
      store,
      journal,
      ...engine('connectors/file/csv.ts', 'connectors/file/when.ts', 'connectors/text/dates.ts'),
    ],
    packages: ['node:', 'zod'],
  },
  { room: 'electron/engine/listens', may: [model, query, platform, store, journal], packages: ['csv-parse'] },
  {
    room: 'electron/engine/knowledge',
    may: [model, query, platform, store, journal, ...engine('understanding')],
    packages: ['zod'],
  },
  {
    room: 'electron/engine/review',
    may: [model, query, platform, store, journal, ...engine('routing', 'matching', 'understanding')],
    packages: ['node:', 'zod'],
  },
  {
    room: 'electron/engine/live',
    may: [model, query, contract, platform, store, ...engine('matching')],
    packages: ['zod'],
  },
  {
    room: 'electron/engine/api',
    may: [
      model,
      query,
      contract,
      platform,
      store,
      journal,
      ...engine(
        'listens',
        'knowledge',
        'collect',
        'connectors',
        'intake',
        'matching',
        'understanding',
        'routing',
        'starters',
        'counted',
      ),
      ...engine(
        'board.ts',
        'organisation',
        'cases',
        'replies',
        'handoffs',
        'advice',
        'rehearsal',
        'alerts',
        'review',
        'live',
      ),
    ],
    packages: ['@orpc/server', '@orpc/contract', '@orpc/standard-server-peer', 'zod', 'node:'],
  },
  // Composes the rooms of deciding; engine.ts sees it, not their insides.
  {
    room: 'electron/engine/board.ts',
    may: [
      model,
      platform,
      store,
      journal,
      ...engine(
        'routing',
        'organisation',
        'cases',
        'replies',
        'handoffs',
        'delivery',
        'advice',
        'rehearsal',
        'alerts',
        'counted',
      ),
    ],
    packages: [],
  },
  { room: 'electron/engine/engine.ts', may: [model, query, contract, platform, store, journal, ...engine('*')], packages: ['node:'] }, // prettier-ignore

  {
    room: 'electron/hosts',
    may: [model, query, contract, platform, 'electron/sample', ...engine('engine.ts')],
    mayTypes: engine('api/router.ts', 'connectors/connector.ts'),
    packages: ['node:', 'hono', '@hono/node-server', 'ws', 'zod', 'electron-vite', 'vite'],
  },
  // The one file of the command line that knows the laboratory: it loads a command when it is called.
  { room: 'electron/hosts/cli/commands.ts', may: ['electron/hosts/cli', 'electron/laboratory'], packages: [] },
  { room: 'electron/hosts/utility.ts', may: [model, contract, platform, 'electron/hosts', ...engine('engine.ts')], packages: ['node:', 'electron'] }, // prettier-ignore
  // Plays invented networks to a real engine.
  {
    room: 'electron/sample',
    may: [model, platform, ...engine('engine.ts', 'connectors/connector.ts')],
    mayTypes: engine('api/router.ts'),
    packages: ['node:', 'zod'],
  },
  // Trains and measures the models, and what is pure in reading what a desk meets, without an engine around them. Ships with the repository, not with the app.
  {
    room: 'electron/laboratory',
    may: [model, platform, query, 'electron/hosts/cli', 'electron/hosts/root.ts', 'electron/hosts/say-failure.ts', ...engine('understanding', 'alerts/detect', 'connectors/draft.ts', 'connectors/email', 'connectors/text', 'cases/gratitude.ts', 'advice/precedents.ts')], // prettier-ignore
    packages: ['node:', 'zod', 'csv-parse', 'sentiment', 'wink-sentiment', 'vader-sentiment'],
  },
  {
    room: 'electron/main',
    may: [model, contract, 'electron/hosts/page', 'electron/hosts/data-dir.ts'],
    packages: ['node:', 'electron', 'zod'],
  },
  { room: 'electron/preload', may: [], packages: ['electron'] },

  { room: 'renderer/client', may: [model, query, contract], packages: pagePackages },
  {
    room: 'renderer/stores',
    may: [model, query, contract, ...renderer('client')],
    packages: ['vue', 'pinia'],
  },
  { room: 'renderer/styles', may: [], packages: pagePackages },
  {
    room: 'renderer/charts',
    may: [model, contract, ...renderer('components', 'composables', 'stores', 'client')],
    packages: pagePackages,
  },
  {
    room: 'renderer/components',
    may: [model, query, contract, ...renderer('composables', 'stores', 'client')],
    packages: pagePackages,
  },
  {
    room: 'renderer/composables',
    may: [model, query, contract, ...renderer('client', 'components', 'stores')],
    packages: pagePackages,
  },
  {
    room: 'renderer/actions',
    may: [model, contract, ...renderer('components', 'composables', 'stores', 'client')],
    packages: ['vue'],
  },
  {
    room: 'renderer/panes',
    may: [model, query, contract, ...pageParts],
    packages: pagePackages,
  },
  ...pageFeatures.map((feature) => ({
    room: `renderer/features/${feature}`,
    may: [model, query, contract, ...pageParts, 'renderer/panes'],
    packages: pagePackages,
  })),
  {
    room: 'renderer/app',
    may: [model, query, contract, ...pageParts, ...renderer('features/*')],
    packages: pagePackages,
  },
  {
    room: 'renderer/main.ts',
    may: renderer('app', 'client', 'components', 'composables', 'stores', 'styles', 'charts'),
    packages: pagePackages,
  },
]
