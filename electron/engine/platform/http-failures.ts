import { said, type Code } from '#shared/words/said.ts'
import { HttpProblem, type HttpProblemKind } from './http.ts'

/** Codes of Node, OpenSSL, zlib and undici → what happened and what to do. */
const failures: [codes: RegExp, kind: HttpProblemKind, code: Code][] = [
  [/^EARSHOT_PRIVATE_ADDRESS$/, 'privateAddress', 'http.privateAddress'],
  [/^(ENOTFOUND|ENODATA)$/, 'dns', 'http.nameUnknown'],
  [/^(EAI_AGAIN|ETIMEOUT|ESERVFAIL|EAI_FAIL|EREFUSED)$/, 'dns', 'http.nameNotLookedUp'],
  [/^ECONNREFUSED$/, 'refused', 'http.refusesConnections'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL|EHOSTDOWN)$/, 'network', 'http.unreachable'],
  [
    /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/,
    'timeout',
    'http.noAnswerInTime',
  ],
  [/^CERT_HAS_EXPIRED$/, 'tls', 'http.certificateExpired'],
  [/^CERT_NOT_YET_VALID$/, 'tls', 'http.certificateNotYetValid'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'tls', 'http.certificateOfOther'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED)$/,
    'tls',
    'http.certificateUnknown',
  ],
  [/^(ERR_SSL_|ERR_TLS_|EPROTO|CERT_)/, 'tls', 'http.noSecureConnection'],
  [/^HPE_/, 'network', 'http.notHttp'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'tooLarge', 'http.headersTooLarge'],
  [/^(Z_BUF_ERROR|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'truncated', 'http.endedEarly'],
  [/^Z_|^ERR_BROTLI|^ERR__ERROR_/, 'network', 'http.compressionUnknown'],
]

/** Turns whatever undici, Node or zlib threw into one closed kind. `started`: the head of the answer had arrived. */
export function explainFailure(error: unknown, url: URL, started: boolean): HttpProblem {
  if (error instanceof HttpProblem) return error
  const host = url.host
  for (const code of codesOf(error)) {
    if (started && (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'UND_ERR_ABORTED')) {
      return new HttpProblem('truncated', url.origin, said('http.endedEarlyRetried', { host }), error)
    }
    const found = failures.find(([codes]) => codes.test(code))
    if (found) return new HttpProblem(found[1], url.origin, said(found[2], { host }), error)
  }
  const code = started ? 'http.brokeOff' : 'http.closedWithoutAnswer'
  return new HttpProblem(started ? 'truncated' : 'network', url.origin, said(code, { host }), error)
}

/** The error's code and those of its causes; `AggregateError` (all addresses failed) counts by its parts. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const { code, name, cause, errors } = error as { code?: unknown; name?: unknown; cause?: unknown; errors?: unknown }
  return [
    // undici's parser leaves the code out for some of its errors.
    ...(name === 'HTTPParserError' ? ['HPE_UNKNOWN'] : []),
    ...(typeof code === 'string' ? [code] : []),
    ...codesOf(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.flatMap((one) => codesOf(one, depth + 1)) : []),
  ]
}
