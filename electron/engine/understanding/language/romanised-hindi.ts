import { TokenKind, type Token } from '../tokens.ts'

/** Function words of Hindi as people type them in Latin letters; those that are also common words elsewhere are left out. */
const WORDS = new Set(
  (
    'hai hain nahi nahin nhi mein kya kyu kyun kyon bhi aur tha thi kar kiya karo karna karne raha rahe rahi yeh woh apne apna apni kuch mera mere meri tum hum ' +
    'aap aapka aapke hota hoti hone hua hui gaya gayi gaye wala wale wali bhai yaar accha acha bahut bohot sab abhi kabhi phir toh lekin magar kyunki jab tab ' +
    'kaise kaisa kaun kab kahan yahan wahan itna jaise matlab dekh dekho bol bola bolo rha rhe rhi hoga hogi chahiye sakta sakte sakti logo log desh uska uske ' +
    'uski unka unke iska iske iski mujhe tujhe unhe isko usko kisi koi liye saath sirf bas dil pyar zindagi khud baat din naam kaam ghar paas'
  ).split(' '),
)
/** Weak ones: they count only beside a strong one. */
const WEAK = new Set('ki ke ka ko se ho na to tu main par pe he ab ek jo'.split(' '))

/** 0: no; else the certainty that the text is Hindi in Latin letters, mixed with English or not. */
export function romanisedHindi(tokens: readonly Token[]): number {
  let words = 0
  let strong = 0
  let weak = 0
  for (const token of tokens) {
    if (token.kind !== TokenKind.word) continue
    words++
    if (WORDS.has(token.text)) strong++
    else if (WEAK.has(token.text)) weak++
  }
  if (strong === 0 || strong + weak < 2) return 0
  const share = (strong + 0.5 * weak) / words
  if (strong < 2 && share < 0.25) return 0
  return share >= 0.15 ? Math.min(0.99, 0.5 + share) : 0
}
