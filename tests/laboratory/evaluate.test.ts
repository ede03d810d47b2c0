import { describe, expect, it } from 'vitest'
import type { Terminal } from '#hosts/cli/command.ts'
import { evaluateCommand } from '#laboratory/evaluate.ts'
import { readArguments } from '#hosts/cli/arguments.ts'
import { trainCommand } from '#laboratory/train.ts'
import { answer, file, removeFiles } from './evaluate.ts'

removeFiles()

describe('evaluate sentiment', () => {
  it.each([
    ['set\tlang\ttext\nx\ten\thello', /line 1: the header must be/],
    ['set\tlang\tlabel\ttext\nx\ten\thappy\thello', /line 2: the label is "happy"/],
    ['set\tlang\tlabel\ttext\nx\ten\tpositive', /line 2: four columns/],
    ['set\tlang\tlabel\ttext\n', /no rows/],
    ['', /is empty/],
  ])('says what is wrong with %j', async (content, message) => {
    const wrong = answer('sentiment', '--file', file('bad.tsv', content))
    await expect(wrong).rejects.toThrow(message)
    await expect(wrong).rejects.toMatchObject({ kind: 'user' })
  })

  it('says that the file is not there', async () => {
    await expect(answer('sentiment', '--file', '/nowhere/x.tsv')).rejects.toThrow(/x\.tsv cannot be read/)
  })
})

describe('evaluate classify', () => {
  const rows = (from: number, to: number): string =>
    Array.from(
      { length: to - from },
      (_, at) => `my bag number ${from + at} is lost,bags\nflight ${from + at} is hours late,delay`,
    ).join('\n')
  it('cross-validates one file, or trains on one and tests on another', async () => {
    const path = file('all.csv', `text,reason\n${rows(0, 30)}\n`)
    const folds = await answer('classify', '--file', path, '--text', 'text', '--label', 'reason', '--folds', '3')
    expect(folds).toMatchObject({ accuracy: 1, top2: 1, macroF1: 1, n: 60 })
    const test = file('test.csv', `text,reason\n${rows(30, 35)}\n`)
    expect(
      await answer('classify', '--file', path, '--text', 'text', '--label', 'reason', '--test', test),
    ).toMatchObject({ accuracy: 1, n: 10 })
  })
  it('stops between two folds when it is told to', async () => {
    const path = file('all.csv', `text,reason\n${rows(0, 30)}\n`)
    const stop = new AbortController()
    const terminal: Terminal = { json: true, print: async () => {}, write: async () => {}, note: () => {}, progress: () => void globalThis.setImmediate(() => stop.abort()), signal: stop.signal } // prettier-ignore
    const call = ['classify', '--file', path, '--text', 'text', '--label', 'reason', '--json']
    await expect(evaluateCommand.run(readArguments(evaluateCommand, call), terminal)).rejects.toThrow(/aborted/)
  })
  it('leaves labels out and joins the others', async () => {
    const path = file('three.csv', `text,reason\n${rows(0, 30)}\nwho knows,unclear\nwhatever,unclear\n`)
    const call = ['classify', '--file', path, '--text', 'text', '--label', 'reason', '--folds', '2']
    expect(await answer(...call, '--drop', 'unclear')).toMatchObject({ n: 60 })
    expect(await answer(...call, '--against', 'bags')).toMatchObject({ n: 62 })
  })
  it.each([
    ['semicolons', 'text;reason', (row: string) => row.replace(',', ';')],
    ['tabs', 'text\treason', (row: string) => row.replace(',', '\t')],
    ['a byte order mark and Windows line ends', '\uFEFF text , reason ', (row: string) => `${row}\r`],
    ['commas in quotation marks', '"text","reason"', (row: string) => row.replace(/^(.*),/, '"$1, really",')],
  ])('reads %s', async (_, header, change) => {
    const path = file('dialect.csv', [header, ...rows(0, 10).split('\n').map(change)].join('\n'))
    const call = ['classify', '--file', path, '--text', 'text', '--label', 'reason', '--folds', '2']
    expect(await answer(...call)).toMatchObject({ accuracy: 1, n: 20 })
  })
  it('lives with labels that occur once, and with rows that are cut short', async () => {
    const path = file('rare.csv', `text,reason\n${rows(0, 20)}\nonce upon a time,once\nonly a text\n,bags\n`)
    const call = ['classify', '--file', path, '--text', 'text', '--label', 'reason']
    expect(await answer(...call)).toMatchObject({ n: 41, accuracy: 40 / 41 - ((40 / 41) % 0.0001) })
  })
  it.each([
    ['', /is empty/],
    ['text,reason\n', /no rows/],
    ['text,reason\na,b\nc,d\n', /at least twice/],
    ['text,reason\n"a,b\nc,d\n', /cannot?|can be read/],
  ])('says what is wrong with %j', async (content, message) => {
    const call = ['classify', '--file', file('bad.csv', content), '--text', 'text', '--label', 'reason']
    await expect(answer(...call)).rejects.toThrow(message)
  })
  it('says that a file is not there, and when the other one has nothing', async () => {
    const call = ['--text', 'text', '--label', 'reason']
    await expect(answer('classify', '--file', '/nowhere/x.csv', ...call)).rejects.toThrow(/no file \/nowhere\/x\.csv/)
    const path = file('all.csv', `text,reason\n${rows(0, 5)}\n`)
    const other = file('other.csv', 'text,reason\n,\nx,\n')
    await expect(answer('classify', '--file', path, ...call, '--test', other)).rejects.toThrow(/other\.csv has no row/)
  })
  it('names the columns that there are', async () => {
    const path = file('cols.csv', 'text,reason\na,b\n')
    await expect(answer('classify', '--file', path, '--text', 'words', '--label', 'reason')).rejects.toThrow(
      /It has: text, reason/,
    )
    await expect(answer('classify', '--file', path, '--text', 'text', '--label', 'reason')).rejects.toThrow(
      /fewer than two labels/,
    )
  })
})

describe('evaluate intent', () => {
  it('compares with labels that stand for an intent', async () => {
    const path = file(
      'moods.csv',
      'text,mood\n"my parcel never arrived, worst service ever",negative\n"I love it, the best kettle I ever had, brilliant",positive\nwhat a day,mixed\n',
    )
    const call = ['intent', '--file', path, '--text', 'text', '--label', 'mood']
    expect(await answer(...call, '--means', 'negative=complaint', '--means', 'positive=praise')).toEqual({
      n: 2,
      none: 0,
      results: [
        { intent: 'complaint', n: 1, said: 1, recall: 1, precision: 1 },
        { intent: 'praise', n: 1, said: 1, recall: 1, precision: 1 },
      ],
      confusion: { complaint: { complaint: 1 }, praise: { praise: 1 } },
    })
    await expect(answer(...call, '--means', 'negative=anger')).rejects.toThrow(/not "negative=anger"/)
    await expect(answer(...call, '--means', 'sad=complaint')).rejects.toThrow(/No row/)
    await expect(answer(...call)).rejects.toThrow(/at least one --means/)
  })
})

describe('evaluate problems and language', () => {
  it('streams the file and compares', async () => {
    const lines = ['hot charger burns', 'parcel not delivered', 'charger hot again', 'parcel delivered nowhere']
    const path = file('p.jsonl', lines.map((text, at) => JSON.stringify({ text, cluster: at % 2 })).join('\n'))
    expect(await answer('problems', '--file', path)).toMatchObject({ nmi: 1, bcubedF1: 1, clusters: 2 })
  })
  it('takes a cluster written as a number or as text, a byte order mark and Windows line ends', async () => {
    const path = file(
      'p.jsonl',
      '\uFEFF{"text":"hot charger","cluster":"7"}\r\n\r\n{"text":"hot charger","cluster":7}\r\n',
    )
    expect(await answer('problems', '--file', path)).toMatchObject({ nmi: 1, bcubedF1: 1, clusters: 1 })
  })
  it.each([
    ['{"text":1}', /line 1: text/],
    ['null', /line 1: text/],
    ['{"text":"a","cluster":1}\n{oops', /line 2: this is not JSON/],
    ['\n\n', /is empty/],
  ])('says what is wrong with the problems in %j', async (content, message) => {
    const wrong = answer('problems', '--file', file('bad.jsonl', content))
    await expect(wrong).rejects.toThrow(message)
    await expect(wrong).rejects.toMatchObject({ kind: 'user' })
  })
  it('tells languages', async () => {
    const path = file('l.txt', 'de\tdas Paket ist nicht angekommen\nen\tthe parcel has not arrived yet\n')
    expect(await answer('language', '--file', path)).toMatchObject({ closed: 1, open: 1, undetermined: 0, n: 2 })
    const windows = file('w.txt', '\uFEFFen\tthe parcel has not arrived yet\r\n\r\nen\twhere is my parcel now?\r\n')
    expect(await answer('language', '--file', windows)).toMatchObject({ closed: 1, open: 1, n: 2 })
    await expect(answer('language', '--file', file('bad.txt', 'en\thello\n\nhello\n'))).rejects.toThrow(
      /line 3: a language/,
    )
    await expect(answer('language', '--file', '/nowhere/x.txt')).rejects.toThrow(
      /x\.txt cannot be read: it does not exist/,
    )
  })
})

describe('calls that are wrong', () => {
  it.each([[[]], [['nonsense']], [['sentiment']], [['classify', '--file', 'x.csv']]])(
    '%j shows the usage',
    async (argv) => {
      await expect(answer(...argv)).rejects.toMatchObject({ name: 'UsageError' })
    },
  )
  it('knows what can be trained', async () => {
    const terminal = {
      json: false,
      print: async () => {},
      write: async () => {},
      note: () => {},
      progress: () => {},
      signal: new AbortController().signal,
    }
    await expect(trainCommand.run(readArguments(trainCommand, ['weather']), terminal)).rejects.toThrow(
      /cannot be trained/,
    )
  })
})
