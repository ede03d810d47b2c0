/** German talk about the invented brand Kaffora. Same categories as the English file. */
export const slots: Record<string, string[]> = {
  brand: ['Kaffora', 'Kaffora', 'Kaffora', '#Kaffora', '@kaffora'],
  machine: ['Kaffora One', 'Kaffora Duo', 'Kaffora Pier', 'Kaffora-Maschine'],
  place: ['am Hauptbahnhof', 'in der Südstadt', 'in unserer Büroküche', 'am Hafen', 'in der Bibliothek', 'am Campus', 'in Bochum'],
  drink: ['Flat White', 'Espresso', 'Hafer-Latte', 'Cappuccino', 'Filterkaffee', 'Cold Brew'],
  time: ['heute früh', 'gerade eben', 'seit neun Uhr', 'zum dritten Mal heute', 'zweimal hintereinander', 'den ganzen Morgen'],
  amount: ['3,40 €', '6,80 €', '4,20 €', '12,60 €', '7,90 €'],
  feel: ['', '', '', ' 😡', ' 🙄', ' …', ' 😤', ' Danke für nichts.'],
  joy: ['', '', ' ☕', ' 😍', ' 🙌', ' ❤️', '!', '!!'],
  phone: ['iPhone 15', 'Pixel 8', 'meinem alten Android', 'Fairphone', 'iOS 19', 'Android 16'],
  people: ['Noch jemand?', 'Bin ich die Einzige?', 'Ist da jemand?', '', '', 'Zwei Kollegen haben dasselbe.', 'Die ganze Schlange hat das.'],
}

export const praise = [
  'Großes Lob an das Team von {brand} {place}, so freundlich am frühen Morgen{joy}',
  'Die {machine} macht den besten {drink}, den ich zu Hause je hatte{joy}',
  'Zwei Jahre {machine}, läuft wie am ersten Tag{joy}',
  'Der Kundendienst von {brand} hat mir das Mahlwerk in einem Tag getauscht, super{joy}',
  'Endlich ein Kaffee-Abo, das man ohne Anruf pausieren kann, danke {brand}{joy}',
  'Barista-Kurs bei {brand} war klasse, viel gelernt{joy}',
  'Die {machine} ist so leise, dass das Baby weiterschläft. Jeden Cent wert{joy}',
  'Pfandbecher bei {brand} {place}: kein Müll, guter {drink}{joy}',
]

export const neutral = [
  'Treffen uns um halb elf bei {brand} {place}',
  'Passen in die {machine} Siebe mit 58 mm oder braucht sie eigene?',
  'Vergleiche {machine} und Bohnwerk M2 für eine kleine Küche, Meinungen?',
  '{brand} eröffnet im Frühjahr einen zweiten Laden {place}',
  'Welchen Mahlgrad nehmt ihr für {drink} auf der {machine}?',
  'Die App von {brand} ist jetzt bei 4.2, neu sind Zahlung und dunkles Design',
  'Weiß jemand, ob {brand} {place} am Feiertag offen hat?',
  'Gebrauchte {machine} abzugeben, zwei Siebe dabei, Abholung {place}',
  'Wie lange hält sich eine offene Tüte von {brand}?',
]

export const gripe = [
  'Dritte Tüte von {brand} in Folge, die verbrannt schmeckt{feel}',
  '{brand} {place}: zwanzig Minuten für einen {drink}, keine Entschuldigung{feel}',
  'Meine {machine} tropft schon wieder, die zweite Reparatur hat nichts gebracht{feel}',
  '{amount} für einen {drink} bei {brand}, das ist doch Wucher{feel}',
  'Lieferung von {brand} kam eine Woche zu spät und der Karton war zerrissen{feel}',
  'Der Deckel vom {brand}-Becher ist undicht, die ganze Tasche riecht nach {drink}{feel}',
  'Hotline von {brand}: 35 Minuten Musik, dann war die Leitung tot{feel}',
]

export const fault = [
  'Seit dem Update stürzt die {brand}-App beim Bezahlen ab. {people}',
  'Kann mit der {brand}-App nicht bezahlen, {time}: „Zahlung abgelehnt“{feel} {people}',
  '{brand} 4.2 lehnt jede Karte ab. Fehler PAY-417. {people}',
  'Stehe {place} vor der {machine} und die App lässt mich nicht zahlen{feel}',
  'PAY-417, schon wieder. {brand}, eure App nimmt keine meiner Karten{feel}',
  'Zahlung in der {brand}-App schlägt fehl {time}, auf {phone}. {people}',
  'Neue Version der {brand}-App, neuer Fehler: Bezahlen unmöglich{feel}',
  'Kein Kaffee heute, die {brand}-App verweigert meine Karte {time}{feel}',
  'App von {brand} zweimal neu installiert, beim Bezahlen immer noch „abgelehnt“. {people}',
]

export const faultTwice = [
  'Mir wurden {time} zweimal {amount} abgebucht. Bitte erstatten Sie den zweiten Betrag.',
  '{brand} hat für einen {drink} doppelt abgebucht{feel}',
  'App sagt abgelehnt, Bank sagt bezahlt. Zweimal. {brand}, ich will meine {amount} zurück{feel}',
  'Doppelte Abbuchung bei {brand} {place}, an wen schreibe ich?',
]

export const faultLogin = [
  'Die {brand}-App wirft mich seit 4.2 bei jeder Bestellung raus{feel}',
  'Ständig abgemeldet in der {brand}-App, und die Mail zum Zurücksetzen kommt nicht',
  'Warum vergisst mich {brand} 4.2 jedes Mal? {phone}',
]

export const pileOn = [
  'Verfolge das Bezahl-Chaos bei {brand} mit selbst gekochtem {drink}',
  'Ein Zahlungs-Update zur Stoßzeit, mutig von {brand}{feel}',
  'Gibt es von {brand} schon etwas Offizielles zu den Zahlungen?',
  'Bei {brand} geht nichts, das halbe Büro steht am Kiosk nebenan',
  'Höre von mehreren, dass die {brand}-App keine Zahlung annimmt. Mit Karte an der Maschine geht es',
]

export const churn = [
  'Kündige heute mein Abo bei {brand}. Es reicht{feel}',
  'Nach dieser Woche wechsle ich von {brand} zu Bohnwerk{feel}',
  'Wie lösche ich mein Konto bei {brand} und bekomme das Guthaben ({amount}) zurück?',
]

export const recovery = [
  '{brand} 4.2.1 ist da, Bezahlen geht wieder, das ging schnell{joy}',
  'Update drauf, {drink} bezahlt, alles wieder gut. Danke {brand}{joy}',
  '{brand} hat nach zehn Minuten geantwortet und die doppelte Buchung erstattet, stark{joy}',
  'Erstattung von {brand} ist da, danke{joy}',
]

export const lead = [
  'Wir suchen 40 Maschinen für unsere Büros, wer ist bei {brand} der Ansprechpartner?',
  'Macht {brand} Verträge mit Firmen? Zwölf Standorte, etwa 600 Leute, bitte Angebot',
  'Unser Hotel ersetzt 25 Kapselmaschinen. Verkauft {brand} an Unternehmen?',
]

export const jobs = [
  'Sucht {brand} noch Servicetechniker im Ruhrgebiet?',
  'Vor zwei Wochen bei {brand} beworben, weiß jemand, wie lange die brauchen?',
]

export const safety = [
  'An meiner {machine} ist das Dampfventil geplatzt, Hand verbrüht, war beim Arzt. Mein Anwalt meldet sich bei {brand}.',
]

export const helpful = [
  '@{reply} Karte direkt an die Maschine halten geht, nur die App nicht',
  '@{reply} hier genauso, PAY-417, warte auch auf Antwort',
  '@{reply} Karte in der App löschen und neu anlegen hat bei mir geholfen',
  '@{reply} nicht aktualisieren, mit der alten Version geht es',
]

export const story = {
  influencer: 'Ich wollte euch heute live die neue {brand} One zeigen. 212.000 Leute haben vier Minuten lang „Zahlung abgelehnt“ gesehen. Das Video wird ein anderes. {brand}, ruft mich an.',
  influencerAfter: 'Nachtrag: {brand} hat angerufen, ehrlich erklärt und nichts verlangt. Morgen neuer Versuch. So macht man das.',
  newsTitles: [
    ['Kaffora-App lehnt bundesweit Karten ab', 'Kundinnen und Kunden melden seit dem Morgen fehlschlagende Zahlungen. Das Unternehmen hat sich noch nicht geäußert.'],
    ['Kaffora bestätigt Störung bei mobilen Zahlungen', 'Ursache ist laut einer Sprecherin die Version 4.2 der App. Eine Korrektur wird geprüft.'],
    ['Kaffora: Zahlungen laufen wieder', 'Version 4.2.1 behebt den Fehler. Doppelte Abbuchungen werden bis Freitag erstattet.'],
  ],
} as const
