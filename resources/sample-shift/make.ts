/**
 * Writes the sample shift: eight hours in the life of an invented brand, `npm run sample -- resources/sample-shift/shift.ndjson`.
 * A line is a draft (shared/model/mention.ts) whose time is `at`, in milliseconds after the shift's start at 06:00, with
 * the `network` it comes from. The same seed gives the same file.
 *
 * 06:00 calm · 08:45 app 4.2 is released · 08:51 the first payment fails · 09:20 an influencer complains · 09:40 Hacker News
 * · 10:05 a press enquiry · 10:40 the company confirms · 12:30 app 4.2.1 · 14:00 end.
 */
import { writeFileSync } from 'node:fs'
import * as de from './phrases-de.ts'
import * as en from './phrases-en.ts'
import { person, type Person } from './people.ts'
import { Random } from './random.ts'

const random = new Random(20_260_214)
const minute = 60_000
const clock = (text: string): number => {
  const [h = 0, m = 0] = text.split(':').map(Number)
  return ((h - 6) * 60 + m) * minute
}

interface Line {
  at: number
  network: string
  externalId: string
  kind: string
  text: string
  title: string | null
  url: string | null
  author: Omit<Person, 'lang' | 'country'> | null
  lang: string | null
  country: string | null
  threadId: string | null
  inReplyTo: string | null
  engagement: { likes: number | null; reposts: number | null; replies: number | null } | null
  links: string[]
  media: string[]
  private: boolean
}

const lines: Line[] = []
const phrases = { en, de }
const people = new Map<string, Person[]>()
let serial = 0

function somebody(network: string, lang: 'en' | 'de', again: number): Person {
  const key = `${network}/${lang}`
  const known = people.get(key) ?? []
  if (known.length > 20 && random.chance(again)) return random.pick(known)
  const made = person(random, network, lang, ++serial)
  known.push(made)
  people.set(key, known)
  return made
}

function fill(template: string, lang: 'en' | 'de', extra: Record<string, string> = {}): string {
  const slots = phrases[lang].slots
  return template
    .replace(/\{(\w+)\}/g, (_, slot: string) => extra[slot] ?? random.pick(slots[slot] ?? ['']))
    .replace(/ +/g, ' ')
    .trim()
}

/** People do not write like templates: now and then lower case, a missing full stop, a doubled letter. */
function humanise(text: string, angry: boolean): string {
  let out = text
  if (random.chance(0.12)) out = out.toLowerCase()
  if (random.chance(0.08)) out = out.replace(/([aeiou])(\w)/, '$1$1$1$2')
  if (angry && random.chance(0.07)) out = `${out} #fail`
  if (random.chance(0.04)) out = `RT ${out}`
  return out
}

function add(at: number, network: string, who: Person | null, text: string, more: Partial<Line> = {}): Line {
  const id = `s${(lines.length + 1).toString(36).padStart(4, '0')}`
  const reach = who?.followers ?? 60
  const likes = Math.floor(Math.exp(random.normal() * 1.1) * Math.sqrt(reach) * 0.12)
  const line: Line = {
    at: Math.round(at),
    network,
    externalId: id,
    kind: network === 'mail' ? 'mail' : network === 'feed' && !who ? 'article' : 'post',
    text,
    title: null,
    url: network === 'mail' ? null : `https://${network === 'hackernews' ? 'news.sample' : network === 'feed' ? 'forum' : network}.example/${id}`,
    author: who ? { id: who.id, handle: who.handle, name: who.name, url: who.url, followers: who.followers } : null,
    lang: network === 'mastodon' || network === 'bluesky' ? (who?.lang ?? null) : null,
    country: who?.country ?? null,
    threadId: null,
    inReplyTo: null,
    engagement: network === 'mail' || network === 'feed' ? null : { likes, reposts: Math.floor(likes / 6), replies: random.below(4) },
    links: [],
    media: random.chance(0.09) ? ['image'] : [],
    private: network === 'mail',
    ...more,
  }
  lines.push(line)
  return line
}

const rate = {
  /** Mentions a minute of ordinary talk: a morning hump over a floor. */
  calm: (t: number) => 2.1 + 1.6 * Math.exp(-(((t - clock('08:15')) / (70 * minute)) ** 2)),
  /** The fault: an S-curve from 08:51, falling after the correction. */
  fault: (t: number) => {
    if (t < clock('08:51')) return 0
    const up = 1 / (1 + Math.exp(-(t - clock('09:35')) / (14 * minute)))
    const down = 1 / (1 + Math.exp((t - clock('12:42')) / (12 * minute)))
    return 0.1 + 6.4 * up * down
  },
  pileOn: (t: number) => 0.26 * rate.fault(t - 18 * minute),
  recovery: (t: number) => (t < clock('12:32') ? 0 : 2.4 * Math.exp(-(t - clock('12:32')) / (38 * minute))),
}

type Category = 'praise' | 'neutral' | 'gripe' | 'fault' | 'faultTwice' | 'faultLogin' | 'pileOn' | 'churn' | 'recovery'

function network(category: Category): string {
  const roll = random.next()
  if (category === 'faultTwice') return roll < 0.5 ? 'mail' : roll < 0.8 ? 'mastodon' : 'bluesky'
  if (category === 'neutral' && roll < 0.05) return 'hackernews'
  // Nobody mails a company to chat: mail carries trouble only. The feed is a forum's.
  if (roll < 0.1 && (category === 'fault' || category === 'gripe' || category === 'churn')) return 'mail'
  if (roll > 0.91 && category !== 'recovery') return 'feed'
  return roll < 0.52 ? 'mastodon' : 'bluesky'
}

const faultLines: Line[] = []

function speak(at: number, category: Category): void {
  const angry = category !== 'praise' && category !== 'neutral' && category !== 'recovery'
  const lang = random.chance(0.36) ? 'de' : 'en'
  const net = network(category)
  const who = somebody(net, lang, 0.25)
  const text = humanise(fill(random.pick(phrases[lang][category]), lang), angry)
  const subject = lang === 'de' ? ['Beschwerde', 'Zahlung in der App', 'Bitte um Hilfe'] : ['Complaint', 'Payment in the app', 'Please help']
  const line = add(at, net, who, text, net === 'mail' ? { title: random.pick(subject) } : {})
  if (category === 'fault') faultLines.push(line)
  if (category === 'fault' && random.chance(0.16)) {
    const helper = somebody(net, lang, 0.6)
    if (net !== 'mail' && net !== 'feed' && helper.id !== who.id) {
      const reply = fill(random.pick(phrases[lang].helpful), lang, { reply: who.handle.replace(/^@/, '') })
      add(at + (1 + random.below(14)) * minute, net, helper, `${reply} #Kaffora`, { kind: 'reply', threadId: line.externalId, inReplyTo: line.externalId })
    }
  }
  if (category === 'fault' && random.chance(0.05)) {
    const sharer = somebody(net, lang, 0.5)
    if (net !== 'mail' && net !== 'feed') add(at + (2 + random.below(20)) * minute, net, sharer, line.text, { kind: 'repost', threadId: line.externalId })
  }
}

for (let m = 0; m < 480; m++) {
  const t = m * minute
  const some = (mean: number, category: Category): void => {
    for (let i = random.poisson(mean); i > 0; i--) speak(t + random.below(minute), category)
  }
  some(rate.calm(t) * 0.4, 'praise')
  some(rate.calm(t) * 0.45, 'neutral')
  some(rate.calm(t) * 0.15, 'gripe')
  some(rate.fault(t) * 0.7, 'fault')
  some(rate.fault(t) * 0.16, 'faultTwice')
  some(rate.fault(t) * 0.14, 'faultLogin')
  some(rate.pileOn(t), 'pileOn')
  some(rate.fault(t) * 0.04 + 0.01, 'churn')
  some(rate.recovery(t), 'recovery')
}

const influencer: Person = { id: 'plausch.example/kaffeekueche', handle: '@kaffeekueche@plausch.example', name: 'Kaffeeküche', url: 'https://plausch.example/@kaffeekueche', followers: 212_000, lang: 'de', country: 'DE' }
const filled = (text: string): string => text.replaceAll('{brand}', 'Kaffora')
const first = add(clock('09:20'), 'mastodon', influencer, filled(de.story.influencer), { media: ['video'], engagement: { likes: 4_812, reposts: 1_290, replies: 611 } })
add(clock('12:55'), 'mastodon', influencer, filled(de.story.influencerAfter), { kind: 'reply', threadId: first.externalId, inReplyTo: first.externalId, engagement: { likes: 2_204, reposts: 310, replies: 95 } })
const english: Person = { id: 'did:plc:sampleinfluencer', handle: '@themorningcup.sky.example', name: 'The Morning Cup', url: 'https://sky.example/profile/themorningcup', followers: 148_000, lang: 'en', country: 'GB' }
add(clock('10:02'), 'bluesky', english, filled(en.story.influencer).replace('212,000', '148,000'), { engagement: { likes: 2_950, reposts: 840, replies: 402 } })
add(clock('13:20'), 'bluesky', english, filled(en.story.influencerAfter), { engagement: { likes: 1_120, reposts: 140, replies: 51 } })

const critics: [string, string, number, string][] = [
  ['10:42', 'Barista Diaries', 61_000, 'Three readers wrote to me that {brand} charged them twice this morning. {brand}, what do I tell them?'],
  ['10:44', 'Büro & Bohne', 38_500, 'Unsere Redaktion steht vor der {brand} Pier und kann nicht bezahlen. Wer hilft?'],
  ['11:10', 'Slow Drip Show', 92_000, 'Tonight on the show: how a payment update broke the morning of half a city. {brand}, do you want to comment?'],
]
for (const [at, name, followers, text] of critics) {
  const local = name.normalize('NFD').replace(/[^a-zA-Z]/g, '').toLowerCase()
  const critic: Person = {
    id: `chatter.example/${local}`,
    handle: `@${local}@chatter.example`,
    name,
    url: `https://chatter.example/@${local}`,
    followers,
    lang: at === '10:44' ? 'de' : 'en',
    country: null,
  }
  add(clock(at), 'mastodon', critic, filled(text), { engagement: { likes: 412, reposts: 95, replies: 61 } })
}

const journalist: Person = { id: 'm.ahrendt@ruhrblick.example', handle: 'm.ahrendt@ruhrblick.example', name: 'M. Ahrendt, Ruhrblick', url: null, followers: null, lang: 'en', country: null }
add(clock('10:05'), 'mail', journalist, en.story.press, { title: 'Press enquiry: failing payments, deadline 12:00' })

const news: [string, readonly [string, string], string][] = [
  ['06:40', en.story.newsTitles[4], 'kitchen.example'],
  ['07:30', en.story.newsTitles[5], 'citypaper.example'],
  ['09:48', de.story.newsTitles[0], 'ruhrblick.example'],
  ['09:55', en.story.newsTitles[0], 'citypaper.example'],
  ['10:41', de.story.newsTitles[1], 'ruhrblick.example'],
  ['10:44', en.story.newsTitles[1], 'citypaper.example'],
  ['11:30', en.story.newsTitles[2], 'techletter.example'],
  ['12:48', de.story.newsTitles[2], 'ruhrblick.example'],
  ['12:52', en.story.newsTitles[3], 'citypaper.example'],
]
for (const [at, [title, text], host] of news) add(clock(at), 'feed', null, text, { title, url: `https://${host}/${at.replace(':', '')}` })

const poster = somebody('hackernews', 'en', 0)
const post = add(clock('09:40'), 'hackernews', poster, en.story.hnText, { kind: 'story', title: en.story.hnTitle, engagement: { likes: 312, reposts: null, replies: 8 } })
en.story.hnComments.forEach((text, i) => {
  add(clock('09:46') + i * 13 * minute + random.below(6 * minute), 'hackernews', somebody('hackernews', 'en', 0.1), text, { kind: 'comment', threadId: post.externalId, inReplyTo: post.externalId, engagement: null })
})

/** The hotline's transcripts come until 09:12, then its line is down: silence that is not quiet. */
for (let at = clock('06:12'), call = 8810; at < clock('09:12'); at += (6 + random.below(14)) * minute, call++) {
  const texts = at > clock('08:53') ? en.callsFault : en.calls
  const caller: Person = {
    id: `call-${call}`,
    handle: `Call ${call}`,
    name: null,
    url: null,
    followers: null,
    lang: 'en',
    country: null,
  }
  const more: Partial<Line> = { kind: 'call', private: true, url: null, engagement: null, media: [] }
  add(at, 'phone', caller, fill(random.pick(texts), 'en'), more)
}

/** The rare ones that must not be lost in the crowd, spread over the day. */
const rare: [('lead' | 'jobs' | 'safety'), number][] = [['lead', 9], ['jobs', 7], ['safety', 3]] // prettier-ignore
for (const [category, count] of rare) {
  for (let i = 0; i < count; i++) {
    const lang = i % 3 === 2 ? 'de' : 'en'
    const net = category === 'lead' ? random.pick(['mail', 'bluesky', 'mastodon']) : random.pick(['mastodon', 'bluesky'])
    const texts = phrases[lang][category]
    add(20 * minute + ((i + random.next()) / count) * 430 * minute, net, somebody(net, lang, 0), fill(texts[i % texts.length] as string, lang))
  }
}

const target = process.argv[2]
if (!target) throw new Error('Say where to write: make.ts FILE')
lines.sort((a, b) => a.at - b.at)
writeFileSync(target, lines.map((line) => JSON.stringify(line)).join('\n') + '\n')
const counts = Object.entries(Object.groupBy(lines, (line) => line.network)).map(([name, list]) => `${name} ${list?.length}`)
process.stderr.write(`${lines.length} mentions, ${faultLines.length} of the fault: ${counts.join(', ')}\n`)
