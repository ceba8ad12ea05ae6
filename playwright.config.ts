import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const isRoot = process.getuid?.() === 0;

// The system's own browser: nothing is downloaded.
const browserPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];
const browserPath = process.env['PULSEWIRE_CHROMIUM'] ?? browserPaths.find((path) => existsSync(path));

// The switches keep it off the network and, for root only, out of the sandbox that root cannot have.
const chromiumArguments = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
];

// Pages of a host that is made up or played again, whose time goes as fast as it is told: several at once are no worse.
const untimed =
  /browser\/(accessibility|charts|commands|gallery|overview|pages|processes|reach|screenshots|site|texts|tour|wall)\.spec\.ts$/;
// What compares figures over the same seconds, times the page, or needs the screen's focus or the session's bus for itself.
const alone =
  /(browser\/(large-machine|stream)|electron\/(cost|crash|figures|leak|processes-scrolling|quick-view|tray))\.spec\.ts$/;
const browser = {
  browserName: 'chromium',
  launchOptions: { executablePath: browserPath ?? browserPaths[0], args: chromiumArguments },
} as const;

export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/../screenshots/{arg}{ext}',
  // One at a time, unless told otherwise.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    // Two runs differed in no pixel, however busy the machine was: what is left is how processors round colours.
    toHaveScreenshot: { animations: 'disabled', caret: 'hide', threshold: 0.01, maxDiffPixels: 0 },
  },
  reporter: [['list']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'electron', testMatch: 'electron/**/*.spec.ts', testIgnore: alone },
    { name: 'browser', testMatch: 'browser/**/*.spec.ts', testIgnore: [untimed, alone], use: browser },
    { name: 'packaged', testMatch: 'packaged/**/*.spec.ts', use: browser },
    { name: 'pages', testMatch: untimed, use: browser },
    { name: 'alone', testMatch: alone, use: browser },
  ],
});
