import { readFileSync } from 'node:fs';
import { arch, availableParallelism, platform, release, totalmem, uptime } from 'node:os';
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
  return /[\\/](app\.asar|opt|usr|Program Files|Applications)[\\/]/.test(programPath) ? 'package' : 'source';
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
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    const value = (key: string): string =>
      new RegExp(`^${key}="?([a-z0-9._-]{1,30})"?$`, 'm').exec(text)?.[1] ?? '';
    return `${value('ID')} ${value('VERSION_ID')}`.trim() || null;
  } catch {
    // Not a Linux that tells of itself.
    return null;
  }
}

function deriveSession(environment: Environment): DiagnosticsReport['system']['session'] {
  const type = environment['XDG_SESSION_TYPE'];
  if (type === 'wayland' || type === 'x11' || type === 'tty') return type;
  return environment['WAYLAND_DISPLAY'] ? 'wayland' : environment['DISPLAY'] ? 'x11' : 'none';
}

function plainVersion(version: string): string {
  return /^\d+\.\d+\.\d+(-[a-z0-9.]{1,20})?$/.exec(version)?.[0] ?? 'unknown';
}
