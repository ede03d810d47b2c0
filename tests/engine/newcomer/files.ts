/** What a newcomer brings: twenty rows of a spreadsheet each. Invented; minutes of one morning are given by the test. */
type Row = readonly [author: string, followers: number, network: string, lang: string, text: string]

export const coffee: readonly Row[] = [
  ['mia_k', 120, 'mastodon', 'en', 'I cannot log in to the Brewly app since this morning'],
  ['tom77', 88, 'mastodon', 'en', 'Login is broken again, it throws me out after the password'],
  ['ines', 210, 'bluesky', 'en', 'Brewly app keeps logging me out, third time today'],
  ['karl', 45, 'mastodon', 'en', 'I cannot believe how good the new roast is'],
  ['lea_p', 300, 'bluesky', 'en', 'I cannot find the decaf in my store any more'],
  ['omar', 12, 'mastodon', 'en', 'Found a piece of metal in my coffee bag. If nobody answers I will go to the press.'],
  ['jule', 90, 'mastodon', 'en', 'The bag I ordered on Monday still has not arrived'],
  ['sam', 75, 'bluesky', 'en', 'My order has not arrived, where is it?'],
  ['coffeequeen', 1200000, 'bluesky', 'en', 'Morning. Brewly and a croissant today.'],
  ['nico', 33, 'mastodon', 'en', 'You cannot cancel the subscription on the website, the button does nothing'],
  ['pia', 51, 'mastodon', 'en', 'I cannot stand the new lid, it spills everywhere'],
  ['rob', 18, 'mastodon', 'en', 'The grinder is so loud that the neighbours complain'],
  ['eva', 66, 'bluesky', 'en', 'Price went up again. Two euros more per bag.'],
  ['uwe', 140, 'mastodon', 'de', 'Der Kaffee schmeckt seit der neuen Röstung bitter'],
  ['anja', 20, 'mastodon', 'de', 'Ich kann mich in der App nicht anmelden'],
  ['dave', 9, 'bluesky', 'en', 'I cannot get the machine to descale'],
  ['kim', 400, 'bluesky', 'en', 'Love the summer blend!'],
  ['lou', 27, 'mastodon', 'en', 'Can you log my complaint about the broken cup please'],
  ['max', 64, 'mastodon', 'en', 'Do you ship to Norway?'],
  ['zoe', 81, 'mastodon', 'en', 'Cannot wait for the Christmas edition'],
]

export const bank: readonly Row[] = [
  ['ana', 120, 'mastodon', 'en', 'Card declined at the supermarket although there is money on the account'],
  ['ben', 88, 'mastodon', 'en', 'My card was declined twice today, what is going on?'],
  ['cleo', 210, 'bluesky', 'en', 'Declined again at the petrol station. Nordbank, fix your cards'],
  ['dan', 45, 'mastodon', 'en', 'I have been waiting for an hour on the hotline'],
  ['eli', 300, 'bluesky', 'en', 'I have been a customer for ten years and get no answer'],
  ['fay', 12, 'mastodon', 'en', 'I have been charged twice for the same transfer'],
  [
    'gus',
    90,
    'mastodon',
    'en',
    'A ceiling panel in your branch in Kiel fell on my foot and broke my toe. The newspaper will hear about this.',
  ],
  ['hal', 75, 'bluesky', 'en', 'You have my address wrong on every letter'],
  ['financeguy', 1200000, 'bluesky', 'en', 'Nordbank publishes its quarterly figures on Thursday.'],
  ['ivy', 33, 'mastodon', 'en', 'The app shows an empty page after the update'],
  ['jon', 51, 'mastodon', 'en', 'After the update the app shows nothing but white'],
  ['kay', 18, 'mastodon', 'en', 'Your branch closes at noon now, who has time then'],
  ['liv', 66, 'bluesky', 'en', 'Savings rate went down again'],
  ['moe', 140, 'mastodon', 'de', 'Die Überweisung ist seit drei Tagen nicht angekommen'],
  ['nia', 20, 'mastodon', 'de', 'Meine Karte wurde heute zweimal abgelehnt'],
  ['oli', 9, 'bluesky', 'en', 'How do I order a second card?'],
  ['pam', 400, 'bluesky', 'en', 'Friendly people in the Lübeck branch, thank you'],
  ['quin', 27, 'mastodon', 'en', 'Took me five minutes to open an account, nice'],
  ['ray', 64, 'mastodon', 'en', 'You have the worst opening hours of all banks'],
  ['sue', 81, 'mastodon', 'en', 'I have to print a form in 2026, really?'],
]

export const software: readonly Row[] = [
  ['ada', 120, 'mastodon', 'en', 'Export to PDF crashes Inkwell every time'],
  ['bob', 88, 'mastodon', 'en', 'Inkwell crashes when I export a PDF with pictures'],
  ['cat', 210, 'bluesky', 'en', 'PDF export crashes since 4.2, please fix'],
  ['deb', 45, 'mastodon', 'en', 'Please make the toolbar smaller, it wastes space'],
  ['edd', 300, 'bluesky', 'en', 'Please make it possible to pay by invoice'],
  ['fin', 12, 'mastodon', 'en', 'Please make the dark mode darker, it hurts in the evening'],
  ['gil', 90, 'mastodon', 'en', 'The charger of your tablet sparked and burned my hand, I am telling the TV station'],
  ['hui', 75, 'bluesky', 'en', 'Sync does not work on the train'],
  ['techstar', 1200000, 'bluesky', 'en', 'Trying Inkwell 4.2 this week, notes to follow.'],
  ['ian', 33, 'mastodon', 'en', 'Licence key is not accepted after reinstalling'],
  ['joy', 51, 'mastodon', 'en', 'My licence key is rejected as invalid after the reinstall'],
  ['kit', 18, 'mastodon', 'en', 'Support made me wait nine days for one line'],
  ['leo', 66, 'bluesky', 'en', 'Does Inkwell run on Linux?'],
  ['mel', 140, 'mastodon', 'de', 'Beim Speichern verliert Inkwell die letzten Absätze'],
  ['ned', 20, 'mastodon', 'de', 'Nach dem Speichern fehlen die letzten Absätze'],
  ['ola', 9, 'bluesky', 'en', 'It makes no sense to charge per month for an editor'],
  ['pat', 400, 'bluesky', 'en', 'Inkwell makes writing fun again'],
  ['qi', 27, 'mastodon', 'en', 'The spell checker makes me laugh, it does not know the word colour'],
  ['rex', 64, 'mastodon', 'en', 'Made the switch and do not regret it'],
  ['sol', 81, 'mastodon', 'en', 'It made my laptop so hot that I had to stop'],
]

/** As a file: a row every two minutes, the last one a minute before `now`. */
export function csvOf(rows: readonly Row[], now: number): Blob {
  const lines = rows.map(([author, followers, network, lang, text], at) => {
    const date = new Date(now - 60_000 - (rows.length - 1 - at) * 120_000).toISOString()
    return [date, author, followers, network, lang, `"${text}"`].join(',')
  })
  return new Blob([['date,author,followers,network,lang,text', ...lines].join('\n')])
}
