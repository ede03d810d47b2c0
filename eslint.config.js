// Vue templates only: everything else is oxlint's, which is fifty times faster.
import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import vue from 'eslint-plugin-vue'

export default defineConfigWithVueTs(
  { ignores: ['out', 'coverage', 'test-results', 'playwright-report', '**/*.ts', '**/*.js'] },
  vue.configs['flat/recommended'],
  vueTsConfigs.base,
  {
    files: ['**/*.vue'],
    rules: {
      // Post text is hostile: a page never makes markup out of text.
      'vue/no-v-html': 'error',
      'vue/no-v-text-v-html-on-component': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-useless-v-bind': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['RouterLink', 'RouterView', 'i18n-t'] }],
      'vue/html-button-has-type': 'error',
      // Format is prettier's.
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      // Takes a union type in a template for a filter of Vue 2.
      'vue/no-deprecated-filter': 'off',
    },
  },
)
