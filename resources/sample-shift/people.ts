import type { Random } from './random.ts'

export interface Person {
  id: string
  handle: string
  name: string | null
  url: string | null
  followers: number | null
  lang: 'en' | 'de'
  country: string | null
}

const first = {
  en: 'Ana Ben Cara Dilan Ella Femi Grace Hugo Isla Jonah Kaya Liam Mina Noor Owen Priya Quinn Rosa Sam Tara Uma Vik Wren Yusuf Zoe Marcus Nadia Tom Iris Leo'.split(' '),
  de: 'Anke Bernd Clara Deniz Elif Finn Greta Hanno Ida Jannis Kim Lena Malte Nele Olaf Petra Rieke Sören Tilda Ulf Vera Willi Yara Zeynep Jörg Käthe Ben Meike Paul Svea'.split(' '),
}
const last = {
  en: 'Ashdown Barrow Castell Dunmore Ekwueme Farrow Gillan Hollis Ibarra Jessop Kerr Lockhart Mbeki Norwood Okafor Pryce Quill Rowe Stanton Thorne'.split(' '),
  de: 'Ahrendt Brinkmann Czerny Dreyer Eggers Feldkamp Große-Wilde Hollmann Ilgner Jansen Kowalczyk Lindner Möhring Nowak Oehler Pfeiffer Rademacher Schürmann Töpfer Vogel'.split(' '),
}
const traits = 'codes reads bakes rides runs draws fixes maps sings grows builds sails knits films'.split(' ')
const instances = { en: ['chatter.example', 'islands.example', 'techtalk.example'], de: ['ruhr.example', 'norden.example', 'plausch.example'] }

const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ß/g, 'ss').replace(/[^a-zA-Z]/g, '').toLowerCase()

/** Followers are spread over orders of magnitude, as they are in life: median about 180. */
const followers = (random: Random): number => Math.max(0, Math.round(Math.exp(5.2 + 1.5 * random.normal())))

/** An invented account on `network`. `index` keeps handles apart. */
export function person(random: Random, network: string, lang: 'en' | 'de', index: number): Person {
  const given = random.pick(first[lang])
  const family = random.pick(last[lang])
  const base = random.chance(0.5) ? `${plain(given)}_${random.pick(traits)}` : `${plain(given)}${plain(family).slice(0, 3)}`
  const local = `${base}${index % 97 === 0 ? '' : index % 89}`
  const country = random.chance(0.35) ? (lang === 'de' ? random.pick(['DE', 'DE', 'DE', 'AT', 'CH']) : random.pick(['GB', 'GB', 'IE', 'US', 'NL', 'PT'])) : null
  const common = { name: `${given} ${family}`, lang, country }
  switch (network) {
    case 'mastodon': {
      const host = random.pick(instances[lang])
      return { ...common, id: `${host}/${local}`, handle: `@${local}@${host}`, url: `https://${host}/@${local}`, followers: followers(random) }
    }
    case 'bluesky':
      return { ...common, id: `did:plc:sample${index.toString(36).padStart(6, '0')}`, handle: `@${local}.sky.example`, url: `https://sky.example/profile/${local}`, followers: null }
    case 'mail':
      return { ...common, id: `${local}@mail.example`, handle: `${local}@mail.example`, url: null, followers: null, country: null }
    default:
      return { ...common, name: null, id: local, handle: local, url: `https://news.sample.example/user?id=${local}`, followers: null, country: null }
  }
}
