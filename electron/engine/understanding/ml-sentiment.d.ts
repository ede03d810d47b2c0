declare module 'ml-sentiment' {
  export default function create(options: { lang: 'en' | 'de' }): { classify(text: string): number }
}
