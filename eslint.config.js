import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The script of a page, alone and without types: what the template uses of it and what its types are is vue-tsc's business. */
const vueScript = {
  preprocess(text) {
    const found = /<script setup lang="ts">\n([\s\S]*?)<\/script>/.exec(text);
    // Lines stay where they are in the file.
    return found === null ? [] : [{ text: '\n'.repeat(text.slice(0, found.index).split('\n').length) + found[1], filename: 'script.vts' }];
  },
  postprocess: (messages) => messages.flat(),
};

/** Type-aware rules over all TypeScript; what the house forbids beside them is in test/architecture and test/tidy. */
export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', 'demo-out/', 'coverage/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts', 'electron.vite.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-globals': ['error', { name: 'parseFloat', message: 'money and ratios have their own doors' }],
      // Code points are what we count in passwords and names.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // The full-width space aligns Chinese text.
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.vue'], processor: vueScript },
  {
    files: ['**/*.vue/*.vts'],
    languageOptions: { parser: tseslint.parser },
    rules: { eqeqeq: 'error', 'no-undef': 'off', 'no-unused-vars': 'off', 'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }] },
  },
  {
    // Configurations stand outside the projects and are read without the strict index access of the house.
    files: ['*.config.ts'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    // Types of .vue files are vue-tsc's business; eslint sees them as errors.
    files: ['renderer/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { process: 'readonly', require: 'readonly', module: 'writable' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
