import { saying } from '#tests/support/saying.ts'
import { describe, expect, it } from 'vitest'
import { createMailer } from '#engine/platform/mailer.ts'
import { createResolve } from '#engine/platform/resolve.ts'
import { mailReceiver } from '#tests/engine/handoffs/receivers.ts'

describe('the address of a mail server', () => {
  it.each(['127.0.0.1', '10.0.0.5', '[::1]', '::1', '169.254.169.254', '::ffff:127.0.0.1', 'localhost'])(
    'is refused when it is private: %s',
    async (host) => {
      await expect(createResolve()(host, 143)).rejects.toThrow(/private address.*EARSHOT_ALLOW_PRIVATE/)
    },
  )

  it('is used when the host may be private, with or without its port', async () => {
    expect(await createResolve(['127.0.0.1'])('127.0.0.1', 143)).toBe('127.0.0.1')
    expect(await createResolve(['localhost:143'])('localhost', 143)).toMatch(/^(127\.0\.0\.1|::1)$/)
    await expect(createResolve(['localhost:143'])('localhost', 993)).rejects.toThrow(/private/)
    expect(await createResolve()('8.8.8.8', 25)).toBe('8.8.8.8')
  })

  it.each(['', 'a b', 'user@host', 'host/path', 'nobody.invalid'])('is none: "%s"', async (host) => {
    await expect(createResolve()(host, 25)).rejects.toThrow()
  })
})

describe('a letter', () => {
  const letter = { from: 'a@x.example', to: 'b@x.example', subject: 's', text: 't', messageId: 'm@x.example' }
  const server = { host: '127.0.0.1', port: 1, secure: false, user: '', password: null }

  it('does not go to a private server that nobody allowed', async () => {
    const smtp = await mailReceiver()
    const guarded = createMailer({ resolve: createResolve() })
    await expect(guarded.send({ ...server, port: smtp.port }, letter)).rejects.toMatchObject({
      outcome: 'refused',
      message: saying(/EARSHOT_ALLOW_PRIVATE/),
    })
    await createMailer({ resolve: createResolve(['127.0.0.1']) }).send({ ...server, port: smtp.port }, letter)
    expect(smtp.letters).toHaveLength(1)
    await smtp.close()
  })

  it('cannot be given further headers by what stands in it', async () => {
    const smtp = await mailReceiver()
    await createMailer().send(
      { ...server, port: smtp.port },
      { ...letter, subject: 's\r\nBcc: c@x.example', inReplyTo: 'q@x>\r\nBcc: d@x.example', replyTo: 'r@x.example\r\nBcc: e@x.example', headers: { 'X-Earshot-Handoff': 'i\r\nBcc: f@x.example' } },
    ) // prettier-ignore
    const head = smtp.letters[0]!.split('\r\n\r\n')[0]!
    expect(head).not.toMatch(/^Bcc:/im)
    await smtp.close()
  })
})
