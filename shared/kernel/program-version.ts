/** The version that packages name as the program that made them; the same as package.json, which a test compares. */
export const programVersion = '0.1.0';
