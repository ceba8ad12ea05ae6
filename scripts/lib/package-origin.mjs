/**
 * Where packages come from, as they say of themselves.
 *
 * @typedef {object} PackageOrigin
 * @property {string} homepage
 * @property {string} maintainer
 * @property {{provider: 'github', owner: string, repo: string} | {provider: 'generic', url: string} | undefined} publish
 *   where the app asks for updates; undefined: nowhere
 */

/** Never answers (RFC 2606), so that a build of nobody in particular asks nobody for updates. */
const nowhere = 'pulsewire.invalid';

/**
 * From the environment: PULSEWIRE_UPDATE_URL names a folder of any web server with the packages and their latest*.yml;
 * GITHUB_REPOSITORY, which the forge sets for its workflows, the repository whose releases have them.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {PackageOrigin}
 */
export function derivePackageOrigin(environment) {
  const url = environment['PULSEWIRE_UPDATE_URL'];
  const [, owner, repo] = /^([\w-]+)\/([\w.-]+)$/.exec(environment['GITHUB_REPOSITORY'] ?? '') ?? [];
  const onForge = owner !== undefined && repo !== undefined;
  return {
    homepage: onForge ? `https://github.com/${owner}/${repo}` : `https://${nowhere}/`,
    maintainer: `The Pulsewire contributors <${onForge ? `${owner}@users.noreply.github.com` : `contributors@${nowhere}`}>`,
    publish: url ? { provider: 'generic', url } : onForge ? { provider: 'github', owner, repo } : undefined,
  };
}
