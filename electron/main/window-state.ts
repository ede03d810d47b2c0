import { z } from 'zod'

/** A window's place in device-independent pixels, as it is kept between starts. */
export const WindowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export const smallest = { width: 900, height: 600 }
const usual = { width: 1440, height: 900 }
/** So much of the title bar must lie on a display for the window to be reachable with a mouse. */
const reachable = { width: 120, height: 40 }

const centred = (display: Area): WindowState => {
  const width = Math.min(usual.width, display.width)
  const height = Math.min(usual.height, display.height)
  return {
    x: Math.round(display.x + (display.width - width) / 2),
    y: Math.round(display.y + (display.height - height) / 2),
    width,
    height,
    maximized: false,
    fullScreen: false,
  }
}

const shows = (state: WindowState, display: Area): boolean => {
  const width = Math.min(state.x + state.width, display.x + display.width) - Math.max(state.x, display.x)
  const top = state.y
  return width >= reachable.width && top >= display.y && top + reachable.height <= display.y + display.height
}

/**
 * Where the window opens: as it was left when its title bar is on a display that is there now, else in the middle of the
 * first. `text` is the kept file's content or null; a damaged one counts as none. `displays` are work areas, the primary
 * first, at least one.
 */
export function placeWindow(text: string | null, displays: [Area, ...Area[]]): WindowState {
  const kept = parse(text)
  if (!kept) return centred(displays[0])
  const display = displays.find((candidate) => shows(kept, candidate))
  if (!display) return { ...centred(displays[0]), maximized: kept.maximized, fullScreen: kept.fullScreen }
  const width = Math.min(Math.max(kept.width, smallest.width), display.width)
  const height = Math.min(Math.max(kept.height, smallest.height), display.height)
  // Made smaller, a window that hung over the left edge may have lost what could be grabbed.
  const x = Math.max(kept.x, display.x + reachable.width - width)
  return { ...kept, x, width, height }
}

function parse(text: string | null): WindowState | undefined {
  if (text === null) return undefined
  try {
    const result = WindowState.safeParse(JSON.parse(text))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}

/** The display for a wall: the first one that is not where the officer's window is, or undefined with one display. */
export const wallDisplay = <D extends { bounds: Area }>(displays: D[], officer: Area): D | undefined => {
  const middle = { x: officer.x + officer.width / 2, y: officer.y + officer.height / 2 }
  return displays.find(
    ({ bounds }) =>
      middle.x < bounds.x ||
      middle.x >= bounds.x + bounds.width ||
      middle.y < bounds.y ||
      middle.y >= bounds.y + bounds.height,
  )
}
