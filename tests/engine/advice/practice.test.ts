import { saying } from '#tests/support/saying.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
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
async function hear(text: string, name = `Customer ${++made}`): Promise<CaseCard> {
  made++
  const handle = `@c${made}@example.org`
  const drafts: Draft[] = [{ externalId: `p${made}`, kind: 'message', text, title: null, url: null, publishedAt: Date.now() - 60_000, lang: 'en', country: null, author: { id: `c${made}`, handle, name, url: null, followers: null }, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: true, raw: null }] // prettier-ignore
  await engine.intake.push({ sourceId: 'src_test', network: 'mastodon', drafts })
  await engine.idle()
  const { items } = await officer.cases.page({ filter: {}, limit: 500 })
  return items.find(({ mention }) => mention.externalId === `p${made}`)!
}

describe('a problem seen often', () => {
  it('goes to the technical desk first, and care answers with their solution', async () => {
    const words = ['all morning', 'since today', 'every time', 'in the queue', 'twice now', 'once more', 'on my phone']
    const heard: CaseCard[] = []
    for (const more of words)
      heard.push(await hear(`I am angry: paying with my card is declined by the loyalty card reader ${more}`))
    const last = heard.at(-1)!
    expect(last.case!.explanation.ruleName).toBe('A problem seen often goes to Technical first')
    expect(last.case!.deskId).toBe('desk_technical')
    const waiting = heard[1]!
    if (waiting.case!.deskId !== 'desk_care') await officer.cases.route({ id: waiting.case!.id, deskId: 'desk_care' })

    expect(await officer.cases.suggestReplies({ mentionId: waiting.mention.id })).toEqual([])
    const solution = `Sorry, ${last.mention.author!.name}. The reader was updated at ten; please hold the card to it once more.`
    await officer.cases.reply({ id: last.case!.id, text: solution })
    await officer.cases.outcome({ id: last.case!.id, text: 'Readers updated to 2.1.' })

    const [best] = await officer.cases.suggestReplies({ mentionId: waiting.mention.id })
    expect(best).toMatchObject({
      kind: 'solution',
      text: 'Sorry, {author}. The reader was updated at ten; please hold the card to it once more.',
      deskName: 'Technical',
      caseId: last.case!.id,
    })
    // With the name of the customer who reads it.
    const preview = await officer.cases.previewReply({ id: waiting.case!.id, text: best!.text })
    expect(preview.text).toContain(`Sorry, ${waiting.mention.author!.name}.`)
    // Also the very first, which was heard before anybody could call it a problem.
    expect((await officer.cases.suggestReplies({ mentionId: heard[0]!.mention.id }))[0]).toMatchObject({
      kind: 'solution',
    })
    // And nobody else's case.
    const other = await hear('The milk in your shop near the station was sour, that is awful')
    expect(await officer.cases.suggestReplies({ mentionId: other.mention.id })).toEqual([])
  })
})

describe('what was learned, over the contract', () => {
  const period = () => ({ from: 0, to: Date.now() + 1000 })

  it('is asked for by officers', async () => {
    expect(await officer.desks.learned()).toMatchObject({ decisions: 0, measured: null })
    const card = await officer.desks.scorecard(period())
    expect(card.cases).toBeGreaterThan(5)
    const rule = card.rows.find(({ by, counts }) => by === 'rule' && counts.decided > 0)!
    const which = { by: 'rule', id: rule.id, what: 'decided' } as const
    expect(await officer.desks.scorecardCases({ ...period(), which })).toHaveLength(rule.counts.decided)
    expect(await officer.desks.proposals(period())).toEqual([])
    const { undo } = await officer.desks.dismissProposal({ key: 'k', support: 5, name: 'x', dismissed: true })
    expect((await officer.cases.undo({ entry: undo })).undone).toEqual(saying('stands again'))
  })

  it('is nothing for walls', async () => {
    const refused = { data: { code: expect.stringMatching(/^wall\.(onlyShows|notShown)$/) as string } }
    await expect(wall.desks.scorecard(period())).rejects.toMatchObject(refused)
    await expect(wall.desks.proposals(period())).rejects.toMatchObject(refused)
    await expect(wall.cases.suggestReplies({ mentionId: 'x' })).rejects.toMatchObject(refused)
    await expect(wall.desks.dismissProposal({ key: 'k', support: 5, name: 'x', dismissed: true })).rejects.toMatchObject(refused) // prettier-ignore
  })

  it('lets the officer set from when Earshot acts, and keeps it at never before', async () => {
    expect(
      connectionOf(engine.store).prepare(`SELECT 1 FROM settings WHERE name = 'actAtCertainty'`).get(),
    ).toBeUndefined()
    expect((await officer.station.saveSettings({ actAtCertainty: 0.9 })).actAtCertainty).toBe(0.9)
    expect((await officer.station.saveSettings({ actAtCertainty: null })).actAtCertainty).toBeNull()
    await expect(officer.station.saveSettings({ actAtCertainty: 0.2 })).rejects.toMatchObject({
      data: { code: 'call.input' },
    })
  })
})
