/** Whether what is sent to an address can be read on the way. */
export function isPlainUrl(url: string): boolean {
  return url.startsWith('http:');
}
