import { HttpProblem } from './http.ts'
import type { HttpProblemKind } from './http.ts'

/** Codes of Node, OpenSSL, zlib and undici → what happened and what to do. `{host}` is filled in. */
const failures: [codes: RegExp, kind: HttpProblemKind, message: string][] = [
  [/^EARSHOT_PRIVATE_ADDRESS$/, 'privateAddress', '{host} is at a private address of this machine or its network, which Earshot does not fetch from. If it is meant, name the host in EARSHOT_ALLOW_PRIVATE.'], // prettier-ignore
  [/^(ENOTFOUND|ENODATA)$/, 'dns', 'The name {host} is not known. Check its spelling, or the network connection.'],
  [/^(EAI_AGAIN|ETIMEOUT|ESERVFAIL|EAI_FAIL|EREFUSED)$/, 'dns', 'The name {host} could not be looked up. Check the network connection.'], // prettier-ignore
  [/^ECONNREFUSED$/, 'refused', '{host} refuses connections. It may be down; check the address and port.'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL|EHOSTDOWN)$/, 'network', '{host} cannot be reached. Check the network connection.'], // prettier-ignore
  [/^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/, 'timeout', '{host} has not answered in time.'], // prettier-ignore
  [/^CERT_HAS_EXPIRED$/, 'tls', 'The certificate of {host} has expired. Its operator must renew it.'],
  [/^CERT_NOT_YET_VALID$/, 'tls', 'The certificate of {host} is not valid yet. Check the date of this machine.'],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'tls',
    'The certificate shown by {host} belongs to another host. Check the address.',
  ],
  [/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED)$/, 'tls', 'The certificate of {host} is signed by nobody this machine trusts. If it is your own, add its authority with NODE_EXTRA_CA_CERTS.'], // prettier-ignore
  [
    /^(ERR_SSL_|ERR_TLS_|EPROTO|CERT_)/,
    'tls',
    'No secure connection to {host} could be made. It may not speak HTTPS on this port.',
  ],
  [/^HPE_/, 'network', 'What answers at {host} does not speak HTTP. Check the address and port.'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'tooLarge', 'The headers sent by {host} are too large.'],
  [/^(Z_BUF_ERROR|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'truncated', 'The answer of {host} ended too early.'],
  [/^Z_|^ERR_BROTLI|^ERR__ERROR_/, 'network', 'The answer of {host} is compressed in a way that cannot be read.'],
]

/** Turns whatever undici, Node or zlib threw into one closed kind. `started`: the head of the answer had arrived. */
export function explainFailure(error: unknown, url: URL, started: boolean): HttpProblem {
  if (error instanceof HttpProblem) return error
  const host = url.host
  for (const code of codesOf(error)) {
    if (started && (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'UND_ERR_ABORTED')) {
      return new HttpProblem(
        'truncated',
        url.origin,
        `The answer of ${host} ended too early. It is tried again.`,
        error,
      )
    }
    const found = failures.find(([codes]) => codes.test(code))
    if (found) return new HttpProblem(found[1], url.origin, found[2].replace('{host}', host), error)
  }
  const message = started ? `The answer of ${host} broke off.` : `${host} closed the connection without an answer.`
  return new HttpProblem(started ? 'truncated' : 'network', url.origin, message, error)
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
