// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import ChannelForm from '#renderer/features/desks/ChannelForm.vue'
import type { ChannelDraft } from '#shared/model/handoff.ts'
import { mountInApp, settle } from '../support/mount.ts'

const start: ChannelDraft = {
  deskId: 'desk_care',
  kind: 'chat',
  name: 'Room',
  enabled: true,
  config: { url: '', flavour: 'slack' },
  secrets: {},
}

it('shows an address that is a secret as the station does once it is saved, and what was written since as it is', async () => {
  const sent: ChannelDraft[] = []
  let answer = () => {}
  const { wrapper } = await mountInApp(ChannelForm, {
    props: { start, secretsSet: [] },
    handlers: {
      desks: {
        list: () => [],
        links: () => ({ state: 'notServed', url: '' }),
        saveChannel: async (draft: ChannelDraft) => {
          sent.push(draft)
          await new Promise<void>((resolve) => (answer = resolve))
          return { ...draft, id: 'ch_1', config: { ...draft.config, url: 'https://hooks.example/…/…9Qx' } }
        },
      },
    },
  })
  const url = () => wrapper.get<HTMLInputElement>('input[type=url]')
  const save = async () => {
    await wrapper.get('form').trigger('submit')
    await settle()
  }
  await url().setValue('https://hooks.example/T1/B2/secret9Qx')
  await save()
  answer()
  await settle()
  expect(sent[0]!.config['url']).toBe('https://hooks.example/T1/B2/secret9Qx')
  expect(url().element.value).toBe('https://hooks.example/…/…9Qx')
  expect(wrapper.html()).not.toContain('secret9Qx')

  await url().setValue('https://hooks.example/T1/B2/another1')
  await save()
  await url().setValue('https://hooks.example/T1/B2/another2')
  answer()
  await settle()
  expect(url().element.value).toBe('https://hooks.example/T1/B2/another2')
  wrapper.unmount()
})
