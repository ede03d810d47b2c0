import type { Language } from '#shared/model/settings.ts'

/** What the invented officers of the sample shift named and noted. */
export interface SampleWords {
  early: string
  late: string
  handOver: string
  all: string
  payments: string
  hotline: string
  competitor: string
}

export const sampleWords: Record<Language, SampleWords> = {
  en: {
    early: 'Early shift',
    late: 'Late shift',
    handOver: 'App 4.2 declines cards. Technical has it and works on 4.2.1; the press enquiry is with Press.',
    all: 'Kaffora, all',
    payments: 'Payments',
    hotline: 'Hotline and mail',
    competitor: 'Bohnwerk, a competitor',
  },
  de: {
    early: 'Frühschicht',
    late: 'Spätschicht',
    handOver:
      'App 4.2 lehnt Karten ab. Die Technik hat es und arbeitet an 4.2.1; die Presseanfrage liegt bei der Presse.',
    all: 'Kaffora, alles',
    payments: 'Bezahlen',
    hotline: 'Hotline und Mail',
    competitor: 'Bohnwerk, Wettbewerb',
  },
}
