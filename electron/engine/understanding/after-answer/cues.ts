/**
 * Turns of phrase that tell, in seven languages, what a message after an answer means; the same turn in another language is the same cue, so
 * that what is learned in one counts in all. The words of all languages are looked for together: a short text's own language is a guess.
 */
const patterns = {
  /** Works, is solved, has come. */
  settled: [
    "work(?:s|ed|ing)(?! on it)|makes sense|now i (?:get|see|understand)|i (?:get|see|understand)(?: it)? now|(?:all|perfectly|completely|everything is) clear|clears (?:everything|it|that) up|all understood|all i needed|fixed|sol?ved|sorted|resolved|back (?:online|up|on|to|in|again)|up and running|all (?:good|fine|well|set|ok|clear now)|got it|received|arrived|did the trick|again now|runs|running|found (?:it|the)|(?:answers|answered) (?:my|it|the)|it'?s here|unblocked|helped|letting me in|lets me in|booked and paid|hit my account|loads? (?:fine|now|again)|(?:have|has|had) \\w+ (?:water|power|heat|again)|(?:we have|there is) (?:water|power|heat|internet)|moves again|lights? (?:are|is) on|prints|handed (?:it )?over|all clear|explains it|hot showers?|good as gold|quiet(?:er)? now|(?:exactly|just) what i (?:needed|wanted)|as promised|no issues|in my account|changed|replaced|confirm(?:ing|ed)?|went through|(?:is|was|get) accepted|connects|credited|consider it done|complete|spot on|flawless|second (?:attempt|try)|that'?s the one|(?:we|i)(?:'re| are|'m| am) (?:live|online|in|happy|delighted|over the moon)|humming|can be closed|shows (?:up )?(?:now|in)|(?:problem|error|noise|issue|message|fault|flicker\\w*)s? (?:(?:is|has|are) )?gone|is (?:back|here|fine|right|warm|correct)|can \\w+ again|opens? again|as good as new|smoothly|cleared up|(?:is|are|looks|shows up) (?:all )?(?:right|correct|correctly)|that was it|like (?:new|a charm|a dream)|refunded|(?:bill|amount|invoice|total) (?:is |looks )?(?:now )?(?:right|correct)|in order|starts again|fits|as it should|money (?:is|came) back|taken care of|came through|no worries now",
    "läuft|lief(?! (?:eine|zwei|nur|kurz))|(?:jetzt|nun) (?:verstehe|kapiere) ich|(?:jetzt|nun|damit|so) (?:ist )?(?:mir )?(?:alles|das|es) (?:mir )?klar|wollte ich wissen|hat sich erledigt|das war's von|geht (?:es )?(?:wieder|jetzt|nun)|geht'?s (?:wieder|jetzt)|funktioniert|klappt|geklappt|gelöst|erledigt|behoben|repariert|angekommen|eingegangen|erhalten|ist (?:wieder )?(?:da|zurück|drauf|behoben|geregelt)|wieder (?:da|warm|ok|online|normal|gut|in ordnung|strom|internet|\\w+en)|passt|stimmt|alles (?:gut|super|bestens|paletti|ok|in ordnung|wieder|da|angekommen)|geklärt|geholfen|gefunden|hab'?s|(?:fehler|problem|geräusch|störung|meldung|brummen|flackern) (?:(?:ist|sind) )?(?:jetzt |nun )?(?:weg|verschwunden)|(?:fährt|bezahlt|druckt|brennt|zeigt|spielt|schließt|öffnet|heizt|kühlt|startet|läutet|empfängt|lädt|bucht|sperrt) (?:wieder|jetzt|es|alles)|(?:er|sie|es) druckt|(?:licht|lampe) brennt|schlüssel sperrt|abgegeben|zugestellt|in der mail gewesen|geht(?= ?[.!,]|$)|bestätig\\w+|getauscht|ausgetauscht|ersetzt|wie versprochen|(?:ging|gegangen|geht) (?:jetzt )?durch|angenommen|verbindet sich|gutgeschrieben|vollständig|glücklich|begeistert|zufrieden|tadellos|eingetrudelt|rückzahlung ist|einwandfrei|perfekt angekommen|zweiten (?:anlauf|versuch)|genau das war(?: es)?|kann zu|weitergeholfen|geritzt|steht (?:jetzt )?(?:richtig |wieder )?(?:drin|in der)|warm|beantwortet|richtig|korrekt|das war's|wie (?:neu|geschmiert|am schnürchen)|erstattet|gutgeschrieben|in ordnung|bekommen|wunderbar|startet wieder|im griff|heil|drin",
    'ahora (?:lo |ya )?entiendo|(?:queda|quedó|ha quedado) (?:todo |muy )?clar\\w+|quería saber|es todo por mi parte|ya (?:me |nos |lo |la |se |no )?(?:llegó|llegaron|funciona\\w*|va|está|están|puedo|podemos|quedó|tengo|tenemos|salió|imprime|arregl\\w+|ha|hay|entra|anda)|funcion(?:a|ó|ando)|solucion(?:ad[oa]s?|ó)|resuelt[oa]s?|arregl(?:ó|ad[oa]s?)|todo (?:bien|perfecto|ok|en orden|solucionado|correcto|listo|funciona)|recib(?:id[oa]s?|í)|ha (?:llegado|vuelto)|me (?:ha )?lleg(?:ó|ado)|llegó|volvió|correct[oa]|eso era|confirm(?:o|ado)|ya (?:\\w+ )?(?:sube|baja|imprime|enciende|abre|carga|calienta|enfría|suena|ve)|responde a mi (?:pregunta|duda)|encontrad[oa]|justo lo que|correctamente|corregid[oa]|luz puesta|entregar(?:on)?|entregad[oa]|lo entiendo|va bien|como nuev[oa]|vuelve a \\w+|volvieron|cambiad[oa]|abre (?:normal|bien)|en hora|(?:el pago|la compra) (?:ya )?pasó|ya lo acepta|acepta|se conecta|abon(?:ó|ado)|complet[oa]s|feli(?:z|ces)|content[oa]s?|impecable|a la (?:segunda|primera)|asunto (?:zanjado|arreglado|cerrado)|me ayudó|en línea|vuelvo a ver|de maravilla|como la seda|reembols(?:o hoy|ad[oa]|aron)|devolvieron|ha quedado|en orden|(?:calienta|va|anda|funciona|entra) (?:otra vez|de nuevo)|encaja|desbloquead[oa]|listo',
    "je comprends (?:mieux|maintenant)|tout est clair|c'est (?:très |plus )?clair|voulais savoir|(?:sera|est) tout pour moi|(?:ça|cela|tout|il|elle) (?:re)?(?:marche|fonctionne|roule|tourne)|refonctionne|remarche|tout (?:est )?(?:rentré|réglé|bon|ok|va bien|arrivé)|c'est (?:bon|réglé|réparé|arrangé|résolu|revenu|tout bon)|ça a marché|résolue?|réglée?|réparée?|corrigée?|reçue?|(?:est|sont) (?:bien )?(?:arrivée?s?|revenue?s?)|remboursée?|à nouveau|de nouveau|nickel|impec\\w*|trouvée?|correcte?|c'était ça|imprime|s'(?:ouvre|affiche|allume|imprime) (?:normalement|correctement|bien|à nouveau)|dossier clos|rallumée?|me (?:le|la) remettre|tout compris|remplacée?|changée?|confirme|débloqué|remonte|rechauffe|redémarr\\w+|comme neuve?|comme prévu|je l'ai|(?:est|a été) (?:passée?|acceptée?|créditée?)|se connecte|complets?|contente?s?|ravie?s?|parfaite?(?=$|[ !.,])|(?:deuxième|seconde|première) (?:fois|tentative)|affaire (?:classée|réglée)|m'a aidée?|(?:peut|peuvent) être fermée?s?|en ligne|revois|répond à ma question|juste|débloquée?|comme neuf|en ordre|au quart de tour|remboursement (?:est )?(?:arrivé|reçu)|livrée?|rétablie?|opérationnel\\w*",
    '(?:ora|adesso) capisco|tutto chiaro|volevo sapere|da parte mia è tutto|chiarit[oa]|funziona(?:no)?|ha funzionato|risolt[oaie]|tutto (?:a posto|ok|bene|risolto|funziona|sistemato|arrivato|in ordine)|sistemat[oa]|riparat[oa]|arrivat[oaie]|tornat[oa]|(?:adesso|ora) (?:va|funziona|tutto)|ripartit[oa]|ricevut[oa]|riesco (?:di nuovo|a)|di nuovo|trovat[oa]|a posto|corrett[oa]|era (?:quello|questo)|risponde alla mia|stampa|si (?:apre|vede|accende) (?:normalmente|bene|giusta?)|va che|parte subito|(?:caso|questione|pratica) chius[oa]|accesa|consegnat[oa]|capito tutto|come nuov[oa]|confermo|cambiat[oa]|sostituit[oa]|sale|scalda|(?:è|sono) passat[oa]|accettat[oa]|si collega|complet[oi]|felic[ei]|content[oaie]|impeccabile|al (?:primo|secondo) (?:colpo|tentativo)|pratica chiusa|mi ha aiutat[oa]|si può chiudere|online|rivedo|benissimo|a meraviglia|rimborsat[oa]|rimborso arrivato|sbloccat[oa]|calza|perfettamente|accreditat[oaie]|torna|ripristinat[oa]|in ordine',
    'werkt|doet het|nu (?:snap|begrijp) ik|(?:helemaal|alles) duidelijk|wilde ik weten|alles van mijn kant|opgelost|gelukt|lukt|lukte|geregeld|verholpen|gerepareerd|(?:is|zijn) (?:er(?! nog)|binnen|terug|aangekomen|in orde|hersteld)|in orde|alles (?:goed|werkt|ok|oké|binnen|heel)|klopt|ontvangen|(?:probleem|fout|geluid|storing|melding) is (?:weg|verdwenen)|gevonden|weer (?:\\w+)|hersteld|correct|op mijn rekening|de lift gaat|beantwoord|print|brandt|is aan|heb hem|staat (?:er )?(?:nu )?goed|afgerond|afgegeven|bezorgd|snap ik|als nieuw|bevestig|vervangen|gewijzigd|dat was het(?= ?[,.!]|$)|ging (?:nu )?door|geaccepteerd|verbindt|compleet|blij|bijgeschreven|perfect|(?:eerste|tweede) keer|afgesloten|(?:dat )?hielp|live|als (?:nieuw|een zonnetje|een trein)|teruggestort|terugbetaald|past|gefikst|binnen|gekregen',
    'funcion(?:a|ou|ando|am)|agora (?:entendi|entendo|percebi|percebo)|(?:tudo|ficou|está) clar[oa]|queria saber|da minha parte é só|esclarecid[oa]|resolvid[oa]s?|resolveu|tudo (?:certo|ok|bem|resolvido|em ordem|funcionando|solucionado|normal)|cheg(?:ou|aram)|voltou|consertad[oa]|corrigid[oa]|arranjad[oa]|deu certo|recebi|já (?:consigo|temos|está|chegou|funciona|tenho|deu)|ao normal|(?:problema|erro|barulho) (?:já )?sumiu|achei|encontrei|caiu na conta|certinh[oa]|corret[oa]|correct[oa]|era isso|agora tá|responde à minha|já (?:sobe|imprime|lava|liga|abre|carrega|aquece)|inteiro|abre normal|liga na hora|acesa|entregar|entregue|entendi tudo|como nov[oa]|confirmo|trocad[oa]|imprimiu|banho quente|substituíd[oa]|(?:pagamento|compra) passou|aceite|aceito|conecta|creditad[oa]|complet[oa]s|feliz|impecável|(?:de|na) (?:primeira|segunda)|encerrad[oa]|isso ajudou|no ar|(?:está|ficou|tudo) ótimo|às mil maravilhas|reembolsad[oa]|devolvid[oa]|encaixa|bate|desbloquead[oa]|recebid[oa]|restabelecid[oa]',
  ],
  thanks: [
    'thanks|thank you|thx|ty|cheers|ta|much appreciated|danke\\w*|vielen dank|besten dank|lieben dank|herzlichen dank|merci|gracias|grazie|bedankt|dank|dank je|dank u|obrigad[oa]|obg|valeu|grat[oa]|🙏',
  ],
  question: [
    'how|when|where|which|why|who|what (?:do|about|is|are)|do i|can i|could i|shall i|wann|wo|wohin|wie (?:lange|kann|komme|geht)|warum|wieso|welche\\w*|muss ich|kann ich(?! bestätigen| nur)|soll ich|cuándo|cuanto|cuánto|dónde|cómo|qué hago|por qué|quién|puedo (?:quedar|mantener)|quand|où|comment|combien|pourquoi|quel(?:le)?s? (?!rapid|bon|belle|service|super|soulag)|puis-je|dois-je|est-ce que|quando|dove|perch[éè]|quanto|quale|devo|posso|wanneer|waar|waarom|hoe|welk[e]?|mag ik|moet ik|wat moet|onde|como faço|por que|quem paga|qual|cuál(?:es)?',
  ],
  contrast: [
    'but|however|shame about|too bad|pity|nur schade|schade|toutefois|no obstante|dommage|lástima|jammer|(?:que )?pena|all the same|even so|nonetheless|trotzdem|dennoch|quand même|lo stesso(?= ?(?:$|[.,!]))|toch|do mesmo jeito|mesmo assim|aun así|de todos modos|though|although|except|unfortunately|sadly|only when|only if|aber|jedoch|allerdings|leider|jetzt dafür|nur (?:mit|ohne|wenn|am|im|noch)|bloß|sondern|pero|aunque|sin embargo|lamentablemente|desgraciadamente|por desgracia|salvo|excepto|(?<!não [^.!?]*|nao [^.!?]*|nada |sem |por )mais(?! vale)|par contre|en revanche|cependant|pourtant|malheureusement|hélas|sauf|seulement|ma|però|tuttavia|purtroppo|tranne|peccato|maar|echter|helaas|behalve|mas|porém|contudo|no entanto|infelizmente|só que|exceto',
  ],
  stillThere: [
    "still|(?<!not )yet|(?:same|another) (?:error|message|problem|noise|fault)|immer noch|noch immer|weiterhin|nach wie vor|besteht|schon wieder|wieder (?:tot|kaputt|derselbe|dasselbe|das gleiche|der gleiche|defekt|aus|down)|erneut|noch da|sigue|siguen|todavía|aún|persiste|de nuevo (?:mal|caído)|otra vez (?:caído|el mismo|mal|igual|roto)|toujours|encore|ancora|di nuovo (?:ferm\\w+|rott\\w+|giù)|un'altra volta|nog steeds|nog altijd|weer (?:plat|stuk|kapot|dubbel|dezelfde|hetzelfde|uit|weg)|ainda|continua(?:m|mos)?|continuo|de novo (?:o mesmo)?(?= ?(?:caiu|parou))|(?:caiu|parou) de novo|outra vez o mesmo|mesm[oa] (?:erro|mensagem|problema|coisa)|mism[oa] (?:error|mensaje|problema)|même (?:erreur|message|problème|bruit)|stess[oa] (?:errore|messaggio|problema|rumore)|dezelfde (?:fout|melding)|hetzelfde (?:probleem|geluid)",
  ],
  negation: [
    "not|no(?! (?:rush|worries))|nope|never|nobody|nothing|none|cannot|\\w+n't|dont|doesnt|cant|wont|isnt|didnt|unable|nicht|nichts|nix|kein(?:e|en|em|er|es)?|nie|niemand|nein|nö|nee|nada|nunca|nadie|ningun[oa]?|ningún|tampoco|ni|ne|n'\\w+|pas|rien|jamais|personne|aucune?|non|niente|nulla|mai|nessun[oa]?|neanche|niet|niets|niks|geen|nooit|nergens|não|nao|ninguém|nenhuma?|nem",
  ],
  /** What has yet to be seen. */
  pending: [
    "i'll|we'll|ill|will|i expect|pass(?:ed|ing)? (?:it|this|that) on|forward(?:ed|ing) (?:it|this)|hope it (?:lasts|holds)|going to|gonna|tonight|later|tomorrow|(?<!just to |wanted to )let you know|give it a (?:go|try)|giving it|let me (?:see|check|try)|let's see|we'll see|fingers crossed|looking forward|report back|get back to you|on monday|(?:see you|until|till) (?:on )?(?:monday|tuesday|wednesday|thursday|friday|then|soon)|updating|waiting|await|so far|for a few days|once (?:i|the|we|it|my)|trying|downloading|keep you posted|when i(?:'m| am| get)",
    'heute abend|nachher|erwarte|leite (?:das|es|dies)|hoffen wir|später|(?<!heute |guten )morgen(?! früh)|probiere?|versuche?|teste?|ausprobieren|melde mich|gebe? bescheid|warte?|mal sehen|schauen wir|werde|beobachte?|schau(?:e)?|gucke?|sobald|bisher|bis jetzt|drück\\w* die daumen|freu mich drauf|bis (?:dann|bald|montag|dienstag|mittwoch|donnerstag|freitag|nachher|später)|lädt gerade|nächste woche',
    'esta noche|(?:lo|se lo) paso a|lo miro|esperemos|hasta (?:el )?(?:lunes|martes|miércoles|jueves|viernes|luego|entonces)|luego|más tarde|(?<!esta |la |por la )mañana|pruebo|probaré|intentaré|voy a|os digo|les (?:digo|cuento|aviso)|te aviso|aviso|espero|(?<!vuelvo |vuelto |puedo )a ver|(?:se )?está actualizando|quedo (?:a|pendiente)|después(?! de)|de momento|por ahora|cuando (?:llegue|pueda)|cruzo los dedos',
    "ce soir|je transmets|espérons|à (?:lundi|mardi|mercredi|jeudi|vendredi|bientôt)|en cours|plus tard|demain|je teste\\w*|tester|j'essa\\w+|je vais|vous (?:re)?dis|tiens? au courant|j'attends|on verra|dès que|pour l'instant|en rentrant|je regarde\\w*|je vérifie\\w*|la semaine prochaine|je croise",
    'stasera|(?:lo|la) (?:giro|inoltro|passo) (?:a|alla|al)|speriamo|a (?:lunedì|martedì|mercoledì|giovedì|venerdì|presto|dopo)|aggiornando|più tardi|domani|provo|proverò|ci provo|vi (?:dico|aggiorno)|faccio sapere|aspetto|attendo|vediamo|appena (?:rientro|posso|torno)|per ora|controllo|controllerò|guardo|incrocio|prossima settimana',
    'vanavond|stuur (?:het|dit) door|hopen dat|tot (?:maandag|dinsdag|woensdag|donderdag|vrijdag|dan|straks)|updaten|straks|morgen(?=[^a-z])|probeer|ga ik|laat (?:\\w+ )*(?:weten|horen)|wacht|eens kijken|zodra|tot nu toe|zal|hou|kijk (?:ik|er)|volgende week|duimen',
    'hoje à noite|(?:passo|encaminho) para|tomara|até (?:segunda|terça|quarta|quinta|sexta|logo|breve)|atualizar(?=$|[ .!])|mais tarde|amanhã|vou|testo|vou testar|aviso|aguardo|vamos ver|espera|quando chegar|por enquanto|verifico|confiro|mantenho|tento|semana que vem|próxima semana|dedos cruzados',
  ],
  request: [
    "in advance|im voraus|vorab|de antemano|d'avance|in anticipo|alvast|desde já|antecipad\\p{L}+|kindly|would it be possible|i'd be grateful|veuillez|vi prego|les ruego|please|pls|could you|can you|would you|i need|i'd (?:also )?like|i would like|i want|want my|send me|call me|bitte|könnten|können sie|könnt ihr|brauche|bräuchte|möchte|hätte gerne?|rufen sie|schicken sie|por favor|podrían|pueden|podéis|necesito|quiero|quisiera|llámen?me|s'il vous pla[iî]t|svp|pourriez|pouvez-vous|il me f(?:aut|audrait)|je (?:voudrais|souhaite|veux)|merci de(?! votre| ton| vos| l'| la )|merci d'(?!av)\\w+|rappelez|per favore|potreste|potete|vorrei|voglio|mi serv\\w+|chiamatemi|mandatemi|alstublieft|graag|kunt u|kunnen jullie|ik wil|nodig|bel me|podem|poderiam|preciso|quero|gostaria|ligu?em",
  ],
  more: [
    "by the way|btw|out of interest|in that case|quick question|übrigens|apropos|wo (?:ich|wir) (?:sie|euch|dich) gerade|dann (?:auch|bitte)|por cierto|ya que estamos|de paso|entonces (?:también|quít\\p{L}+)|au fait|à propos|tant que je vous|alors (?:retirez|annulez|remboursez)|a proposito|già che ci|allora (?:togliete|rimborsate)|trouwens|nu ik (?:je|u)|haal dan|aliás|a propósito|já agora|então (?:tirem|devolvam)|one more thing|another (?:thing|question)|also|now (?:the|my) (?:other|second|next)|(?:jetzt|nun)(?: ist| geht)? auch|auch noch|ahora tampoco|ahora también|maintenant .{1,20} aussi|adesso .{0,15}anche|nu .{1,20} ook|agora .{0,20}também|while i have you|noch (?:eine|was|etwas|eins)|außerdem|zusätzlich|otra cosa|además|autre chose|encore une|un'altra cosa|inoltre|nog (?:iets|een)|outra coisa|além disso|mais uma (?:coisa|pergunta|dúvida)",
  ],
  /** Came, but not as it should. */
  fault: [
    "forgot (?:the|my|to)|(?:hat|haben)(?: \\w+){0,4} vergessen|vergessen hat|(?:se )?olvid(?:ó|aron)|(?:a|ont) oublié|dimenticat[oa]|vergeten|esquece(?:u|ram)|twice|double|doppelte?[nrs]?|zweimal|dos veces|deux fois|due volte|dubbele?|tweemaal|duas vezes|otra persona|autre personne|outra pessoa|un altro|andere persoon|hangs|freezes|stays|remains|keeps|(?:is|are|still) (?:open|pending|outstanding)|scratch\\w*|crushed|previous|lasted|stranger|someone else|third|in writing|another week|a joke|came back|bleibt|hängt|offen|kratzer|vorgänger\\w*|hielt|fremden?|jemand(?:em)? ander\\w+|dritte[rsn]?|schriftlich|eine weitere woche|witz|gebrochen|zerdrückt|gesperrt|reste(?:nt)?|bloque|bloquée|en attente|rayée?|petite?|ancien modèle|a tenu|inconnu|quelqu'un d'autre|troisième|par écrit|une semaine de plus|blague|écrasé|resta(?:no)?|si blocca|bloccat[oa]|sospeso|graffiat[oa]|piccol[oa]|modello (?:vecchio|precedente)|durat[oa]|sconosciuto|terza|per iscritto|un'altra settimana|barzelletta|schiacciat[oa]|blijft|hangt|open|bekrast|klein|oude model|hield|vreemde|iemand anders|derde|op papier|nog een week|grap|geplet|gebroken|geblokkeerd|fica|segue|trava|pendente|arranhad[oa]|pequen[oa]|modelo (?:antigo|velho)|durou|terceir[oa]|por escrito|mais uma semana|piada|amassad[oa]|wrong(?! password)|missing|incomplete|broken(?! before)|damaged|defective|half of|too (?:small|big|late|long|short)|worse|dead|falsche?[nrs]?(?! passwort)|fehlt|fehlen|kaputt|defekt|beschädigt|unvollständig|zu (?:klein|groß|spät|wenig)|schlimmer|vergeblich|equivocad[oa]|falta|faltan|rot[oa]|dañad[oa]|incomplet[oa]|peor|queda|quedan en|se (?:cuelga|bloquea|apaga)|pendiente|arañazo|pequeñ[oa]|modelo (?:anterior|viejo|antiguo)|desconocido|duró|otra persona|tercera|por escrito|mauvaise?(?! mot)|manqu\\w*|cassée?|abîmée?|incompl[eè]te?|pire|en panne|sbagliat[oa]|manca(?:no)?|rott[oa]|danneggiat[oa]|incomplet[oa]|peggio|guast[oa]|verkeerde?(?! wachtwoord)|ontbre\\w*|kapot|stuk|beschadigd|onvolledig|slechter|errad[oa]|faltam?|quebrad[oa]|partid[oa]|danificad[oa]|pior|estragad[oa]",
  ],
  /** Said by a machine or by somebody who is away. */
  away: [
    'out of (?:the )?office|auto(?:matic|-)? ?(?:reply|response)|annual leave|we have received|will (?:respond|be processed)|nicht im büro|abwesen\\w*|im urlaub|automatische antwort|wird bearbeitet|bei uns eingegangen|fuera de la oficina|ausente|respuesta automática|de vacaciones|hemos recibido|absente?|en congés?|réponse automatique|nous avons bien reçu|fuori ufficio|in ferie|risposta automatica|abbiamo ricevuto|afwezig|op vakantie|automatisch antwoord|we hebben uw|de férias|resposta automática|recebemos o seu|ausentar\\w*|estarei ausente',
  ],
  threat: [
    "lawyer|solicitor|court|sue|legal|ombudsman|cancel|cancell?ing|stornier\\w*|storno|anul(?:en|ad|e|o|ar|aci\\p{L}n)|annul(?:ez|e|er|ate|o|are|eer|eren)|cancel(?:en|ad|em|o|ar|e)|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|the end)|until (?:friday|monday)|deadline|anwalt|rechtsanwalt|gericht|frist|bis (?:zum|freitag|montag|morgen|spätestens)|kündig\\w*|verbraucherzentrale|abogado|baja|denuncia\\w*|consumo|juzgado|antes del|avocat|tribunal|résili\\w*|médiateur|d'ici|avvocato|disdico|disdett\\w*|tribunale|entro|denunci\\w*|advocaat|zeg (?:\\w+ )?op|opzeggen|geschillencommissie|uiterlijk|vóór|advogado|procon|deco|tribunal|prazo|cancelar|cancelo|rescind\\w*|até (?:amanhã)",
  ],
  /** A question that asks nothing of us: "who would have thought it?". What stands behind it is judged by the rest. */
  exclaimed: [
    "who(?:'d| would) have|who knew|who (?:needs|says)|guess (?:what|who|whose)|you know what|what do you know|(?:would|can) you believe|how (?:did|could|can) i (?:ever|miss|not)|why did(?:n't)? i|where would i be|where (?:has|have) (?:this|that|you) been|what can i say|what (?:more|else) (?:can|could) (?:i|you|one) (?:want|ask)|what's not to|how (?:clever|easy|simple|good|cool|nice|quick|fast|lovely) (?:is|was) that|remember (?:my|the|that)|do i feel|isn't (?:it|that) (?:always|just|something)|and what do i see|was that (?:all|it)",
    "wer (?:hätte|konnte|denkt|ahnt)|wer braucht da|wer sagt'?s denn|wie (?:genial|blind|blöd|dumm|einfach|toll|schnell|geil|praktisch) (?:ist|war|kann|bin)|(?:wisst ihr|wissen sie|weißt du) (?:was|noch)|was soll ich sagen|was will man mehr|wo wär\\w* ich|rate?t? mal|(?:warum|wieso) (?:bin|hab\\w*) ich (?:da |das |daran )?nicht|ist das zu fassen|glaubt man|das war's schon|was gibt's da zu|wann \\w+ schon mal|woran lag'?s",
    'quién (?:iba a|lo|piensa|pensaría|necesita)|qué más se puede|a que no sab\\p{L}+|sab\\p{L}+ qué|(?:os|se|te) acord\\p{L}+|recordáis|cómo (?:no se me|pude|no lo vi)|qué haría yo|y eso era todo|por qué no (?:probé|lo vi)|te lo puedes creer|qué puedo decir',
    "qui (?:l'aurait|aurait|l'eût|penserait)|comment n'y ai-je|comment ai-je|vous savez quoi|devinez|que demander de plus|que ferais-je|vous vous (?:souvenez|rappelez)|vous y croyez|c'était tout|qui a besoin|pourquoi ne pas avoir|où avais-je",
    "chi l'avrebbe|chi (?:pensa|penserebbe)|come ho fatto a|sapete cosa|indovinate|cosa si può volere|che farei|vi ricordate|ci credete|tutto qua|a chi serve|perché non ho|dove avevo",
    'wie had (?:dat|het|ooit|gedacht)|wie kijkt er|hoe heb ik (?:dat|het)|weet je (?:wat|nog)|weten jullie (?:wat|nog)|raad eens|wat wil een mens|wat zou ik zonder|geloof je het|was dat alles|wie heeft er een|waarom \\w+ ik (?:daar |er )?niet|waar had ik',
    'quem (?:diria|imagina\\p{L}+|se lembra|precisa)|como (?:é que )?(?:eu )?não me lembrei|como (?:é que )?pude|sab\\p{L}+ que mais|adivinh\\p{L}+|que mais se pode|o que seria de|lembram-se|dá para acreditar|era só isso|porque não tentei|onde tinha eu',
  ],
  irony: [
    'oh (?:great|brilliant|joy|wonderful|lovely)|na klasse|(?:thanks|thank you|thx) for (?:nothing|wasting)|(?:danke|dank) (?:auch )?für (?:nichts|nix|gar nichts)|gracias por nada|merci pour rien|grazie (?:di|per) niente|(?:bedankt|dank) voor (?:niets|niks)|obrigad[oa] por nada|["„“«»”](?: )?(?:resolved|solved|fixed|gelöst|erledigt|behoben|resuelto|solucionado|résolu|réglé|risolto|opgelost|resolvido|solved)(?: )?["„“«»”]|na (?:toll|super|bravo|prima)|herzlichen glückwunsch|congratulations|complimenti|félicitations|chapeau|yeah right|wow|(?:so )?they (?:say|claim)|you say|von wegen|sagen sie|heißt es bei euch|seg(?:ún|un) (?:ellos|ustedes|vosotros)|qu\'ils disent|dicen|dicono|zeggen ze|dizem eles',
  ],
} as const

export type Cue = keyof typeof patterns

/** Words of one language that are something else in another, and are no cue where that one is believed to be written. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  ma: ['fr', 'de'],
  pas: ['nl', 'de'],
  no: ['pt'],
  ni: ['nl'],
  also: ['de'],
  mais: ['pt'],
  dank: ['en'],
  ta: ['fr', 'pt'],
  falta: ['fr'],
  past: ['en'],
  drin: ['en'],
  bate: ['en'],
  rotta: ['nl'],
}

/** Says that all is well although it holds a "no": left out before anything else is looked for, and counts as settled. */
const wellWithNo =
  "(?:no|not a single|without) (?:more |further |other |any )*(?:\\w+ )?(?:errors?|problems?|questions?|issues?|dropouts?|crash(?:es)?|interruptions?|complaints?|trouble)(?: any ?more| since)?|never mind|well i never|in no time|nothing else from (?:me|my side)|i (?:had |have )?(?:misunderstood|misread) (?:it|that|the)|no more \\w+|no longer (?:crash\\w*|drop\\w*|leak\\w*|hang\\w*|freez\\w*)|nothing (?:more|else) (?:is )?(?:needed|to)|no need|couldn't be happier|didn't expect|(?:please|pls|you can|you may|feel free to) (?:now )?(?:close|archive|shut) (?:it|this|(?:the|my) (?:case|ticket|request|file))|mark (?:it|this) (?:as )?(?:done|solved|resolved)|(?:strike|cross|tick) (?:it|this|me|that) off|(?:kann|könnt|können|hakt|haken)(?: \\w+){0,3} (?:abhaken|ab|zu den akten)|(?:pueden|podéis|puede) archivar\\w*|pouvez (?:le |la |l')?(?:rayer|classer|archiver|clore|clôturer)|potete (?:archiviare|chiudere)|(?:kan|mag|mogen) (?:dit |het )?(?:dossier |zaak )?dicht|podem (?:arquivar|encerrar|guardar)|what i (?:needed|wanted)|(?:hatte|habe) ich (?:das |es )?(?:falsch verstanden|missverstanden)|kein(?:e|en)? (?:einzige[rn]? )?(?:weiteren? )?(?:\\w+ )?(?:fragen|fehler|probleme?|abbrüche|aussetzer|störung(?:en)?)(?: mehr)?|nichts (?:mehr )?(?:kaputt|zu beanstanden|zu meckern)|auch nach \\w+ \\w+ nicht|nicht mehr (?:auf(?:getreten)?|abgestürzt|vorgekommen)|(?:sie können|könnt ihr|kann|bitte) (?:den |das |der |die )?(?:vorgang|fall|ticket|anfrage) (?:gerne? )?(?:jetzt )?(?:schließen|zumachen|geschlossen werden)|lo había entendido mal|ni (?:un|una) (?:\\w+ )?(?:corte|fallo|error|problema)(?: más)?|ya no (?:sale|da|aparece|falla|se corta|me sale|hay|tengo)|no (?:tengo|hay) más (?:dudas|preguntas)|no me ha vuelto a \\w+|no (?:ha|han) vuelto a \\w+|ning(?:ún|una?) (?:problema|error|corte|fallo|duda)|(?:pueden|podéis|puede) (?:ya )?cerrar|j'avais mal compris|pas une? seule? (?:coupure|erreur|panne)|plus (?:une? seule?|aucune?|de|d') ?(?:\\w+ )?(?:coupures?|messages? d'erreur|erreurs?|questions?|problèmes?|bugs?|soucis?)|plus de \\w+|rien (?:de cassé|à redire|à signaler)|aucun (?:souci|problème)|vous pouvez (?:clore|fermer|clôturer)|qu'il me fallait|avevo capito male|neanche una? (?:caduta|interruzione|errore|problema)|nessuna? (?:interruzione|problema|errore|altra domanda)|niente più \\w+|non ho (?:altre|più) domande|non (?:dà|da|fa|ha) più (?:problemi|errori)|non c'è più|potete chiudere|(?:mi serviva|che mi serviva)|had ik (?:het )?verkeerd begrepen|geen (?:\\w+ )?(?:onderbreking(?:en)?|storing(?:en)?|foutmelding(?:en)?|fouten|vragen|problemen|klachten)(?: meer)?|(?:mag|kan) (?:\\w+ )?(?:dicht|gesloten)|wat ik nodig had|(?:eu )?tinha entendido (?:errado|mal)|nem uma? (?:queda|erro|falha|problema)|nenhuma? (?:queda|problema|erro|falha|dúvida)|não (?:aparece|dá|deu|cai|trava|tenho) mais(?: o| dúvidas| problemas?| erros?)?|pode[m]? (?:já )?(?:encerrar|fechar)|que eu precisava|sem (?:problemas|erros)|sin (?:problemas|errores)|senza problemi|zonder problemen|ohne probleme|sans (?:problème|souci)"

const bounded = (words: string, before = ''): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])${before}(?:${words})(?![\\p{L}\\d])`, 'giu')
/** Where a question begins: "that is how it works" is none. */
const AT_START =
  '(?<=(?:^|[.!?,:;\\n(–-]|(?<!\\p{L})(?:and|or|but|so|ok|okay|und|oder|aber|y|o|pero|et|ou|mais|e|ed|ma|en|of|maar|ou|mas|then|dann|nur|thanks|danke|gracias|merci|grazie|bedankt|obrigad[oa]))\\s*)'

const noHurry =
  "no (?:rush|worries|hurry)|(?:keine|kein) (?:eile|stress|sorge)|eilt nicht|sin prisas?|no (?:hay|corre) prisa|pas de (?:souci|stress)|rien ne presse|pas pressé|non c'è fretta|senza fretta|geen (?:haast|stress)|sem pressas?|não há pressa"

const well = bounded(wellWithNo)
const hurry = bounded(noHurry)
/** With the sign of its question, which is none. */
const exclaimed = new RegExp(
  `${AT_START}(${patterns.exclaimed.join('|')})(?![\\p{L}\\d])([^?.!\\n]{0,80})([?])?`,
  'giu',
)
const matchers: readonly (readonly [Cue, RegExp])[] = [
  ...(Object.keys(patterns) as Cue[])
    .filter((cue) => cue !== 'exclaimed')
    .map((cue) => [cue, bounded(patterns[cue].join('|'), cue === 'question' ? AT_START : '')] as const),
  // Signs stand close to words.
  ['question', /[?？¿؟]/gu],
  ['irony', /👏|🙄|🤡|😡|🤬|😤|["„“«]\s?\p{L}+\s?["“”»]/gu],
]

export interface FoundCue {
  cue: Cue
  /** Offsets in UTF-16 code units. */
  start: number
  end: number
}

/** The cues of a text, in no order; `lang` (BCP 47) settles words that two languages share. Curly apostrophes count as straight ones. */
export function findCues(text: string, lang: string | null = null): FoundCue[] {
  const found: FoundCue[] = []
  const take = (cue: Cue, start: number, words: string): number => found.push({ cue, start, end: start + words.length })
  // As many signs as before, so that places stay places.
  const without = (rest: string, phrase: RegExp, cue: Cue): string => {
    for (const match of rest.matchAll(phrase)) take(cue, match.index, match[0])
    return rest.replace(phrase, (words) => ' '.repeat(words.length))
  }
  const straight = text.replace(/[’`´]/gu, "'")
  const plain = without(without(straight, well, 'settled'), hurry, 'pending')
  const rest = plain.replace(exclaimed, (_, phrase: string, between: string, mark = '', at: number) => {
    take('exclaimed', at, phrase)
    return ' '.repeat(phrase.length) + between + ' '.repeat(mark.length)
  })
  for (const [cue, pattern] of matchers)
    for (const match of rest.matchAll(pattern)) {
      const isElsewhere = lang !== null && elsewhere[match[0].toLowerCase()]?.includes(lang.slice(0, 2))
      if (!isElsewhere) take(cue, match.index, match[0])
    }
  return found
}
