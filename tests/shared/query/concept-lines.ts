import { useConceptLines } from '#shared/query/concept-book.ts'

/** A small lexicon of the tests' own. */
export const testConcepts = `
part card-payment payment | en: card payment, pay* by card, paying with .. card | de: Kartenzahlung, kartenzahlung*, mit .. karte .. zahl* | es: pago con tarjeta, pagar con .. tarjeta | fr: paiement par carte, payer par carte | it: pagamento con carta | nl: kaartbetaling, met .. kaart betalen | pt: pagamento com cartão
part card payment | en: card, cards | de: Karte, karten | es: tarjeta* | fr: carte, cartes | it: carta, carte | nl: kaart, kaarten | pt: cartão, cartões
part door home | en: door, doors | de: Tür, türen | es: puerta* | fr: porte, portes | it: porta | nl: deur* | pt: porta
symptom is-declined payment | en: is declined, declin*, won't .. go through | de: wird abgelehnt, abgelehnt*, lehnt .. ab | es: no se acepta, rechaz* | fr: n'est pas accepté, refus* | it: non si accetta, rifiut* | nl: wordt geweigerd, geweigerd | pt: não aceita, recus*
symptom burns safety | en: burns, on fire | de: brennt, brand | es: se quema | fr: prend feu | it: prende fuoco | nl: brandt | pt: pega fogo
word wait time | en: wait* | de: wart* | es: esper* | fr: attend* | it: aspett* | nl: wacht* | pt: esper*
`

export const useTestConcepts = (): void => useConceptLines(() => [{ name: 'test.txt', content: testConcepts }])
