import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { earshot } from '#shared/model/journal.ts'
import type { ChannelDraft } from '#shared/model/handoff.ts'
import { createEngine, type Engine } from '#engine/engine.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { partChannel, shownAddress } from '#engine/platform/channel-secrets.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { entriesAfter } from '#engine/store/queries/journal.ts'
import { readChannels } from '#engine/store/queries/channels.ts'
import { webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'

const secret = 'T0PSECRETPATHxyz789'
const secrets = createMemorySecrets()
let folder: { path: string; remove(): void }
let engine: Engine
const closing: (() => Promise<void>)[] = []
const open = async (): Promise<void> => {
  engine = await createEngine(testDeps(folder.path, { secrets, allowPrivate: ['127.0.0.1'] }))
}
beforeEach(async () => {
  folder = temporaryFolder('secrets')
  await open()
})
afterEach(async () => {
  await engine.stop()
  for (const close of closing.splice(0)) await close()
  folder.remove()
})

const draft = (more: Partial<ChannelDraft>): ChannelDraft => ({
  deskId: 'desk_care',
  kind: 'chat',
  name: 'Care room',
  enabled: true,
  config: { url: `https://hooks.slack.example/services/T01/B02/${secret}`, flavour: 'slack' },
  secrets: {},
  ...more,
})
/** Files of the station that hold these bytes, as somebody reads them who copied the folder. */
const filesWith = (text: string): string[] =>
  readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = join(folder.path, name)
    return statSync(file).isFile() && readFileSync(file).includes(text)
  })

describe('the address of a chat, a webhook, a tracker with a secret in it', () => {
  it.each<[string, Partial<ChannelDraft>]>([
    ['a chat', {}],
    ['a webhook', { kind: 'webhook', config: { url: `https://flow.example/${secret}?sig=1` } }],
    [
      'a tracker with a token in its address',
      {
        kind: 'tracker',
        config: { url: `https://t.example/cards?key=1&token=${secret}`, method: 'POST', headers: '{}', body: '{}' },
      },
    ],
    [
      'a tracker with a user in its address',
      {
        kind: 'tracker',
        config: { url: `https://me:${secret}@t.example/{{caseId}}`, method: 'POST', headers: '{}', body: '{}' },
      },
    ],
    [
      'a tracker with a written-out header',
      {
        kind: 'tracker',
        config: {
          url: 'https://t.example/issues',
          method: 'POST',
          headers: JSON.stringify({ 'X-Team': 'care', Authorization: `Bearer ${secret}` }),
          body: '{}',
        },
      },
    ],
  ])('of %s is in no file, answer, export or journal', async (_name, more) => {
    const client = engine.client()
    const saved = await client.desks.saveChannel(draft(more))
    const seen = [saved, await client.desks.channels(), entriesAfter(engine.store, 0, 1000)]
    expect(JSON.stringify(seen)).not.toContain(secret)
    const [entry] = entriesAfter(engine.store, 0, 1000).filter(({ kind }) => kind === 'channel.saved')
    expect(Object.values(entry!.data.fingerprints as Record<string, string>)).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ])
    // A form gives back what it was shown: that keeps the address.
    await client.desks.saveChannel({ ...saved, name: 'Renamed', secrets: {} })
    const key = Object.keys(partChannel({ ...saved, ...draft(more), id: saved.id }).secrets)[0]!
    expect(await secrets.get(`${saved.id}/${key}`)).toContain(secret)
    await client.desks.removeChannel({ id: saved.id })
    expect(await secrets.get(`${saved.id}/${key}`)).toBeNull()
    await engine.stop()
    expect(filesWith(secret)).toEqual([])
  })

  it('that is only shown is no address for another host, channel or kind', async () => {
    const client = engine.client()
    const saved = await client.desks.saveChannel(draft({}))
    const shown = saved.config.url!
    expect(shown).toBe('https://hooks.slack.example/…789')
    const wrong = [
      { ...saved, config: { ...saved.config, url: 'https://evil.example/…789' } },
      { ...saved, id: undefined },
      { ...saved, kind: 'webhook' as const },
    ]
    for (const one of wrong)
      await expect(client.desks.saveChannel({ ...one, secrets: {} })).rejects.toMatchObject({
        data: { code: 'channel.addressShown' },
      })
  })

  it('is what is sent to, and stands in no advice when the receiver repeats it', async () => {
    const receiver = await webhookReceiver([
      {
        status: 200,
        body: JSON.stringify({ ok: false, error: `no route /hook/${secret} in https://x.example/hook/${secret}` }),
      },
      200,
    ])
    closing.push(receiver.close)
    const client = engine.client()
    const url = `${receiver.url}/${secret}`
    const { id } = await client.desks.saveChannel(draft({ config: { url, flavour: 'slack' } }))
    const refused = await client.desks.checkChannel({ id })
    expect(refused.ok).toBe(false)
    expect(JSON.stringify(refused)).not.toContain(secret)
    expect(await client.desks.checkChannel({ id })).toMatchObject({ ok: true })
    expect(receiver.received.map(({ path }) => path)).toEqual([`/hook/${secret}`, `/hook/${secret}`])
  })

  it('on a machine that has the store but not the secret is refused in words', async () => {
    const client = engine.client()
    const { id } = await client.desks.saveChannel(draft({}))
    await secrets.delete(`${id}/url`)
    expect(await client.desks.checkChannel({ id })).toMatchObject({
      ok: false,
      message: { code: 'channel.addressMissing' },
    })
  })
})

describe('what is shown of an address', () => {
  it.each([
    ['https://hooks.slack.com/services/T0/B0/abcdefXYZ', 'https://hooks.slack.com/…XYZ'],
    ['https://user:pw@hook.example:8443/a/b/c/d/e/f/g/h?x=1', 'https://hook.example:8443/…x=1'],
    ['https://hook.example/short', 'https://hook.example/…'],
    ['https://hook.example', 'https://hook.example/…'],
    ['http://127.0.0.1:1/hook', 'http://127.0.0.1:1/…'],
    ['nothing', '…'],
  ])('%s', (address, shown) => expect(shownAddress(address)).toBe(shown))
})

describe('a store of an earlier version', () => {
  const old = (id: string, url: string) => ({
    id,
    deskId: 'desk_care',
    kind: 'chat',
    name: 'Old',
    enabled: true,
    config: { flavour: 'slack', url },
  })
  /** As they were written before: in the clear, and told to the journal. */
  const tell = (kind: 'channel.saved' | 'channel.removed' | 'source.saved', data: Record<string, unknown>): void => {
    engine.store.transaction(() => appendEntry(engine.store, { at: 1, kind, actor: earshot, data }))
  }

  it('is cleaned at its next start: rows, journal and files, what is in use goes to the keychain', async () => {
    const first = old('chan_1', `https://hooks.example/services/one/${secret}`)
    const second = old('chan_1', `https://hooks.example/services/two/${secret}`)
    const gone = old('chan_2', `https://hooks.example/services/gone/${secret}`)
    tell('channel.saved', { before: null, after: first, secretKeys: [] })
    tell('channel.saved', { before: first, after: second, secretKeys: [] })
    tell('channel.saved', { before: null, after: gone, secretKeys: [] })
    tell('channel.removed', { before: gone })
    const feed = {
      id: 'src_1',
      connector: 'feed',
      name: 'Old feed',
      enabled: false,
      createdAt: 1,
      config: { url: `https://f.example/rss?page=1&token=${secret}` },
    }
    tell('source.saved', { before: null, after: feed, network: 'web', secretKeys: [] })
    await engine.client().desks.saveChannel(draft({ name: 'After them' }))
    await engine.stop()
    expect(filesWith(secret)).not.toEqual([])
    await open()
    expect(await secrets.get('chan_1/url')).toBe(second.config.url)
    expect(await secrets.get('src_1/query')).toContain(secret)
    expect(readChannels(engine.store).find(({ channel }) => channel.id === 'chan_1')).toMatchObject({
      channel: { config: { url: shownAddress(second.config.url) } },
      secretKeys: ['url'],
    })
    const told = entriesAfter(engine.store, 0, 1000)
    expect(JSON.stringify(told)).not.toContain(secret)
    const [one, two] = told.filter(
      ({ kind, data }) => kind === 'channel.saved' && (data.after as { id: string }).id === 'chan_1',
    )
    expect(one!.data.fingerprints).not.toEqual(two!.data.fingerprints)
    expect(told.at(-1)).toMatchObject({
      kind: 'journal.cleaned',
      data: { entries: 5, headBefore: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect((await engine.store.verify()).problems).toEqual([])
    await engine.stop()
    expect(filesWith(secret)).toEqual([])
    await open()
    expect(entriesAfter(engine.store, 0, 1000)).toHaveLength(told.length)
  })

  it('works on as it did where there is no place for secrets', async () => {
    const receiver = await webhookReceiver()
    closing.push(receiver.close)
    tell('channel.saved', { before: null, after: old('chan_1', receiver.url), secretKeys: [] })
    await engine.stop()
    engine = await createEngine(
      testDeps(folder.path, { secrets: { ...secrets, lasts: async () => false }, allowPrivate: ['127.0.0.1'] }),
    )
    expect(await engine.client().desks.checkChannel({ id: 'chan_1' })).toMatchObject({ ok: true })
    expect(entriesAfter(engine.store, 0, 1000).map(({ kind }) => kind)).not.toContain('journal.cleaned')
  })
})
