import { describe, expect, it } from 'vitest'
import { asOne, pickedFile, TooManyFiles } from '#renderer/features/imports/files-as-one.ts'

const file = new File(['x'], 'a.eml')
const many = (n: number) => Array.from({ length: n }, () => ({ path: 'a.eml', file }))

describe('several files as one', () => {
  it('leaves none of them out unseen: more than are taken are refused', () => {
    expect(asOne(many(3))?.name).toBe('a +2.tar')
    expect(() => asOne(many(200_001))).toThrow(TooManyFiles)
  })

  it('forgets what was chosen in the field, so that the same file can be chosen again', async () => {
    const field = { files: [file], value: 'C:\\fakepath\\a.eml' }
    expect(await pickedFile(field as unknown as HTMLInputElement)).toBe(file)
    expect(field.value).toBe('')
  })
})
