declare module '*.ftl?compiled=launcher' {
  const words: Record<string, import('../../build/words').Compiled>;
  export default words;
}

declare module '*.css?url&no-inline' {
  const url: string;
  export default url;
}
