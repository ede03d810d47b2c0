import { describe, expect, it } from 'vitest'
import { explainFailure } from '#engine/platform/http-failures.ts'

const url = new URL('https://posts.example:8443/secret/path?token=SECRET')
const failing = (code: string, extra: object = {}): Error =>
  Object.assign(new Error(`${code} at ${url.href}`), { code, ...extra })

describe('what is said of a failure', () => {
  it.each([
    ['ENOTFOUND', 'dns', /not known. Check its spelling/],
    ['EAI_AGAIN', 'dns', /Check the network connection/],
    ['ECONNREFUSED', 'refused', /refuses connections/],
    ['ENETUNREACH', 'network', /cannot be reached/],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', /in time/],
    ['CERT_HAS_EXPIRED', 'tls', /has expired. Its operator must renew it/],
    ['CERT_NOT_YET_VALID', 'tls', /Check the date of this machine/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', /belongs to another host/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', /NODE_EXTRA_CA_CERTS/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', /may not speak HTTPS/],
    ['EPROTO', 'tls', /may not speak HTTPS/],
    ['HPE_INVALID_CONSTANT', 'network', /does not speak HTTP/],
    ['EARSHOT_PRIVATE_ADDRESS', 'privateAddress', /EARSHOT_ALLOW_PRIVATE/],
    ['ESOMETHINGNEW', 'network', /closed the connection without an answer/],
  ])('%s', (code, reason, message) => {
    const problem = explainFailure(failing(code), url, false)
    expect(problem).toMatchObject({ reason, url: 'https://posts.example:8443' })
    expect(problem.message).toMatch(message)
    expect(problem.message).toContain('posts.example:8443')
    expect(`${problem.message} ${problem.url}`).not.toMatch(/SECRET|secret/)
  })

  it('finds the cause inside causes, and inside several addresses that all failed', () => {
    expect(explainFailure(new TypeError('fetch failed', { cause: failing('ECONNREFUSED') }), url, false).reason).toBe(
      'refused',
    )
    expect(
      explainFailure(new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')]), url, false).reason,
    ).toBe('refused')
  })

  it('knows an answer that broke off from none at all', () => {
    expect(explainFailure(failing('UND_ERR_SOCKET'), url, true).reason).toBe('truncated')
    expect(explainFailure(failing('UND_ERR_SOCKET'), url, false).reason).toBe('network')
  })
})
