import { describe, expect, it } from 'vitest'
import { command } from '#tests/support/earshot.ts'

const noStack = /\n\s+at .+:\d+:\d+/

describe('the command line', () => {
  it('shows all commands, and each of them its own help', async () => {
    const overview = await command(['--help'])
    expect(overview.code).toBe(0)
    for (const name of [
      'import',
      'search',
      'stats',
      'serve',
      'listen',
      'alerts',
      'series',
      'export',
      'verify',
      'backup',
      'restore',
    ]) {
      expect(overview.stdout).toContain(name)
      const help = await command([name, '--help'])
      expect(help.code).toBe(0)
      expect(help.stdout).toContain(`Usage: earshot ${name}`)
      expect(help.stdout).toContain('--data DIR')
    }
  })

  it.each([
    [[], /Usage: earshot COMMAND/],
    [['brew'], /There is no command "brew"/],
    [['__proto__'], /There is no command/],
    [['import'], /The file is missing/],
    [['import', 'a.csv', 'b.csv'], /"b\.csv" is one word too many/],
    [['import', 'a.csv', '--map', 'text'], /--map takes field=column, not "text"/],
    [['search'], /The query is missing/],
    [['search', 'a', '--limit', 'many'], /--limit takes a whole number/],
    [['search', 'a', '--colour', 'red'], /--colour/],
    [['export', '--format', 'xml'], /ndjson or csv, not "xml"/],
    [['export', '--from', 'yesterday'], /--from takes a date/],
    [['listen', '--for', 'ever'], /--for takes a length of time/],
    [['serve', '--port', '70000'], /--port takes a whole number from 0 to 65535/],
    [['stats', 'everything'], /"everything" is not an option/],
    [['alerts'], /What to do is missing/],
    [['alerts', 'mute'], /"mute" is not known here/],
    [['alerts', 'try', '--sensitivity', 'deaf'], /--sensitivity takes one of low, normal, high/],
    [['series', 'import', 'Calls'], /earshot series list/],
    [['series', 'brew'], /earshot series list/],
    [['series', 'add', 'Calls', '--bad', 'sideways'], /--bad up, down, both/],
    [['alerts', 'try', '--days', '29'], /--days takes a whole number from 1 to 28/],
  ])('refuses %j with exit code 2 and says why', async (args, said) => {
    const { code, stderr, stdout } = await command(args)
    expect(code).toBe(2)
    expect(args.length === 0 ? stdout : stderr).toMatch(said)
    expect(stderr).not.toMatch(noStack)
  })
})
