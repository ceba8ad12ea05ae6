import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, platform, release, totalmem, uptime } from 'node:os';
import { dirname, join } from 'node:path';
import type { DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What runs: of the program itself, and of what it stands on. */
export function describeVersions(
  version: string,
  environment: Environment,
  programPath: string,
): DiagnosticsReport['versions'] {
  const {
    node,
    v8,
    openssl = '',
    electron = null,
    chrome = null,
  } = process.versions as NodeJS.ProcessVersions & {
    electron?: string;
    chrome?: string;
  };
  return {
    pulsewire: plainVersion(version),
    node,
    v8,
    openssl,
    electron,
    chromium: chrome,
    package: derivePackage(environment, programPath),
  };
}

/** By what the tool that installed it leaves in the environment, and where it lies. */
function derivePackage(
  environment: Environment,
  programPath: string,
): DiagnosticsReport['versions']['package'] {
  if (environment['APPIMAGE'] !== undefined) return 'appImage';
  if (environment['SNAP'] !== undefined) return 'snap';
  if (environment['FLATPAK_ID'] !== undefined) return 'flatpak';
  if (environment['container'] !== undefined) return 'container';
  const { resourcesPath = programPath } = process as { resourcesPath?: string };
  const type = readText(join(resourcesPath, 'package-type'))?.trim();
  if (type === 'deb' || type === 'rpm') return type;
  return isCheckout(programPath) ? 'source' : 'archive';
}

/** A folder at or above the program that has what only sources have. */
function isCheckout(programPath: string): boolean {
  for (let at = programPath; ; at = dirname(at)) {
    if (existsSync(join(at, 'electron.vite.config.ts'))) return true;
    if (dirname(at) === at) return false;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Only some packages have one.
    return null;
  }
}

/** The machine, without anything that tells it from another of its kind. */
export function describeSystem(environment: Environment): DiagnosticsReport['system'] {
  return {
    platform: platform(),
    arch: arch(),
    // What follows the numbers is whoever built the kernel's to choose.
    kernel: /^[\d.]+/.exec(release())?.[0] ?? '',
    distribution: readDistribution(),
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    uptimeS: Math.round(uptime()),
    session: deriveSession(environment),
  };
}

/** Source: os-release(5). */
function readDistribution(): string | null {
  const text = readText('/etc/os-release') ?? '';
  const value = (key: string): string =>
    new RegExp(`^${key}="?([a-z0-9._-]{1,30})"?$`, 'm').exec(text)?.[1] ?? '';
  return `${value('ID')} ${value('VERSION_ID')}`.trim() || null;
}

function deriveSession(environment: Environment): DiagnosticsReport['system']['session'] {
  const type = environment['XDG_SESSION_TYPE'];
  if (type === 'wayland' || type === 'x11' || type === 'tty') return type;
  return environment['WAYLAND_DISPLAY'] ? 'wayland' : environment['DISPLAY'] ? 'x11' : 'none';
}

function plainVersion(version: string): string {
  return /^\d+\.\d+\.\d+(-[a-z0-9.]{1,20})?$/.exec(version)?.[0] ?? 'unknown';
}
