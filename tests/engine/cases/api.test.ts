import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import type { Engine } from '#engine/engine.ts'
import type { Client } from '#engine/api/router.ts'
import { writeShift } from '#engine/store/queries/shifts.ts'
import type { CaseCard } from '#shared/contract/cases.ts'
import type { Draft } from '#shared/model/mention.ts'
import { openTestEngine } from '#tests/support/engine.ts'

let engine: Engine
let officer: Client
let wall: Client
let close: () => Promise<void>

beforeAll(async () => {
  const opened = await openTestEngine()
  engine = opened.engine
  close = opened.close
  engine.board.start()
  officer = engine.client()
  wall = engine.client('wall')
})
afterAll(() => close())

let made = 0
function draft(text: string, more: Partial<Draft> = {}): Draft {
  made++
  return {
    externalId: `x${made}`, kind: 'message', text, title: null, url: null, publishedAt: Date.now() - 60_000, lang: 'en', country: null,
    author: { id: `a${made}`, handle: `@ana${made}@example.org`, name: 'Ana', url: null, followers: null }, threadId: null, inReplyTo: null,
    engagement: null, links: [], media: [], private: true, raw: null, ...more,
  } // prettier-ignore
}
async function take(...texts: string[]): Promise<CaseCard[]> {
  const before = new Set((await everything()).map((card) => card.case!.id))
  await engine.intake.push({ sourceId: 'src_test', network: 'mastodon', drafts: texts.map((text) => draft(text)) })
  await engine.idle()
  return (await everything()).filter((card) => !before.has(card.case!.id))
}
const filter = {}
const everything = async (): Promise<CaseCard[]> => (await officer.cases.page({ filter, limit: 500 })).items

describe('cases, over the contract', () => {
  it('a page, its counts, one case and its history', async () => {
    const cards = await take('I want a refund, the parcel was damaged', 'My lawyer will write to you')
    expect(cards).toHaveLength(2)
    const page = await officer.cases.page({ filter: { query: 'lawyer' } })
    expect(page).toMatchObject({ total: 1, next: null })
    expect(page.items[0]!.case).toMatchObject({ deskId: 'desk_legal', priority: 'urgent' })
    expect(page.items[0]!.marks.length).toBeGreaterThan(0)
    expect(page.counts.routed).toBe(2)
    const one = await officer.cases.get({ id: cards[0]!.case!.id })
    expect(one.history.map((entry) => entry.kind)).toEqual(['case.opened'])
    await expect(officer.cases.page({ filter: { query: 'a AND (' } })).rejects.toMatchObject({
      data: { code: 'query.unreadable' },
    })
    await expect(officer.cases.page({ filter, after: 'nonsense' })).rejects.toMatchObject({
      data: { code: 'case.noPlaceInList' },
    })
    await expect(officer.cases.get({ id: 'nothing' })).rejects.toMatchObject({ data: { code: 'case.gone' } })
  })

  it('a dossier: what opening a case shows, in one answer', async () => {
    const [card] = await take('I want a refund, the kettle leaks')
    const { id } = card!.mention
    await officer.cases.note({ id: card!.case!.id, text: 'Called back' })
    await officer.mentions.relabel({ id, label: 'negative' })
    const dossier = await officer.cases.dossier({ mentionId: id })
    expect(dossier.card).toEqual(await officer.mentions.get({ id }))
    expect(dossier.journal.map(({ kind }) => kind)).toEqual(['case.opened', 'case.noted', 'mention.relabelled'])
    expect(dossier).toMatchObject({
      thread: await officer.mentions.thread({ id }),
      earlier: await officer.mentions.byAuthor({ id, limit: 10 }),
      handoffs: await officer.cases.handoffs({ id: card!.case!.id }),
      problem: await officer.problems.ofMention({ mentionId: id }),
      person: await officer.persons.ofMention({ mentionId: id }),
      influence: await officer.persons.influence({ mentionId: id }),
    })
    await expect(officer.cases.dossier({ mentionId: 'nothing' })).rejects.toMatchObject({
      data: { code: 'mention.gone' },
    })
    await expect(wall.cases.dossier({ mentionId: id })).rejects.toMatchObject({ data: { code: 'wall.notShown' } })
  })

  it('leaves the rest of a dossier when a part of it cannot be had', async () => {
    const [card] = await take('I want a refund, the toaster smokes')
    const broken = vi.spyOn(engine.board.handoffs, 'ofCase').mockImplementation(() => {
      throw new Error('no hand-offs today')
    })
    const dossier = await officer.cases.dossier({ mentionId: card!.mention.id })
    broken.mockRestore()
    expect(dossier.handoffs).toBeNull()
    expect(dossier.thread).toHaveLength(1)
  })

  it('every command, and undo', async () => {
    const [card] = await take('I want a refund for the damaged lamp')
    const { id } = card!.case!
    const state = async (): Promise<string> => (await officer.cases.get({ id })).card.case!.state
    const routed = await officer.cases.route({ id, version: 1, deskId: 'desk_technical', note: 'please look' })
    expect(routed.card.case).toMatchObject({ deskId: 'desk_technical', version: 2 })
    await expect(officer.cases.accept({ id, version: 1 })).rejects.toMatchObject({
      data: { code: 'case.changedMeanwhile' },
    })
    await officer.cases.accept({ id })
    await officer.cases.prioritise({ id, priority: 'urgent' })
    await officer.cases.note({ id, text: 'called them' })
    const preview = await officer.cases.previewReply({ id, text: 'Hello {author}, until {promise}' })
    expect(preview).toEqual({
      text: 'Hello Ana, until {promise}',
      length: 26,
      limit: 500,
      missing: ['promise'],
      readers: [],
    })
    await officer.cases.reply({ id, text: 'We are on it', url: null })
    await officer.cases.promise({ id, text: 'by tomorrow', dueAt: Date.now() + 86_400_000 })
    await officer.cases.outcome({ id, text: 'a better box' })
    const closed = await officer.cases.close({ id, reason: 'answered' })
    expect(await state()).toBe('closed')
    const undone = await officer.cases.undo({ entry: closed.undo })
    expect(undone).toMatchObject({ undone: 'The case is open again.', cannot: null })
    expect(await state()).toBe('replied')
    await officer.cases.confirm({ id })
    await officer.cases.reopen({ id })
    expect(await state()).toBe('routed')
    await expect(officer.cases.undo({ entry: 999_999 })).rejects.toMatchObject({ data: { code: 'undo.noEntry' } })
  })

  it('approval by a second person, assignment, opening by hand', async () => {
    const [card] = await take('Our lawyer will see you in court')
    const { id } = card!.case!
    await expect(officer.cases.reply({ id, text: 'x' })).rejects.toMatchObject({
      data: { code: 'case.approvalNeeded' },
    })
    await officer.cases.askApproval({ id, text: 'Dear customer' })
    expect((await officer.cases.page({ filter: { approval: true } })).total).toBe(1)
    await expect(officer.cases.approve({ id, approve: true })).rejects.toMatchObject({
      data: { code: 'case.approveOther' },
    })
    await officer.cases.approve({ id, approve: false, note: 'too short' })
    const person = await officer.desks.savePerson({
      name: 'Petra', email: 'p@example.org', deskIds: [], skills: [], languages: [], countries: [],
      hours: { timeZone: 'Europe/Berlin', spans: [], holidays: [] }, capacity: 2, presence: 'available', archived: false,
    }) // prettier-ignore
    expect((await officer.cases.assign({ id, personId: person.id })).card.case!.officerId).toBe(person.id)
    await engine.intake.push({
      sourceId: 'src_test',
      network: 'mastodon',
      drafts: [draft('lovely', { private: false })],
    })
    await engine.idle()
    const { items } = await officer.mentions.page({ filter: {} })
    const lovely = items.find((item) => item.mention.text === 'lovely')!
    const opened = await officer.cases.open({ mentionId: lovely.mention.id, deskId: 'desk_product' })
    expect(opened.card.case).toMatchObject({ deskId: 'desk_product', state: 'routed', priority: 'normal' })
    await expect(officer.cases.open({ mentionId: lovely.mention.id, deskId: null })).rejects.toMatchObject({
      data: { code: 'case.mentionHasCase' },
    })
  })

  it('many at once, suggestions, replies kept for reuse', async () => {
    const cards = await take('refund for the broken cup one', 'refund for the broken cup two')
    const ids = cards.map((card) => card.case!.id)
    const done = await officer.cases.bulk({ ids: [...ids, 'x'], action: { do: 'route', deskId: 'desk_press' } })
    expect([done.changed.length, done.undo.length, done.failed.length]).toEqual([2, 2, 1])
    await officer.cases.bulk({ ids, action: { do: 'accept' } })
    const [similar] = await take('refund for the broken cup three')
    expect((await officer.cases.suggest({ mentionId: similar!.mention.id }))[0]).toMatchObject({
      deskId: 'desk_press',
      precedents: 2,
    })
    const kept = await officer.cases.saveCanned({ name: 'x', lang: 'en', text: 'y' })
    expect((await officer.cases.canned()).some((one) => one.id === kept.id)).toBe(true)
    await officer.cases.removeCanned({ id: kept.id })
  })

  it('changes reach everybody who looks, until they stop', async () => {
    const stream = await wall.cases.live({})
    const next = stream.next()
    const [card] = await take('refund for a lost hat')
    const told = await next
    expect(told.value).toMatchObject({ reset: false })
    expect((told.value as { changed: CaseCard[] }).changed.map((one) => one.case!.id)).toContain(card!.case!.id)
    const waiting = stream.next()
    await stream.return?.()
    expect((await waiting).done).toBe(true)
  })
})

describe('desks, over the contract', () => {
  it('desks and rules', async () => {
    const list = await wall.desks.list()
    expect(list).toHaveLength(9)
    const saved = await officer.desks.save({ ...list[0]!.desk, id: undefined, name: 'Baggage', key: 0 })
    await expect(officer.desks.save({ ...saved, key: 3 })).rejects.toMatchObject({
      data: { code: 'desk.keyTaken' },
      message: /belongs to Care/,
    })
    expect((await officer.desks.archive({ id: saved.id })).archived).toBe(true)
    const rules = await officer.desks.rules()
    const people = await officer.desks.people({})
    expect(people.items.filter(({ person }) => person.deskIds.length === 0 && !person.archived)).not.toHaveLength(0)
    // The starter rules are sound; a person whom no desk has is named as one whom nothing reaches.
    expect((await officer.desks.lintRules()).map(({ code, severity }) => ({ code, severity }))).toEqual([
      { code: 'unreached-people', severity: 'hint' },
    ])
    await expect(
      officer.desks.saveRule({ ...rules[0]!, id: undefined, when: { query: 'a AND' } }),
    ).rejects.toMatchObject({ data: { code: 'rule.queryUnreadable' } })
    const added = await officer.desks.saveRule({
      ...rules[0]!,
      id: undefined,
      name: 'Mine',
      order: -5,
      when: { all: [] },
    })
    expect((await officer.desks.lintRules()).filter((one) => one.otherId === added.id).length).toBeGreaterThan(10)
    const removed = await officer.desks.removeRule({ id: added.id })
    await officer.cases.undo({ entry: removed.undo })
    expect((await officer.desks.rules())[0]!.id).toBe(added.id)
    await officer.desks.removeRule({ id: added.id })
    const order = (await officer.desks.rules()).map((rule) => rule.id).reverse()
    expect((await officer.desks.orderRules({ ids: order })).map((rule) => rule.id)).toEqual(order)
    await expect(officer.desks.orderRules({ ids: order.slice(1) })).rejects.toMatchObject({
      data: { code: 'rule.orderChanged' },
    })
    await officer.desks.orderRules({ ids: order.reverse() })
  })

  it('an explanation, a rehearsal, people, channels', async () => {
    const [card] = await take('My lawyer will write')
    expect(await officer.desks.explain({ mentionId: card!.mention.id })).toMatchObject({
      deskId: 'desk_legal',
      words: ['My lawyer'],
    })
    const steps = []
    for await (const step of await officer.desks.rehearse({ rules: [], from: 0, to: Date.now() + 1000 }))
      steps.push(step)
    expect(steps.at(-1)!.report).toMatchObject({ routedAfter: 0 })
    const plan = await officer.desks.importPeople({ csv: 'name,desks\nLi,Care\n', apply: true })
    expect(plan.people.added).toBe(1)
    const { items } = await officer.desks.people({ search: 'li' })
    await officer.desks.setPresence({ id: items[0]!.person.id, presence: 'away' })
    expect((await officer.desks.archivePerson({ id: items[0]!.person.id })).archived).toBe(true)
    const channel = await officer.desks.saveChannel({
      deskId: 'desk_press',
      kind: 'webhook',
      name: 'Hook',
      enabled: true,
      config: { url: 'http://127.0.0.1:1/' },
      secrets: { secret: 's' },
    })
    expect(await officer.desks.channels()).toMatchObject([{ secretsSet: ['secret', 'url'] }])
    expect(await officer.desks.checkChannel({ id: channel.id })).toMatchObject({ ok: false })
    const { id } = card!.case!
    await officer.cases.handOff({ id, channelId: channel.id })
    expect(await officer.cases.handoffs({ id })).toMatchObject([{ state: 'queued', channelName: 'Hook' }])
    await officer.desks.removeChannel({ id: channel.id })
  })
})

describe('review, over the contract', () => {
  it('lists the shifts of years', async () => {
    const { store } = engine
    const day = 24 * 60 * 60_000
    const kept = Array.from({ length: 700 }, (_, i) => ({ id: `shf_${i}`, name: `Night ${i}`, officer: 'Ana', startedAt: i * day, endedAt: i * day + 1, note: '' })) // prettier-ignore
    store.transaction(() => kept.forEach((shift) => writeShift(store, shift)))
    try {
      expect(await officer.review.shifts()).toHaveLength(700)
    } finally {
      connectionOf(store).exec('DELETE FROM shifts')
    }
  })

  it('shifts, moments, timeline, journal, exports and the chain', async () => {
    const shift = await officer.review.start({ name: 'Late' })
    await take('refund for the missing spoon')
    const [summary] = await officer.review.shifts()
    expect(summary).toMatchObject({ shift: { id: shift.id }, heard: 1, opened: 1 })
    const moment = await officer.review.at({ id: shift.id, at: Date.now() })
    expect(moment.cards.length).toBeGreaterThan(1)
    expect((await officer.review.timeline({ id: shift.id, buckets: 20 })).buckets).toHaveLength(20)
    const ended = await officer.review.end({ id: shift.id })
    await officer.review.rename({ id: shift.id, name: 'Evening', note: 'calm' })
    const frames = await officer.review.play({ id: shift.id, from: ended.endedAt!, speed: 60 })
    expect((await frames.next()).value).toMatchObject({ done: true })
    const first = await officer.review.journal({ from: null, to: null, mentionId: null, limit: 3 })
    const second = await officer.review.journal({ from: null, to: null, mentionId: null, before: first.next, limit: 3 })
    expect(second.items[0]!.seq).toBeLessThan(first.items.at(-1)!.seq)
    for await (const checked of await officer.review.verify())
      expect(checked).toMatchObject({ entries: checked.total, brokenAt: null, done: true })
    let csv = ''
    for await (const chunk of await officer.review.export({ shiftId: shift.id, from: null, to: null, format: 'csv' }))
      csv += chunk
    expect(csv.split('\r\n')).toHaveLength(3)
    expect(Buffer.from(csv).subarray(0, 5).toString('latin1')).toBe('\u00ef\u00bb\u00bfid')
    let journal = ''
    for await (const chunk of await officer.review.audit({ from: null, to: null, mentionId: null, format: 'csv' }))
      journal += chunk
    expect(journal.startsWith('\uFEFFseq,')).toBe(true)
    let audit = ''
    for await (const chunk of await officer.review.audit({ from: null, to: null, mentionId: null, format: 'ndjson' }))
      audit += chunk
    expect(audit).toContain('shift.renamed')
    await expect(wall.review.export({ shiftId: null, from: null, to: null, format: 'csv' })).rejects.toMatchObject({
      data: { code: 'wall.onlyShows' },
    })
  })
})
