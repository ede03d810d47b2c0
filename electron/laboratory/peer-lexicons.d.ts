// Lexicons that the model is measured against; none of them brings types. evaluate-sentiment.ts says what it uses of each.
declare module 'sentiment'
declare module 'wink-sentiment'
declare module 'vader-sentiment'
