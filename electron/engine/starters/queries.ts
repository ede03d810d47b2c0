/**
 * Queries of the starter rules, in English and German. They find what a person would call obvious; the intent of the
 * classifier finds the rest. Wildcards stand at the end of a word only: those are cheap.
 */
const or = (...parts: string[]): string => parts.join(' OR ')

export const safetyQuery = or(
  '((burn* OR scald* OR injur* OR hurt* OR bleed* OR electrocut* OR poison* OR choke*) AND (hand OR hands OR finger* OR face OR skin OR child* OR baby OR doctor OR hospital OR ambulance)) OR "burned me" OR "burnt me" OR "hurt me" OR "injured me"',
  '(exploded OR "caught fire" OR "on fire" OR smoke) AND (machine OR device OR battery OR charger OR car OR phone OR brigade)',
  '"product recall" OR "safety hazard" OR "electric shock" OR "food poisoning"',
  '("broke my" OR "broken my" OR "broke his" OR "broke her" OR "fractured my" OR "sprained my" OR "cut my" OR "cut his" OR "cut her" OR "chipped my" OR "crushed my" OR "bruised my") AND (toe OR toes OR foot OR arm OR leg OR wrist OR ankle OR knee OR rib OR ribs OR nose OR tooth OR teeth OR jaw OR finger* OR hand OR hands OR lip OR lips OR gum OR gums OR tongue OR mouth OR head)',
  '("piece of" OR "pieces of" OR "bits of" OR shard* OR splinter* OR sliver* OR shavings) AND (metal OR glass OR plastic OR wire OR rubber OR wood OR bone OR blade) AND (found OR finding OR inside OR "in my" OR "in our" OR "in her" OR "in his" OR swallow* OR chewed OR tooth OR teeth OR mouth)',
  '(maggot* OR cockroach* OR screw OR screws OR needle OR "razor blade" OR "rusty nail" OR "a mouse") AND (food OR drink OR coffee OR tea OR milk OR bread OR soup OR salad OR meal OR cereal OR sandwich OR "my bag" OR "my bottle" OR "the packet") AND (found OR inside OR "in my" OR "in the" OR "in our")',
  'verletzt OR verletzung OR verbrüht OR stromschlag OR vergiftet OR ((verbrannt OR verbrannte) AND (hand OR hände OR finger OR gesicht OR haut OR arzt OR ärztin OR krankenhaus OR kind))',
  'fremdkörper OR glassplitter OR metallsplitter OR metallspäne OR (("stück metall" OR metallstück OR metallteil OR "stück glas" OR scherbe OR scherben OR "stück plastik" OR plastikteil* OR "stück draht" OR schraube OR nadel OR maden OR kakerlake*) AND (gefunden OR fand OR drin OR "in der" OR "in meiner" OR "in meinem" OR "im essen" OR "im kaffee" OR verschluckt OR zahn))',
  '(zahn NEAR/4 (abgebrochen OR ausgebissen)) OR ((gebrochen OR verstaucht OR geprellt OR gequetscht OR aufgeschnitten) NEAR/5 (zeh OR zehe OR fuß OR arm OR bein OR handgelenk OR knöchel OR rippe OR nase OR zahn OR finger OR hand OR kiefer))',
  '(explodiert OR "fing feuer" OR brennt OR qualm OR feuerwehr OR notaufnahme) AND (gerät OR maschine OR akku OR ladegerät OR auto OR wegen)',
)

export const legalQuery = or(
  '"my lawyer" OR "our lawyer" OR "a lawyer" OR attorney OR "legal action" OR "see you in court" OR "class action" OR "small claims" OR "suing you" OR "sue you" OR "going to sue" OR "consumer protection" OR "data breach" OR GDPR',
  '"mein anwalt" OR "meinem anwalt" OR "unser anwalt" OR rechtsanwalt OR anzeige~ OR "strafanzeige" OR "klage einreichen" OR "rechtliche schritte" OR verbraucherschutz* OR verbraucherzentrale OR abmahnung OR datenleck OR DSGVO',
).replace('anzeige~ OR ', '')

export const pressQuery = or(
  '"press office" OR "press inquiry" OR "press enquiry" OR "press contact" OR "media inquiry" OR "media enquiry" OR "request for comment" OR ((journalist OR reporter OR editor OR newsroom) AND (comment OR statement OR deadline OR interview OR piece OR article OR story))',
  '"presseanfrage" OR pressestelle OR "bitte um stellungnahme" OR "um eine stellungnahme" OR redaktionsschluss OR ((journalist OR journalistin OR redakteur OR redakteurin OR redaktion) AND (stellungnahme OR interview OR artikel OR beitrag OR frist))',
)

/** Who says that the public will hear of it: before any desk that would mend the matter quietly. */
export const publicQuery = or(
  '"go to the press" OR "going to the press" OR "go to the media" OR "going to the media" OR "go to the papers" OR "going to the papers" OR "the press will" OR "the media will" OR "go public with" OR "going public with" OR "go public about"',
  '((tell OR telling OR inform* OR contact* OR "write to" OR "writing to" OR "go to" OR "going to" OR call OR calling OR "hear about" OR "hear of" OR "hear from" OR "read about" OR "talk to" OR "talking to") NEAR/6 ("the press" OR "the media" OR newspaper* OR journalist* OR reporter* OR "tv station" OR "news station" OR "local news" OR broadcaster OR tabloid*))',
  '((gehe OR gehen OR geht OR wende OR wenden OR melde OR informiere OR informieren OR schreibe OR schreiben OR erzähle OR kontaktiere OR erfährt OR hört OR liest) NEAR/6 ("die presse" OR "der presse" OR "zur presse" OR "die zeitung" OR "der zeitung" OR "zur zeitung" OR "das fernsehen" OR "dem fernsehen" OR "zum fernsehen" OR "die medien" OR "den medien" OR journalisten OR "die öffentlichkeit" OR "der öffentlichkeit"))',
)

export const leadQuery = or(
  '((we OR our OR company OR companies OR business OR office* OR hotel* OR team OR guests) AND ("would like to buy" OR "looking to buy" OR "want to replace" OR "wants to replace" OR quote OR "price list" OR "send prices" OR "business contract*" OR "sell to companies" OR "sell to businesses" OR "rental offer*" OR "bulk order" OR wholesale OR "we would like" NEAR/6 (machines OR units OR licences OR licenses OR pieces)))',
  '"who do we talk to" OR (whom NEAR/4 "we talk to") OR (who NEAR/4 "we talk to") OR "contact sales" OR "talk to sales" OR "looking for a supplier" OR ("looking for" NEAR/4 partner) OR "business contracts" OR "volume discount*"',
  '((wir OR unser* OR firma OR firmen OR büro OR büros OR hotel* OR praxis OR unternehmen OR gäste OR gästen) AND (angebot OR angebote OR kostenvoranschlag OR preisliste OR mieten OR miete OR mietangebot* OR rahmenvertrag OR großbestellung OR zusammenarbeiten OR leasing OR geschäftskunden* OR mengenrabatt OR ansprechpartner OR "an unternehmen" OR "an firmen"))',
  '"an wen wenden wir uns" OR "wer ist ansprechpartner" OR (wer NEAR/5 ansprechpartner) OR "ansprechpartner für firmen" OR ("wir suchen" NEAR/4 (maschinen OR geräte OR partner OR lieferanten))',
)

export const jobQuery = or(
  '((are OR is) AND hiring) OR "open position*" OR "job opening*" OR internship* OR "apply for a job" OR "applied at" OR "work for you" OR "career page" OR vacanc*',
  '"stellt ihr ein" OR "stellen frei" OR "offene stelle*" OR praktikum OR praktika OR ausbildungsplatz OR werkstudent* OR bewerbung OR "bei euch arbeiten" OR "bei euch beworben" OR initiativbewerbung',
)

export const churnQuery = or(
  '"cancelling my" OR "canceling my" OR "cancel my" OR "cancelled my" OR "delete my account" OR "switching to" OR "switching from" OR "never again" OR "last time i" OR "lost a customer" OR "lost me as" OR "done with"',
  'kündige OR kündigen OR gekündigt OR "konto löschen" OR "account löschen" OR "wechsle zu" OR "wechsele zu" OR "nie wieder" OR "letztes mal" OR "das war’s" OR "einen kunden verloren"',
)

export const technicalQuery = or(
  'crash* OR error OR bug OR bugs OR broken OR fails OR failing OR failed OR "keeps declining" OR declined OR "refuses my card" OR "let me pay" OR "logged out" OR outage OR offline OR "not working" OR "doesn\'t work" OR "does not work" OR "stopped working" OR "can\'t log in" OR "cannot log in" OR "can\'t pay" OR "cannot pay" OR "payment declined" OR "logs me out" OR "site is down" OR "app is down"',
  '"geht nicht" OR "funktioniert nicht" OR "stürzt ab" OR abgestürzt OR absturz OR fehlermeldung OR fehlercode OR störung OR "nicht einloggen" OR "nicht anmelden" OR "nicht bezahlen" OR "zahlung abgelehnt" OR ausgefallen OR kaputt OR "schlägt fehl" OR fehlgeschlagen OR abgelehnt OR "lehnt meine karte" OR "meldet mich ab"',
)

export const complaintQuery = or(
  'complaint OR complain* OR refund* OR "money back" OR "charged twice" OR "double charge*" OR overcharged OR unacceptable OR disgusting OR "worst service" OR "customer service" OR "no answer" OR "nobody answers" OR "on hold" OR rude OR late OR lost OR delayed OR damaged OR leaks OR scam',
  'beschwerde OR beschwere OR reklamation OR reklamier* OR erstattung OR erstattet OR rückerstattung OR "geld zurück" OR "doppelt abgebucht" OR "zweimal abgebucht" OR unverschämt* OR frechheit OR kundenservice OR kundendienst OR warteschleife OR "keine antwort" OR "niemand antwortet" OR unfreundlich OR verspätet OR beschädigt OR abzocke',
)

export const questionQuery = or(
  'is:question AND ("how do i" OR "how can i" OR "how long" OR "where can i" OR "can you" OR "could you" OR "do you" OR "does anyone" OR "does anybody" OR "is there a" OR help OR support)',
  'is:question AND ("wie kann ich" OR "wo kann ich" OR "wie lange" OR "könnt ihr" OR "habt ihr" OR "gibt es" OR "weiß jemand" OR hilfe OR warum OR wann)',
)

export const wishQuery = or(
  '"feature request" OR "would be great if" OR "would love to see" OR "i wish" OR "please add" OR "any plans to" OR "suggestion:"',
  '"wäre toll wenn" OR "wäre schön wenn" OR "ich wünsche mir" OR "bitte baut" OR verbesserungsvorschlag OR "vorschlag:" OR "plant ihr"',
)
