/**
 * Starter aspects that some trades talk about and others do not: a page shows and offers them only where a station's own talk
 * carries them. What a person names so in the station's dictionary is theirs and always shown.
 */
export const tradeAspects: readonly string[] = ['baggage', 'battery', 'contract', 'network']
