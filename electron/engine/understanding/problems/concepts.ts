/**
 * A small dictionary of what faults are about, in English, German, French, Spanish, Italian, Portuguese and Dutch: words of one line mean the
 * same. It is the bridge over which complaints in different languages find each other; product names, numbers and addresses are
 * written alike anyway. `*` at the end stands for any ending. A word stands in one line only.
 */
const lines = `
login log-in signin anmeld* einlogg* eingeloggt anmeldung connexion connecter sesión acceder accesso accedere inlog* aanmeld*
password passwords passwort passwörter kennwort contraseña* senha senhas wachtwoord*
account accounts konto konten compte comptes cuenta cuentas conta contas
app apps application applis applicazione aplicación aplicativo anwendung
update updates updated upgrade aktualisier* aktualisierung jour actualización actualizar aggiorna* atualiza* bijgewerkt
crash crashes crashed crashing abstürz* absturz abgestürzt stürzt plante planter plantage bloquea falla arresto crasha trava travou travando
down outage offline ausfall ausgefallen störung* panne caída caído caiu guasto blackout storing
error errors fehler fehlermeldung erreur erreurs errore errori erro erros fout foutmelding
broken broke kaputt defekt* cassé cassée roto rota rotto rotta quebrado quebrada kapot
slow slowly langsam lent lente lento lenta traag
website webseite website sito página
delivery deliver delivered deliveries delivering liefer* geliefert lieferung* zustellung livraison* livré livrée livrer entrega* entregado entregue consegna* bezorg* geleverd
parcel parcels package packages paket* päckchen sendung colis paquete* pacco pacchi encomenda* pakket* pakje
order orders ordered bestell* bestellung* commande* commandé pedido* ordine ordini ordinato encomendei besteld*
late delay delays delayed verspät* verspätung* retard* retraso* retrasado ritardo ritardi atraso* atrasado vertraag* vertraging
lost missing verloren verlor perdu perdue perdido perdida perso persa kwijt
refund refunds refunded erstatt* rückerstattung* rembours* reembolso* rimbors* terugbetal*
charged charge charges debited abgebucht abbuchung* débité prélevé cobrado cobraron cobrança addebit* cobrou afgeschreven
twice double doppelt zweimal deux doble due duas dubbel
pay payment payments paying bezahl* zahlung* zahlen paiement* payer pago pagos pagar pagamento pagamenti pagare betal*
card cards karte karten kreditkarte carte cartes tarjeta* carta cartão kaart
declined rejected abgelehnt refusé refusée rechazad* rifiutat* recusad* geweigerd
invoice bill billing rechnung* facture* factura* fattura fatture fatura* factuur
battery batteries akku* batterie* batería* batteria bateria accu
charger charging charges ladegerät* laden chargeur* cargador* caricabatteri* carregador* oplader
hot heats overheating heat heiß heiss überhitz* chaud chauffe chauffent caliente calienta caldo scalda quente esquenta esquentando heet
fire burning burnt burn smoke brand brennt verbrannt rauch feu brûle brûlé fumée fuego quema quemado humo fuoco brucia bruciato fumo fogo queimado brandt rook
leak leaks leaking undicht leck tropft fuite fuit gotea fuga perde vazamento vaza lekt
water wasser eau agua acqua água
noise noisy loud laut lärm bruit bruyant ruido rumore barulho lawaai
screen display bildschirm écran pantalla schermo tela scherm
sound audio ton klang son sonido audio suono som geluid
camera kamera caméra cámara fotocamera câmera
button buttons taste knopf bouton botón pulsante botão knop
machine machines maschine* machine máquina macchina
flight flights flug flüge vol vols vuelo vuelos volo voli voo voos vlucht*
cancelled canceled cancel storniert gestrichen annulé annulée cancelado cancelada cancellato cancellata geannuleerd
train trains zug züge bahn tren trenes treno treni trem trein
luggage baggage bag bags suitcase gepäck* koffer* bagage* valise* equipaje maleta* bagagli* valigia bagagem mala
internet broadband wlan wifi
signal empfang netz réseau señal segnale sinal bereik
support hotline helpdesk kundendienst kundenservice assistance asistencia assistenza suporte klantenservice
phone call telefon anruf* téléphone llamada* telefono telefone telefoon
wait waiting waited queue warten warte gewartet warteschleife attendre attends attente espera* esperando attesa aspetto wacht* wachten
price prices preis preise prix precio* prezzo prezzi preço* prijs prijzen
expensive overpriced teuer teurer cher chère caro cara costoso duur
contract vertrag* contrat* contrato* contratto contract
subscription abo abonnement* suscripción abbonamento assinatura
size größe grösse taille talla taglia tamanho maat
return returned zurückgeben zurückgeschickt rückgabe retoure* retour devolución devolver reso devolução retourneren
voucher coupon code gutschein* bon cupón buono cupom kortingscode
filter filters filtre filtro filtri
pump pumpe* pompe bomba pompa
coffee kaffee café caffè koffie
milk milch lait leche latte leite melk
allergic allergy rash allergi* ausschlag éruption alergia alérgic* uitslag
taste tastes schmeckt geschmack goût sabor gusto smaak
smell smells stinks riecht gestank stinkt odeur pue olor huele odore puzza cheiro ruikt
dirty filthy dreckig schmutzig sale sucio sporco sujo vies
mould mold moldy schimmel* moisi moho muffa mofo
data daten données datos dati dados gegevens
`

const BEGINNING = 4
const exact = new Map<string, number>()
const beginnings = new Map<string, { start: string; concept: number }[]>()
/** The concept of words that begin so; null: it begins words of several lines, as `char` does charges and chargers. */
const byBeginning = new Map<string, number | null>()
lines
  .trim()
  .split('\n')
  .forEach((line, at) => {
    for (const word of line.split(' ')) {
      const four = word.slice(0, BEGINNING)
      const other = byBeginning.get(four)
      byBeginning.set(four, other === undefined || other === at + 1 ? at + 1 : null)
      if (!word.endsWith('*')) {
        // The first line that has a word keeps it.
        if (!exact.has(word)) exact.set(word, at + 1)
        continue
      }
      const start = word.slice(0, -1)
      const key = start.slice(0, BEGINNING)
      beginnings.set(key, [...(beginnings.get(key) ?? []), { start, concept: at + 1 }])
    }
  })

/** The number of what a word (lower case) means; 0: none of these. */
export function conceptOf(word: string): number {
  const found = exact.get(word)
  if (found !== undefined) return found
  if (word.length < BEGINNING) return 0
  for (const { start, concept } of beginnings.get(word.slice(0, BEGINNING)) ?? [])
    if (word.startsWith(start)) return concept
  return 0
}

/** Whether words that begin as this one does mean different things. */
export const beginsAmbiguously = (word: string): boolean => byBeginning.get(word.slice(0, BEGINNING)) === null

const signing = /^(log|logs|logging|logged|sign|signs|signing|signed)$/
export const inOrOut = new Set(['in', 'into', 'on', 'out', 'off'])
/** `log in`, `signed me out`: two words for what `login` says in one. A log alone is a book. */
export const saysSignIn = (word: string, next = '', afterNext = ''): boolean =>
  signing.test(word) && (inOrOut.has(next) || inOrOut.has(afterNext))

/** What says by itself which fault it is; of most others ("app", "broken", "order") many faults have a share. */
export const conceptsTellingAlone: readonly number[] = [
  'login',
  'crash',
  'outage',
  'declined',
  'charged',
  'leak',
  'mould',
  'allergic',
].map(conceptOf)
