import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { workerEntries } from './electron/engine/platform/paths.ts'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** Beside the shell itself: the engine's process and its worker threads, each a file of its own in out/main. */
const mainEntries = {
  index: at('electron/main/index.ts'),
  utility: at('electron/hosts/utility.ts'),
  ...Object.fromEntries(
    Object.entries(workerEntries)
      .filter(([, file]) => existsSync(at(file)))
      .map(([name, file]) => [`worker-${name}`, at(file)]),
  ),
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: {
        // Optional: looked for when it is wanted, with binaries of its own beside it. The build does without it as the station does.
        include: ['onnxruntime-node'],
        // Their JSON is imported with an attribute that the bundle would lose; so it goes into the bundle itself.
        exclude: ['stopwords-iso', 'ml-sentiment'],
      },
      sourcemap: true,
      rollupOptions: {
        input: mainEntries,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can only be CommonJS.
      rollupOptions: {
        input: { index: at('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [vue()],
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      __VUE_I18N_LEGACY_API__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
      __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
    },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      // Fonts and icons stay files: the content security policy allows no data: font.
      assetsInlineLimit: 0,
      minify: true,
      sourcemap: false,
      rollupOptions: { input: { index: at('renderer/index.html') } },
    },
  },
})
