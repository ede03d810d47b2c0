/** Widths of a bar that people can count in, in minutes. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440, 10_080]

/** The narrowest round width (minutes) that cuts `minutes` into at most `most` bars; a week when there is none. */
export const barMinutes = (minutes: number, most = 96): number =>
  WIDTHS.find((width) => minutes / width <= most) ?? WIDTHS.at(-1)!
