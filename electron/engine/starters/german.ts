/** The starter desks in German, by id. A desk that an officer renamed keeps the officer's name. */
export const germanDesks: Readonly<Record<string, { name: string; purpose: string }>> = {
  desk_officer: { name: 'Schichtdienst', purpose: 'Meinungsführer, Alarme und alles, was entschieden werden muss.' },
  desk_technical: { name: 'Technik', purpose: 'Fehler, die viele haben. Findet die Lösung, mit der der Service antwortet.' },
  desk_care: { name: 'Service international', purpose: 'Beschwerden und Fragen von Kunden.' },
  desk_care_de: { name: 'Service Deutschland', purpose: 'Beschwerden und Fragen auf Deutsch oder aus Deutschland, Österreich und der Schweiz.' },
  desk_press: { name: 'Presse', purpose: 'Journalisten, Blogger mit Abgabetermin und Berichte über uns.' },
  desk_product: { name: 'Produkt', purpose: 'Wünsche und Ideen. Wird jede Woche gelesen, selten einzeln beantwortet.' },
  desk_sales: { name: 'Vertrieb', purpose: 'Menschen und Firmen, die kaufen wollen.' },
  desk_recruiting: { name: 'Personal', purpose: 'Menschen, die hier arbeiten wollen.' },
  desk_legal: { name: 'Recht und Sicherheit', purpose: 'Verletzungen, Rückrufe, Anwälte, Behörden.' },
} // prettier-ignore

/** The starter rules in German, by id. */
export const germanRules: Readonly<Record<string, string>> = {
  rule_repost: 'Weitergegebenes wird gehört, nicht verteilt',
  rule_safety: 'Verletzung, Brand oder Rückruf',
  rule_legal: 'Anwälte, Gerichte und Behörden',
  rule_press: 'Presseanfrage',
  rule_influencer: 'Weithin gehört und unzufrieden',
  rule_influencer_question: 'Weithin gehört und fragt',
  rule_lead: 'Möchte kaufen',
  rule_job: 'Möchte hier arbeiten',
  rule_known_problem: 'Was viele haben, geht zuerst an die Technik',
  rule_third_time: 'Schreibt zum dritten Mal',
  rule_churn_de: 'Will gehen, deutsch',
  rule_churn: 'Will gehen',
  rule_fault: 'Etwas funktioniert nicht',
  rule_complaint_de: 'Beschwerde, deutsch',
  rule_complaint: 'Beschwerde',
  rule_question_de: 'Frage, deutsch',
  rule_question: 'Frage',
  rule_wish: 'Wünsche und Ideen',
  rule_private_de: 'Nur an uns geschrieben, deutsch',
  rule_private: 'Nur an uns geschrieben',
  rule_unhappy: 'Sicher unzufrieden: eine Person sieht nach',
}

/** Headings over the starter rules. */
export const germanGroups: Readonly<Record<string, string>> = {
  'Not forwarded': 'Nicht verteilt',
  'First of all': 'Zuallererst',
  Influence: 'Einfluss',
  Business: 'Geschäft',
  Problems: 'Probleme',
  Care: 'Service',
  Product: 'Produkt',
}

/** Names of the starter replies; their texts exist in both languages from the start. */
export const germanReplies: Readonly<Record<string, string>> = {
  'We are looking into it': 'Wir sehen es uns an',
  'We need details': 'Wir brauchen Näheres',
  'It is solved': 'Es ist behoben',
  'Thank you': 'Danke',
}
