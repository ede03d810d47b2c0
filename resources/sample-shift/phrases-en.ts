/**
 * English talk about Kaffora, an invented maker of coffee machines with an app and a subscription. Everything here was
 * written for Earshot; names, places and addresses are made up. `{slot}` is filled from `slots`.
 */
export const slots: Record<string, string[]> = {
  brand: ['Kaffora', 'Kaffora', 'Kaffora', '#Kaffora', '@kaffora'],
  machine: ['Kaffora One', 'Kaffora Duo', 'Kaffora Pier', 'Kaffora machine'],
  place: ['Pier 9', 'the station kiosk', 'our office kitchen', 'the library corner', 'Harbour Street', 'the campus bar', 'gate B12'],
  drink: ['flat white', 'cortado', 'oat latte', 'espresso', 'cold brew', 'cappuccino', 'filter'],
  time: ['this morning', 'just now', 'since 9', 'for the third time today', 'twice in a row', 'before my first meeting', 'all morning'],
  amount: ['£3.40', '£6.80', '€4.20', '€12.60', '£3.10', '€7.90'],
  feel: ['', '', '', ' 😡', ' 🙄', ' smh', ' …', ' 😤'],
  joy: ['', '', ' ☕', ' 😍', ' 🙌', ' ❤️', '!', '!!'],
  phone: ['iPhone 15', 'Pixel 8', 'my old Android', 'a Fairphone', 'iOS 19', 'Android 16'],
  people: ['Anyone else?', 'Is it just me?', 'Anybody there?', '', '', 'Same for two colleagues.', 'Whole queue has it.'],
}

export const praise = [
  'shout-out to the {brand} crew at {place}, remembered my order after a month away{joy}',
  'Honestly the {machine} makes the best {drink} I have had outside Lisbon{joy}',
  'Two years with my {machine}, descaled it maybe four times, still perfect{joy}',
  '{brand} support swapped my grinder in one day. That is how you do it{joy}',
  'The new {drink} at {brand} {place} is dangerously good{joy}',
  'love that {brand} prints the roast date on every bag{joy}',
  'Our team voted: the {machine} stays. Best {drink} in the building{joy}',
  'Small thing but the {brand} app remembering my cup size makes me happy{joy}',
  'Took the barista class at {brand}, patient teacher, learned a lot, would go again{joy}',
  'The {machine} is so quiet that the baby kept sleeping. Worth every cent{joy}',
  'Finally a coffee subscription that lets me pause without a phone call, thank you {brand}{joy}',
  'Refill station by {brand} at {place}: no cup, no waste, great {drink}{joy}',
]

export const neutral = [
  'Meeting at the {brand} bar at {place}, 10:30',
  'Does the {machine} take 58 mm baskets or is it its own size?',
  '{brand} opens a second shop near {place} in spring, says the sign in the window',
  'Comparing the {machine} and the Bohnwerk M2 for a small flat, opinions?',
  'Reading about how {brand} sources beans, they list every farm',
  'Trying the {drink} from {brand} today, will report',
  'What grind size do you use for {drink} on the {machine}?',
  'There is a {brand} pop-up at {place} until Sunday',
  'How long does a bag from {brand} stay fresh once opened?',
  '{brand} app 4.2 is out, release notes mention new payments and a darker theme',
  'Does anybody know whether {brand} {place} is open on holidays?',
  'Old {machine} for sale, comes with two baskets, pick-up near {place}',
  'Bohnwerk and {brand} both at the trade fair this year, hall 4',
  'Is the {brand} milk steamer dishwasher safe? The manual does not say',
]

export const gripe = [
  'Third bag from {brand} in a row that tastes burnt{feel}',
  '{brand} {place}: twenty minutes for one {drink}, nobody said sorry{feel}',
  'My {machine} drips on the counter again, second repair did nothing{feel}',
  'Prices at {brand} went up again, {amount} for a {drink} is too much{feel}',
  'Delivery from {brand} came a week late and the box was torn{feel}',
  'The lid of the {brand} travel cup leaks, my bag smells of {drink}{feel}',
  '{brand} hotline: 35 minutes of music and then the line went dead{feel}',
  'Staff at {brand} {place} were rude to an old man in front of me. Not coming back{feel}',
]

/** One fault in many words: payment in app 4.2. */
export const fault = [
  'Anyone else getting “payment declined” in the {brand} app after 4.2? Card works everywhere else',
  '{brand} app 4.2 keeps declining my card {time}{feel} {people}',
  'Payment fails in the {brand} app {time}. Error PAY-417. {people}',
  'Cannot pay with the {brand} app since the update, it just says declined{feel}',
  'Standing in front of the {machine} at {place} and the app will not let me pay{feel} {people}',
  '{brand} update 4.2 broke payments on {phone}. {people}',
  'PAY-417 again. {brand}, your app does not take any of my cards {time}{feel}',
  'New version of the {brand} app, new bug: paying is impossible{feel}',
  'The {brand} checkout spins for a minute and then “payment declined”. {phone}, app 4.2',
  'no coffee for me, {brand} app refuses my card {time}{feel}',
  'Reinstalled the {brand} app twice, still PAY-417 when I pay. {people}',
  'Is the {brand} payment system down? Declined {time}, three different cards',
]

export const faultTwice = [
  'Your machine charged me twice {time} (receipt attached). I would like the second charge back.',
  '{brand} took {amount} two times for one {drink}{feel} Please refund',
  'Double charge from {brand} {time}, {amount} each, and no coffee{feel}',
  'App said declined, bank says paid. Twice. {brand}, I want my {amount} back{feel}',
  'Charged twice for one {drink} at {brand} {place}. Who do I write to?',
]

export const faultLogin = [
  'Third-wave coffee, first-wave software. {brand} 4.2 logs me out every time{feel}',
  '{brand} app asks for my password on every single order since 4.2{feel}',
  'Logged out of the {brand} app again, and the reset mail never comes',
  'Why does {brand} 4.2 forget me each time I close the app? {phone}',
]

export const pileOn = [
  'Following the {brand} payment mess with my home-made {drink} in hand',
  'So {brand} ships a payment update at rush hour. Bold{feel}',
  'Is there a statement from {brand} yet about the failing payments?',
  '{brand} down, whole office in line at the kiosk next door',
  'What is going on with {brand} today, my feed is only declined cards',
  'Hearing from several people that the {brand} app cannot take payments. Card at the till works',
]

export const churn = [
  'Cancelling my {brand} subscription today. Enough{feel}',
  'After this week I am switching from {brand} to Bohnwerk, at least their app works{feel}',
  'How do I delete my {brand} account and get the remaining credit ({amount}) back?',
  'Done with {brand}. Four years a customer and nobody answers{feel}',
]

export const recovery = [
  '{brand} 4.2.1 is here and paying works again, that was quick{joy}',
  'Update installed, {drink} paid, all good again. Thanks {brand}{joy}',
  'Credit where due: {brand} answered me in ten minutes and refunded the double charge{joy}',
  'Got a free {drink} at {place} for the trouble, well handled {brand}{joy}',
  'Refund from {brand} arrived, thank you{joy}',
]

export const lead = [
  'We would like 40 machines for our co-working spaces – whom at {brand} do we talk to?',
  'Looking for a coffee partner for a chain of 12 gyms, is {brand} doing business contracts?',
  'Which rental offers does {brand} have for offices of 200 people? Quote by Friday would be great',
  'Our hotel wants to replace 25 capsule machines. Does {brand} sell to companies?',
  'Event with 3,000 guests in June, can {brand} bring two coffee bars? Please send prices',
]

export const jobs = [
  'is {brand} hiring in Porto? loved the engineering talk',
  'Are there open positions for service technicians at {brand}? I have ten years with machines',
  'Applied at {brand} two weeks ago, does anyone know how long they take to answer?',
  'Does {brand} offer internships for food chemistry students?',
]

export const safety = [
  'The steam valve of my {machine} burst and burned my hand. I had to see a doctor. My lawyer will write to {brand}.',
  'Smoke came out of the {machine} at {place}, fire brigade was here. {brand}, is there a recall?',
]

/** What the hotline's transcripts say. */
export const calls = [
  '“… and I wanted to ask whether the filter of the {machine} has to be changed every month, because the manual says one thing and the lamp another …”',
  '“… my parcel with the beans was to come on Thursday and the tracking has not moved since …”',
  '“… I only want to say that the gentleman in the shop was very patient with my mother, thank you …”',
  '“… the {machine} shows a red light and then nothing, I have switched it off and on three times …”',
]

export const callsFault = [
  '“… I was charged and the machine stayed locked, I am standing in front of it …”',
  '“… it says declined, it says declined again, and now my bank shows two payments …”',
]

export const helpful = [
  '@{reply} holding the card directly to the machine works, only the app payment fails',
  '@{reply} same here, PAY-417, waiting for an answer too',
  '@{reply} try removing the stored card and adding it again, helped me once',
  '@{reply} they are on it, a colleague got an answer from support',
  '@{reply} works for me on the old version, do not update',
]

export const story = {
  influencer: 'I wanted to show you the new {brand} One live today. 212,000 people watched an app say “payment declined” for four minutes. The video will be a different one now. {brand}, call me.',
  influencerAfter: 'Update: {brand} called, explained it honestly and did not ask for anything. Trying again tomorrow. That is how it is done.',
  press: 'Dear press office, we are preparing a piece on the failing payments in the Kaffora app. How many customers are affected, since when, and when will it be solved? Our deadline is 12:00. Kind regards, M. Ahrendt, Ruhrblick',
  hnTitle: 'Kaffora’s 4.2 app declines every card, retries and charges twice',
  hnText: 'Looks like the client retries the payment call without an idempotency key when the first answer takes longer than 8 s. The kiosk flow is hit hardest because the machine waits for the confirmation.',
  hnComments: [
    'Retrying a payment without an idempotency key in 2026 is quite something.',
    'I build terminals. The 8 s timeout is shorter than what two of the big acquirers take on a Monday morning.',
    'Does anybody from Kaffora read this? A status page would help more than a tweet.',
    'The old 4.1 build still works, the endpoints are the same. So it is the client.',
    'To be fair their hardware is solid. We run six Kaffora machines at work and the only trouble ever was software.',
    'Charged twice this morning. Support answered after 40 minutes with a workaround: pay at the machine.',
    'This is what happens when the release train leaves at rush hour.',
    'Anyone tried to dispute the second charge? My bank says wait 48 hours.',
  ],
  newsTitles: [
    ['Kaffora app declines cards across the country', 'Customers of the coffee company Kaffora report failing payments since the morning. The company has not commented yet.'],
    ['Kaffora confirms fault in mobile payments', 'A spokesperson said that version 4.2 of the app is the cause and that a correction is in review.'],
    ['What a coffee app teaches about retries', 'A timeout, a retry and a missing key: how one release charged people twice.'],
    ['Kaffora: payments work again, refunds by Friday', 'Version 4.2.1 solves the fault. Double charges are refunded without a request, the company says.'],
    ['Five machines for small kitchens compared', 'The Kaffora One is the quietest, the Bohnwerk M2 the fastest. Neither is cheap.'],
    ['Coffee prices: what a cup costs in ten cities', 'A flat white costs most in Zurich. Chains such as Kaffora and Bohnwerk raised prices by six per cent.'],
  ],
} as const
