import type { Aspect } from './aspects.ts'

const aspect = (name: string, words: string): Aspect => ({ name, words: words.split(', ') })

/** What customers of most companies write about, in English, German, French, Spanish, Italian and Portuguese. */
export const starterAspects: readonly Aspect[] = [
  aspect(
    'delivery',
    'delivery, deliveries, delivered, delivering, shipping, shipment, shipped, parcel, package, courier, tracking, lieferung, geliefert, liefer*, paket*, versand*, zustellung, bote, livraison, livré, colis, envío, entrega, entregado, paquete, spedizione, consegna, pacco, encomenda',
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
    'staff, employee, employees, crew, driver, agent, cashier, waiter, waitress, manager, personal, mitarbeiter*, fahrer*, verkäufer*, kellner*, personnel, vendeur, empleado*, personale, impiegato, funcionário*, atendente',
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
    'quality, broken, defect, defective, faulty, broke, damaged, qualität, kaputt, defekt*, beschädigt, qualité, cassé, calidad, roto, rota, qualità, rotto, rotta, qualidade, quebrado, quebrada',
  ),
  aspect(
    'battery',
    'battery, batteries, charger, charging, akku*, batterie*, ladegerät*, batería, cargador, batteria, caricabatterie, bateria, carregador',
  ),
  aspect(
    'availability',
    'available, unavailable, sold out, out of stock, in stock, stock, ausverkauft, verfügbar*, lieferbar, vergriffen, disponible, agotado, disponibile, esaurito, disponível, esgotado',
  ),
  aspect(
    'network',
    'outage, network, signal, internet, wifi, wi-fi, broadband, coverage, roaming, netz, empfang, ausfall, störung, wlan, réseau, panne, cobertura, rete, sinal',
  ),
  aspect(
    'delay',
    'delay, delays, delayed, late, waiting, cancelled flight, canceled, cancelled, verspät*, verspätung, storniert, ausgefallen, retard, retardé, annulé, retraso, cancelado, ritardo, cancellato, atraso, atrasado',
  ),
  aspect(
    'baggage',
    'baggage, luggage, suitcase, bag, bags, gepäck*, koffer*, bagage*, valise, equipaje, maleta, bagaglio, valigia, bagagem, mala',
  ),
  aspect(
    'return',
    'return, returns, returned, exchange, rückgabe, umtausch*, retoure*, zurückgeschickt, retour, échange, devolución, cambio, reso, devolução, troca',
  ),
  aspect(
    'contract',
    'contract, subscription, cancellation, membership, vertrag*, kündig*, abo, abonnement, mitgliedschaft, contrat, résiliation, contrato, suscripción, contratto, abbonamento, assinatura',
  ),
  aspect(
    'safety',
    'safety, dangerous, danger, fire, smoke, injured, injury, burn, burned, burnt, recall, sicherheit, gefährlich, brand, rauch, verletzt, rückruf*, sécurité, dangereux, seguridad, peligroso, sicurezza, pericoloso, segurança, perigoso',
  ),
  aspect(
    'privacy',
    'privacy, data breach, data leak, personal data, gdpr, hacked, datenschutz, datenleck, dsgvo, gehackt, confidentialité, rgpd, privacidad, privacidade',
  ),
]
