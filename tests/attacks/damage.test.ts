import { closeSync, cpSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { draft, openTestStation, type TestStation } from '#tests/engine/store/station.ts'
import { newFolder } from '#tests/support/folder.ts'
import { saying } from '#tests/support/saying.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
function station(dir: string): TestStation {
  const opened = openTestStation({ dir })
  closing.push(() => opened.close())
  return opened
}

/** 64 bytes in the middle of a page, as a bad sector or a stray write leaves them. */
function spoilPage(file: string, page: number): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, page * 4096 + 8)
  closeSync(handle)
}

/** Pages that a seed picks of those that hold rows; what is spoiled in an empty one is nobody's. */
function picked(file: string, seed: number): number[] {
  const db = new Database(file, { readonly: true })
  const pages = db.prepare('SELECT pageno FROM dbstat WHERE ncell > 0 ORDER BY pageno').pluck().all() as number[]
  db.close()
  return [1, 2, 3].map((n) => pages[1 + ((seed * 7919 + n * 104_729) % (pages.length - 1))]!)
}

describe('pages that are damaged while the station runs', () => {
  const prepared = newFolder('undamaged')
  beforeAll(async () => {
    const first = openTestStation({ dir: prepared.path })
    await first.push(Array.from({ length: 400 }, () => draft()))
    await first.store.indexed()
    await first.close()
  })
  afterAll(() => prepared.remove())

  it.each([1, 2, 3, 4, 5, 6])('verify reports and never throws (%i)', async (seed) => {
    const folder = newFolder('damage')
    closing.push(() => folder.remove())
    cpSync(prepared.path, folder.path, { recursive: true })
    const second = station(folder.path)
    const file = join(folder.path, 'earshot.db')
    for (const page of picked(file, seed)) spoilPage(file, page - 1)
    const report = await second.store.verify()
    expect(report.checks.length).toBeGreaterThan(0)
    expect(report.problems.length).toBe(report.checks.filter(({ ok }) => !ok).length)
    expect(report.problems.length).toBeGreaterThan(0)
    second.store.damaged()
    expect(second.store.problem).toEqual(saying(/is damaged\. Close Earshot and start it again/))
  })
})
