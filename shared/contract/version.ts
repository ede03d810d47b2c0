/**
 * The fingerprint of every version of the contract that was ever served, the newest last. A wall that runs for weeks in a
 * browser is an old client: it finds out by these two numbers and loads itself anew. A test computes the fingerprint and
 * fails when the contract changed and nothing was added here; entries are never edited once they were released.
 */
const fingerprints = [
  'ace2f11501734abb',
  'cafd20221f10a6fc',
  'd0038d163f1c079b',
  'b018f7833fb642e0',
  '8dca5983ba48a3a9',
  '9050fb363d1fbae4',
  '70c7f7402459da36',
  'ba412d91daefddf5',
  'ae48495e38ce66e8',
  '301d5e5d1f5d5886',
  'e3edc85625c75c8b',
  '7518850734d20971',
  'c5c4aad27279c54e',
  'c75f26563c907e65',
  '3b8f365948f2d5bf',
  '1ac106c5280586fc',
  '5582f28bb48e76cf',
  '4ff9814e2a0a2b1f',
  'ac782851216cef42',
  'f27329a697d00ee2',
  'af3b240888b3bb29',
  '12a2e4daeb50d003',
  '453d9d9809314f79',
  'd16ddf7846b8848d',
  'afdaecf02b2d2808',
  '6060c46611d368e2',
  '5e8ab71d992689e8',
  '16fb542e74ba50ec',
  'bab8015c179f6486',
  'e269ddd5c694375c',
  'b4f30abb302e041e',
  'abd9e13c5b50c27a',
  '735938a8a549cfab',
  '4d783d17c2ca204e',
  '4c7162e6c8dda6cc',
  'f17077697201666e',
  '5eb51c0a78941275',
  '44d4677991b38258',
  '99b8acf676ceed22',
  'ee3cd0b78c32d833',
  '6b1c24794c926847',
  '04dac2acee3596c8',
  '623df72a4e8306d5',
  '91122779381c7804',
  '059243d50b2ce7e6',
  'b6b983a90bc2fb3a',
  '302f9f2fca9bba8b',
  '84a5b20fa0d2f6fe',
] as const

/** Grows with every change of the contract. */
export const contractVersion: number = fingerprints.length
/** Fingerprint of the contract's schemas; a page with another one is asked to reload. */
export const contractHash: string = fingerprints.at(-1) ?? ''
