// Languages that the desk speaks, each in its own words.
export const LANGUAGES = [['en', 'English'], ['de', 'Deutsch'], ['ar', 'العربية']] as const;
