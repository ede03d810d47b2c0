/** A process that fails in a way that nobody caught: `node guard-child.ts throw|reject|damage|stuck`. */
import { silentLog } from '#engine/platform/log.ts'
import { guardProcess } from '#hosts/process-guard.ts'

const [how] = process.argv.slice(2)
guardProcess({
  log: silentLog,
  tell: console.error,
  async stop() {
    console.log('stopped in order')
    if (how === 'stuck') throw new Error('and that failed as well')
  },
})
setInterval(() => {}, 1000)
setTimeout(() => {
  if (how === 'reject') void Promise.reject(new Error('Nobody waited for this.'))
  else if (how === 'damage')
    throw Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' })
  else throw new TypeError('undefined is not a function')
}, 10)
