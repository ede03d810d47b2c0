import type { Role } from '#shared/contract/station.ts'
import type { Engine } from '#engine/engine.ts'

type Send = (message: string | ArrayBufferLike | Uint8Array) => void | Promise<void>

/** A page's connection to whichever engine is in the slot when it connects. */
export interface SlotConnection {
  receive(message: string | ArrayBuffer | Uint8Array): Promise<void>
  close(): void
}

/**
 * Holds the engine that pages talk to. When it is swapped (the sample shift is opened or left) every page is let go with
 * "engine changed"; it connects again and reads everything anew.
 */
export interface EngineSlot {
  readonly engine: Engine
  connect(role: Role, send: Send, letGo: () => void): SlotConnection
  /** Puts another engine in and returns the one before, which the caller stops. */
  swap(engine: Engine): Engine
}

export function createEngineSlot(first: Engine): EngineSlot {
  let engine = first
  let letGoAll = new Set<() => void>()
  return {
    get engine() {
      return engine
    },
    connect(role, send, letGo) {
      const peer = engine.serve(role, send)
      const mine = letGoAll
      mine.add(letGo)
      return {
        receive: (message) => peer.receive(message),
        close() {
          mine.delete(letGo)
          peer.close()
        },
      }
    },
    swap(next) {
      const before = engine
      const leaving = letGoAll
      engine = next
      letGoAll = new Set()
      for (const letGo of leaving) letGo()
      return before
    },
  }
}
