/**
 * Kinds of faults by how the desk corpus calls what is wrong: what goes wrong is alike over trades, whatever it goes wrong with. The first that fits
 * wins.
 */
const kinds: readonly (readonly [kind: string, called: RegExp])[] = [
  ['leaks', /leak|water gets in|drips|burst|gushing|floods|backs up|drain blocked/],
  ['charged twice', /charges? twice|charged twice|taken twice|double charged|booked twice|duplicates|double-booked/],
  [
    'wrong amount',
    /amount|too high|charged though|unknown charge|adds tip|VAT|no-show fee|price jumps|differs from the till|debited|roaming|too low|cut down|renewed after|figures|calculates|meter|consumption|reading|misreads/,
  ],
  [
    'does not arrive',
    /does not arrive|did not arrive|never arrives|never comes|does not come|not delivered|missing at pick|not in the letterbox|did not turn up|never issued|not sent|not on board|no receipt|not loaded|shows no movement|claims delivered|without ringing/,
  ],
  ['late', /\blate\b|more than an hour|rescheduled|not in time|date changed|delayed/],
  ['cancelled', /is cancelled|cancelled (without|on)|cut off without|is closed/],
  [
    'no way in',
    /login|password|signed out|logs the reader|throws users out|asks for registration|account|blocked, char|member thrown/,
  ],
  ['crashes', /crash|app closes|server errors|error page|throws an error|fails with an error|leads to error/],
  [
    'freezes',
    /freezes|hangs|stuck, never|download (st|fails)|pending|\blag\b|slow|takes too long|wait is long|queue|buffers/,
  ],
  [
    'refused',
    /declined|rejected|refused|not accepted|denies entry|rejects|not recognised|already used|invalid|not read|unreadable|does not read|does not recognise|barcode/,
  ],
  [
    'paid for nothing',
    /paid but|money taken|paid for|not credited|not released|not paid out|points|swallows|keeps coins|not activated|balance|miles/,
  ],
  ['gone', /disappear|vanish|lost|reset to zero|not saved|not kept|loses entries|corrupted|empties/],
  ['runs empty', /drains|range far|runs empty|stops charging|does not charge|will not charge|no charge|empty early/],
  [
    'no connection',
    /connection|disconnect|signal|drops out|dropped|wifi|internet|no service|pairing|pair with|offline|outage|loses all|out of service|breaks off|synchron/,
  ],
  ['too cold', /\bcold|does not heat|lukewarm|thawed|frozen/],
  ['too hot', /overheat|\bhot\b|burnt|burns|heats too|fails in the heat|does not cool|stuffy|arrives warm/],
  ['bad to eat', /tastes|salty|too sweet|spoiled|poison|raw|overcooked|greasy|corked|pet refuses|portion|fresh/],
  ['smells', /smell|mould|chlorine|sour|expired|stale|fumes/],
  ['dirty', /dirty|filthy|bedbug|brown, cloudy|stain|not emptied/],
  ['noisy', /loud|screech|squeak|squeal|rattl|hum|whistl|noise|crackl|jump/],
  ['bad picture', /display|screen|black|flicker|lines|pixels|picture|stays dark|blank|is dark|blurry/],
  ['no sound', /no sound|mute|cannot hear|voice|out of sync|unintelligible|does not ring|hear/],
  [
    'wrong one',
    /wrong (size|variety|dish|one|seat|name|table|colour|shade|speed|times|prescription|language|data|artist)|name misspelt|differs from|recommends|other people/,
  ],
  ['incomplete', /missing|incomplete|empty|gives no portions|cut off|grade/],
  [
    'damaged',
    /damaged|crushed|torn|dented|scratch|broken inside|spilled|cracked|arrives|wet and|bottle|shipped|contents/,
  ],
  [
    'breaks',
    /breaks|snapped|broken|comes? off|comes apart|crack|falls? (off|out)|fabric|hinge|peels|splinters|cable|clumps|separates|puncture|loses air|wobbl|sags|slides|weld/,
  ],
  [
    'stuck',
    /stuck|jams?|blocked|cannot be (opened|removed|ended|adjusted|switched)|does not (open|close|unlock|click)|lock|door|can hardly/,
  ],
  [
    'hurts',
    /rash|\bitch|burn after|dizz|pinches|back pain|dry and|causes pain|side effect|injures|swollen|swells|catches fire|smokes|shock|dangerous/,
  ],
  ['by itself', /by itself|phantom|talks|restarts|false alarm|come at night|opens while|unlocks/],
  [
    'dead',
    /\bdead\b|does not work|does not turn on|does not respond|reacts to nobody|has no effect|out of order|does not start|engine|no light|does not switch|stands still|does not grip|no braking|loses power|not switched|switches off/,
  ],
  [
    'wrong data',
    /not visible|does not load|no data|shows no|shows (wrong|scooters|people|speed)|not in the system|finds nothing|errors|factual|garbled|clues|sentences/,
  ],
  [
    'badly served',
    /rude|incompetent|unhelpful|aggressive|harass|discriminat|taken seriously|reckless|answer|cannot be reached|canned|pillar|not resolved|no information|contradicts|bureaucratic|understaffed/,
  ],
  ['none left', /out of stock|discontinued|no free|overbooked|is full|crowded|no ride|matches/],
  ['too dear', /expensive|price|fee|discount|misleading|offer not|binds|against will|terms changed/],
  [
    'does not fit',
    /runs (far too )?(small|large)|too (hard|soft|short|heavy)|uncomfortable|does not fold|wrong fit|hold/,
  ],
  ['does not send', /send|receive|sync|update fails|install|import|save/],
  ['no upload', /photo|image|upload|selfie/],
  ['goes astray', /steers|drift|hold on a slope|boundary|slips|wheel|gear|chain|pulls several|counts/],
]
const OTHER = 'other'

export const faultKinds: readonly string[] = [...kinds.map(([kind]) => kind), OTHER]

/** The place of its kind among `faultKinds`. */
export const kindOf = (symptom: string): number =>
  faultKinds.indexOf(kinds.find(([, called]) => called.test(symptom))?.[0] ?? OTHER)
export const OTHER_KIND = faultKinds.indexOf(OTHER)
