/** What customers of most companies write about, as it is stored; each has a word in the catalogues (`aspect.delivery`). */
export const matterNames: readonly string[] = [
  ...(['app', 'availability', 'baggage', 'battery', 'contract', 'delay', 'delivery', 'network'] as const),
  ...(['payment', 'price', 'privacy', 'quality', 'return', 'safety', 'staff', 'support'] as const),
]

/**
 * Matters that some trades talk about and others do not: a page shows and offers them only where a station's own talk
 * carries them. What a person names so in the station's dictionary is theirs and always shown.
 */
export const tradeAspects: readonly string[] = ['baggage', 'battery', 'contract', 'network']
