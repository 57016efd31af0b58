import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

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
