/** Systems by what their browsers call them, the more particular first. */
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux|X11/, 'Linux'],
] as const;
const browsers = [
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
/** The model of an Android device: what stands between the system's version and its build. */
const androidModel = /Android [^;)]+; ([^;)]+?)(?: Build\/[^;)]*)?[;)]/;

/**
 * What to call this device, from what its browser says of itself: “Pixel 8, Chrome”. `model` is what the browser tells
 * only when it is asked (User-Agent Client Hints); in the user agent itself Chrome now says “K” for every model.
 */
export function suggestName(userAgent: string, model = ''): string {
  const told = androidModel.exec(userAgent)?.[1]?.trim();
  const known = model.trim() || (told && !/^(K|Mobile|Tablet|rv:.*)$/.test(told) ? told : '');
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'browser';
  const device = known || system;
  return (device ? `${device}, ${browser}` : 'Browser').slice(0, 64);
}

/** The model, where the browser tells it. Empty where it does not. */
export async function readModel(agent: Navigator = navigator): Promise<string> {
  const { userAgentData } = agent as Navigator & {
    readonly userAgentData?: { getHighEntropyValues(hints: string[]): Promise<{ model?: unknown }> };
  };
  try {
    const { model } = (await userAgentData?.getHighEntropyValues(['model'])) ?? {};
    return typeof model === 'string' ? model : '';
  } catch {
    // Refused by the browser's policy: the system's name is enough.
    return '';
  }
}
