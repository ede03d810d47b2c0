/** Posts as a wall sees them: short ones and long ones, now and then right to left or one very long word. */
const openings = [
  'Third time this week:',
  'Is it just me or',
  'Honestly,',
  'Update on my order:',
  'Große Frage:',
  'Anyone else?',
  'Day 3.',
]
const bodies = [
  'the app is broken again and nobody answers the phone, I have been waiting for forty minutes now',
  'great service at the counter today, thanks to the whole team',
  'my payment was taken twice and the receipt shows only one of them',
  'die Lieferung ist wieder zwei Tage zu spät, und die Hotline weiß von nichts',
  'works now, thank you',
  'التطبيق لا يعمل منذ الصباح',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen ist angekommen',
]
export const postText = (at: number): string =>
  `${openings[at % openings.length]} ${bodies[(at * 5 + (at >> 3)) % bodies.length]} ${at}`
