import { globSync } from 'node:fs'

/** Every hand-written source file of the product, relative to the root and with forward slashes. */
export const sourceFiles = (): string[] =>
  globSync(['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,vue}'])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.(generated|d)\.ts$/.test(file))
    .sort()

/** Every file that a room of the import table may be about: styles and messages too. */
export const roomFiles = (): string[] =>
  globSync('{shared,electron,renderer}/**/*.*').map((file) => file.replaceAll('\\', '/'))
