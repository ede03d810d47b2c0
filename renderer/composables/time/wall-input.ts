import { computed } from 'vue'
import { useStation } from '#renderer/client/station.ts'
import { atWall, zoneOffset } from './zone-offset.ts'

/** Times are shown in the station's zone, so they are written in it, wherever the reader is: values of `datetime-local` fields. */
export function useWallInput() {
  const station = useStation()
  const zone = computed(() => station.hello.value?.timeZone ?? 'UTC')
  const offset = computed(() => zoneOffset(zone.value))
  return {
    zone,
    localValue: (at: number): string => new Date(at + offset.value(at) * 60_000).toISOString().slice(0, 16),
    /** NaN: no time is written there. */
    instantOf: (text: string): number => atWall(Date.parse(`${text}Z`) / 60_000, offset.value),
  }
}
