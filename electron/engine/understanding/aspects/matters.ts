/** A matter that customers of most companies write about, as concepts of the lexicon: it has the words, in seven languages. */
interface Matter {
  name: string
  /** Topics whose parts, and topics whose symptoms, are of this matter. */
  parts?: string
  symptoms?: string
  /** Concepts by kind and id that are of it, whatever their topic. */
  of: string
}

/** Names of the matters as they are stored; each has a word of its own in the catalogues (`aspect.delivery`). */
const table: readonly Matter[] = [
  {
    name: 'delivery',
    parts: 'delivery',
    of: 'symptom/driver-does-not-ring symptom/left-in-wrong-place symptom/only-kerbside symptom/package-opened symptom/rerouted-far-away symptom/says-delivered-but-not symptom/time-slot-not-kept symptom/tracking-does-not-move symptom/is-returned-to-sender symptom/badly-packed word/to-deliver word/to-ship word/shipment word/postman word/where-is-my-order word/do-you-deliver word/delivery-time-ask',
  },
  {
    name: 'price',
    parts: 'price',
    symptoms: 'price',
    of: 'part/fee part/account-fee part/foreign-fee part/transaction-fee part/tuition-fee part/commission word/expensive word/cheap word/to-cost word/how-much-cost word/price-list word/bargain-price word/discount-ask word/to-discount word/disappointing-value',
  },
  {
    name: 'payment',
    parts: 'payment',
    symptoms: 'payment',
    of: 'word/to-pay word/already-paid word/to-charge-money word/overcharged word/unpaid word/demand-refund word/refundable word/to-pay-back word/i-want-my-money word/where-is-my-money word/to-deduct symptom/is-not-credited',
  },
  {
    name: 'staff',
    symptoms: 'staff',
    of: 'part/staff-member part/salesperson part/manager part/receptionist part/technician part/security-guard part/consultant part/bank-advisor part/personal-trainer part/nurse part/tour-guide word/waiter word/driver word/cashier',
  },
  {
    name: 'support',
    of: 'part/customer-service part/hotline part/support-agent part/support-email part/support-reply part/support-ticket part/hold-queue part/chat-support part/chatbot part/callback part/phone-menu part/complaint-handling part/contact-form part/counter symptom/cannot-be-reached symptom/does-not-answer symptom/gives-canned-replies symptom/is-unhelpful symptom/sends-from-pillar-to-post symptom/contradicts-itself word/left-on-hold word/nobody-answers',
  },
  {
    name: 'app',
    parts: 'app',
    of: 'part/login part/password part/password-reset part/login-code symptom/login-fails symptom/logs-me-out symptom/crashes symptom/is-buggy symptom/broken-after-update symptom/update-fails symptom/does-not-install word/to-log-in word/to-update word/glitchy',
  },
  {
    name: 'quality',
    of: 'symptom/is-broken symptom/falls-apart symptom/is-poor-quality symptom/breaks-off symptom/is-cracked symptom/is-dented symptom/is-scratched symptom/is-shattered symptom/wears-out-fast symptom/is-loose symptom/arrives-damaged word/quality-noun word/drop-in-quality word/high-quality word/shoddy word/lemon-product word/visible-damage',
  },
  {
    name: 'battery',
    of: 'part/battery part/charger part/charging-cable part/charging-port part/power-bank part/tool-battery part/drone-battery part/e-bike-battery part/scooter-battery part/wireless-charging symptom/drains-quickly symptom/does-not-charge',
  },
  {
    name: 'availability',
    of: 'symptom/is-out-of-stock symptom/is-discontinued symptom/spare-parts-missing word/to-be-available word/to-sell-out',
  },
  {
    name: 'network',
    of: 'part/broadband part/cell-tower part/data-allowance part/dsl-line part/fibre-line part/internet-connection part/internet-speed part/mobile-data part/mobile-network part/network-outage part/roaming part/router part/wifi part/mesh-repeater part/phone-socket symptom/no-internet symptom/no-signal symptom/speed-too-low symptom/calls-drop symptom/does-not-work-abroad symptom/drops-out',
  },
  {
    name: 'delay',
    of: 'symptom/arrives-late symptom/takes-too-long symptom/wait-is-long symptom/is-paid-late symptom/is-refunded-late symptom/document-delayed symptom/repair-takes-long symptom/service-slow symptom/connection-missed symptom/is-cancelled word/delay word/late-adj word/unpunctual word/to-wait',
  },
  { name: 'baggage', of: 'part/checked-baggage part/hand-luggage part/baggage-belt' },
  {
    name: 'return',
    of: 'part/return-label part/return-shipment part/withdrawal-right symptom/return-is-refused word/to-return-goods word/to-exchange',
  },
  {
    name: 'contract',
    of: 'part/contract part/contract-term part/contract-change part/contract-document part/notice-period part/renewal part/subscription part/subscription-billing part/premium-subscription part/free-trial part/membership symptom/cannot-be-cancelled symptom/binds-too-long symptom/is-renewed-against-will word/to-terminate-contract word/to-unsubscribe',
  },
  {
    name: 'safety',
    symptoms: 'safety',
    of: 'part/recall word/dangerous word/injury word/emergency word/fire word/smoke-noun word/safety-noun word/explosion word/flammable word/poisonous',
  },
  {
    name: 'privacy',
    of: 'part/data-leak part/data-protection part/personal-data part/privacy-settings part/data-request part/data-sharing part/data-deletion part/tracking part/account-hack symptom/data-leaked symptom/is-hacked symptom/no-privacy symptom/shows-data-of-others symptom/tracks-me word/gdpr',
  },
]

export const matters: readonly string[] = table.map(({ name }) => name)

const byConcept = new Map<string, string>()
const byTopic = new Map<string, string>()
for (const { name, parts = '', symptoms = '', of } of table) {
  for (const concept of of.split(' ')) byConcept.set(concept, name)
  for (const topic of parts.split(' ').filter(Boolean)) byTopic.set(`part/${topic}`, name)
  for (const topic of symptoms.split(' ').filter(Boolean)) byTopic.set(`symptom/${topic}`, name)
}

/** Concepts that the table names, as `kind/id`; each must stand in the lexicon. */
export const namedConcepts: readonly string[] = [...byConcept.keys()]

/** What a concept is about; null: nothing that most companies hear of. */
export const matterOf = ({ kind, id, topic }: { kind: string; id: string; topic: string }): string | null =>
  byConcept.get(`${kind}/${id}`) ?? byTopic.get(`${kind}/${topic}`) ?? null
