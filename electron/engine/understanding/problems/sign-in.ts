const signing = /^(log|logs|logging|logged|sign|signs|signing|signed)$/
export const inOrOut = new Set(['in', 'into', 'on', 'out', 'off'])
/** `log in`, `signed me out`: two words for what `login` says in one. A log alone is a book. */
export const saysSignIn = (word: string, next = '', afterNext = ''): boolean =>
  signing.test(word) && (inOrOut.has(next) || inOrOut.has(afterNext))
