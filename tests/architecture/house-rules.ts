/** Rules of the house that are about a file's text rather than its imports. */
interface HouseRule {
  applies(file: string): boolean
  pattern: RegExp
  message: string
}

const inEngine = (file: string): boolean =>
  file.startsWith('electron/engine/') && !file.startsWith('electron/engine/platform/')

const outsideStore = (file: string): boolean =>
  file.startsWith('electron/') && !file.startsWith('electron/engine/store/')

const inHouse = (file: string): boolean =>
  /^(?:electron|renderer|shared)\//.test(file) && file !== 'shared/util/text-length.ts'

const rules: HouseRule[] = [
  {
    applies: outsideStore,
    pattern: /\bdb\b(?!['"`])|\bstore\/(connections|migrations|tables?)\b/,
    message: 'holds a bare connection; call the named reads and writes of the store',
  },
  {
    applies: outsideStore,
    pattern: /[`'"]\s*(SELECT|INSERT|UPDATE|DELETE FROM|WITH|PRAGMA) \w/,
    message: 'speaks SQL; give it a name in electron/engine/store/queries',
  },
  {
    applies: (file) => inEngine(file) || file.startsWith('shared/'),
    pattern: /\bDate\.now\(|\bnew Date\(\)|(?<![.\w])set(Timeout|Interval)\(|\bperformance\.now\(/,
    message: 'takes time from the machine; use the Clock that is passed in',
  },
  {
    applies: inEngine,
    pattern: /\bMath\.random\(/,
    message: 'throws dice; take ids from shared/util/ids and jitter from the caller',
  },
  {
    applies: (file) => file.startsWith('electron/engine/store/'),
    pattern: /\bSELECT\s+\*/i,
    message: 'selects columns without naming them',
  },
  {
    applies: (file) => file.startsWith('renderer/'),
    pattern: /\bv-html\b|\.innerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write/,
    message: 'writes markup from text',
  },
  {
    applies: (file) => file.startsWith('electron/engine/') || file.startsWith('shared/'),
    pattern: /\bconsole\./,
    message: 'prints; use the Log that is passed in',
  },
  {
    applies: (file) => inHouse(file) && !file.startsWith('electron/engine/understanding/'),
    // What is only looked at (`/x/.test(text.slice(0, 2_000))`) is shown to nobody.
    pattern:
      /(?<!(?:exec|test|search)\()(?:\b(?:mail\.)?(?<!mail\.)(?:\w*[Tt]ext|\w*[Nn]ame|words|title|title\.value|subject|message|filename)\b(?:\.value)?|[^$`]`)(?:\.trim(?:End)?\(\))?\.(?:slice|substring|substr)\(0,\s*(?:[A-Z_]{2,}|\d[\d_]+)\)/,
    message: 'cuts a text for people between UTF-16 units; use cut of shared/util/text-length',
  },
  {
    applies: inHouse,
    pattern: /\.(?:slice|substring|substr)\(0,[^()]*\)(?:\.trim\w*\(\))?(?:\}|\s*\+\s*['"`])\s*…/,
    message: 'cuts a text before an ellipsis between UTF-16 units; use cut of shared/util/text-length',
  },
]

const commentOrBlank = /^\s*(\/\/|\*|\/\*)/
const longest = 400

/** What is wrong with one file's text, in words. A long file gives its reason in its first line: `// Long: …`. */
export function houseViolations(file: string, text: string): string[] {
  const lines = text.split('\n')
  const applying = rules.filter((rule) => rule.applies(file))
  const found = lines.flatMap((line, index) =>
    commentOrBlank.test(line)
      ? []
      : applying.filter((rule) => rule.pattern.test(line)).map((rule) => `${file}:${index + 1} ${rule.message}`),
  )
  if (lines.length > longest + 1 && !/^(\/\/|<!--) Long: /.test(lines[0] ?? '')) {
    found.push(`${file} has ${lines.length - 1} lines; ${longest} are the most`)
  }
  return found
}
