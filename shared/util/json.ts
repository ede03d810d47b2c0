/** Values that survive JSON.stringify and JSON.parse unchanged. Only these cross a process or a wire. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }
