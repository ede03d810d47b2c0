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
