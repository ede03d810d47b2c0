/** Grows with every change of the contract that an older page would stumble over. */
export const contractVersion = 1
/** Fingerprint of the contract's schemas; a page with another one is asked to reload. */
export const contractHash = 'unversioned'
