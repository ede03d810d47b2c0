import type { Aspect } from './aspects.ts'

/**
 * In a list, `brand@de` counts in German texts alone: elsewhere the word means something else. `:` and a list begin words that mean
 * many things and count only with one of those after `+` in the same text: `bag, bags + flight*, airport`.
 */
function aspect(name: string, words: string, ...vague: string[]): Aspect {
  const listed = words.split(', ').map((word) => word.split('@') as [string, string?])
  return {
    name,
    words: listed.map(([word]) => word),
    only: new Map(listed.flatMap(([word, langs]) => (langs ? [[word, langs.split('+')] as const] : []))),
    vague: vague.map((line) => {
      const [some, beside] = line.split(' + ')
      return { words: some!.split(', '), beside: beside!.split(', ') }
    }),
  }
}

/** What customers of most companies write about, in English, German, French, Spanish, Italian and Portuguese. */
export const starterAspects: readonly Aspect[] = [
  aspect(
    'delivery',
    'delivery, deliveries, delivered, delivering, shipping, shipment, shipped, parcel, package, courier, tracking, lieferung, geliefert, liefer*, paket*, versand*, zustellung, bote@de, livraison, livré, colis, envío, entrega, entregado, paquete, spedizione, consegna, pacco, encomenda',
  ),
  aspect(
    'price',
    'price, prices, pricing, expensive, overpriced, cheap, cost, costs, fee, fees, discount, preis*, teuer, teurer, billig, kosten, gebühr*, rabatt*, prix, cher, chère, tarif*, precio*, caro, cara, barato, prezzo, prezzi, costoso, preço, preços',
  ),
  aspect(
    'payment',
    'payment, payments, paid, charged, charge, invoice, bill, billing, refund, refunded, refunds, rechnung*, bezahl*, zahlung*, abgebucht, abbuchung, rückerstattung, erstattung, erstattet, remboursement, remboursé, facture, paiement, reembolso, factura, pago, rimborso, fattura, pagamento, fatura',
  ),
  aspect(
    'staff',
    'staff, employee, employees, crew, driver, agent, cashier, waiter, waitress, manager, personal@de, mitarbeiter*, fahrer*, verkäufer*, kellner*, personnel, vendeur, empleado*, personale@it, impiegato, funcionário*, atendente',
  ),
  aspect(
    'support',
    'support, customer service, helpdesk, help desk, hotline, call center, call centre, on hold, service desk, kundendienst, kundenservice, warteschleife, kundenbetreuung, service client, atención al cliente, servicio al cliente, assistenza, servizio clienti, atendimento',
  ),
  aspect(
    'app',
    'app, apps, login, log in, password, update, updates, website, site, crash, crashes, crashed, bug, bugs, anmeldung, passwort, webseite, absturz, abgestürzt, stürzt, application, mot de passe, mise à jour, aplicación, contraseña, actualización, aplicativo, senha, sito',
  ),
  aspect(
    'quality',
    'quality, broken, defect, defective, faulty, broke, damaged, qualität, kaputt, defekt*, beschädigt, qualité, cassé, calidad, roto@es, rota@es, qualità, rotto@it, rotta@it, qualidade, quebrado, quebrada',
  ),
  aspect(
    'battery',
    'battery, batteries, charger@en+de+nl+und, akku, akkus, akkulaufzeit*, akkuleistung, batterie*, ladegerät*, batería, baterías, cargador, batteria, caricabatterie, bateria@pt, carregador',
    'charging, recharging + battery, batteries, charger, cable, cables, phone*, laptop*, tablet*, port, usb, usb-c, station, stations, plug, plugged, dock, overnight, wireless, car, ev, watch, earbud*, headphone*, power, percent, percentage',
  ),
  aspect(
    'availability',
    'available, unavailable, sold out, out of stock, in stock, stock, ausverkauft, verfügbar*, lieferbar, vergriffen, disponible, agotado, disponibile, esaurito, disponível, esgotado',
  ),
  aspect(
    'network',
    'outage, outages, wifi, wi-fi, broadband, roaming, no signal, phone signal, mobile signal, mobile network, phone network, mobile data, ausfall, störung, störungen, wlan, funkloch, funklöcher, réseau mobile, fibra, banda larga',
    'network, signal, coverage, internet + down, slow*, mobile, phone*, sim, 4g, 5g, lte, provider, carrier, connection, connected, connect, disconnect*, dropped, dropping, drops, tower*, bars, reception, router, fibre, fiber, outage*, broadband, wifi, wi-fi, roaming, mbps, speed*, no',
    'empfang, netz, internet + kein, keinen, keine, schlecht*, handy*, lte, 4g, 5g, mobil*, funk*, langsam*, router, anbieter, anschluss, leitung, störung*, ausfall, ausgefallen, tarif*, vertrag*, dsl, glasfaser',
    'réseau, panne, internet, cobertura, señal, rete, sinal, segnale + mobile*, téléphone, portable, opérateur, connexion, débit, box, fibre, 4g, 5g, móvil, teléfono, fibra, operador*, conexión, wifi, cellulare, telefono, operatore, connessione, celular, telemóvel, operadora, conexão, router',
  ),
  aspect(
    'delay',
    'delay, delays, delayed, late, waiting, cancelled flight, canceled, cancelled, verspät*, verspätung, storniert, ausgefallen, retard@fr, retardé, annulé, retraso, cancelado, ritardo, cancellato, atraso, atrasado',
  ),
  aspect(
    'baggage',
    'luggage, suitcase, suitcases, baggage claim, baggage fee, baggage fees, lost baggage, checked baggage, hand baggage, carry-on, my baggage, our baggage, your baggage, checked bag, checked bags, bag fee, bag fees, bag drop, gepäck*, handgepäck*, koffer, koffers, koffern, bagages, valise, valises, equipaje, equipajes, maleta, maletas, bagaglio, bagagli, valigia, valigie, bagagem, bagagens',
    'baggage, bag, bags, bagage, mala, malas, tasche, taschen + flight*, fly, flying, flew, flown, airport*, airline*, airplane, plane, planes, aircraft, carousel, belt, gate, terminal, boarding, boarded, cabin, overhead, landed, layover, luggage, checked, check-in, tarmac, stewardess, pilot, flug*, flieger, flughafen, vol, vols, aéroport, avion, vuelo*, aeropuerto, avión, volo, voli, aeroporto, aereo, voo, voos, avião, vlucht*, vliegtuig, luchthaven',
  ),
  aspect(
    'return',
    'return, returns, returned, exchange, rückgabe, umtausch*, retoure*, zurückgeschickt, retour, échange, devolución, cambio@es, reso@it, devolução, troca',
  ),
  aspect(
    'contract',
    'subscription, subscriptions, membership, memberships, my contract, our contract, your contract, contract term, contract terms, phone contract, mobile contract, contract renewal, out of contract, end of contract, vertrag, vertrags*, verträge*, kündigung*, kündigen, kündige, kündigt, gekündigt, abo@de, abos@de, abonnement, abonnements, mitgliedschaft*, résiliation, résilier, suscripción, suscripciones, abbonamento, abbonamenti, assinatura@pt',
    'contract, contracts, contrat, contrats, contrato, contratos, contratto, contratti + cancel*, terminat*, renew*, monthly, month*, 12-month, 24-month, expire*, signed, tariff*, provider, customer*, clause*, notice, loan*, insur*, mortgage*, account, phone, mobile, sim, broadband, mon, notre, votre, mois, opérateur, client*, resil*, résil*, abonn*, assur*, mi, nuestro, su, meses, permanencia, cancelar, seguro*, mio, nostro, vostro, mesi, disdetta, disdire, assicura*, meu, nosso, seu, rescis*',
    'cancellation, cancellations + subscription*, contract*, membership*, policy, notice',
  ),
  aspect(
    'safety',
    'safety, dangerous, danger, fire, smoke, injured, injury, burn, burned, burnt, recall, sicherheit, gefährlich, brand@de, rauch, verletzt, rückruf*, sécurité, dangereux, seguridad, peligroso, sicurezza, pericoloso, segurança, perigoso',
  ),
  aspect(
    'privacy',
    'privacy, data breach, data leak, personal data, gdpr, hacked, datenschutz, datenleck, dsgvo, gehackt, confidentialité, rgpd, privacidad, privacidade',
  ),
]
