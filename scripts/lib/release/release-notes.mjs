/**
 * What a commit is, by the word before its colon, and the heading under which it is listed; in this order.
 *
 * @type {readonly (readonly [string, string])[]}
 */
const kinds = [
  ['feat', 'Features'],
  ['fix', 'Fixes'],
  ['perf', 'Cost'],
  ['refactor', 'Code'],
  ['docs', 'Documents'],
  ['test', 'Tests'],
  ['build', 'Build'],
];
const otherHeading = 'Other';

/** The forge takes 125 000 characters; the changes come first, and the list of commits gives way. */
const mostCharacters = 120_000;

/**
 * The notes of a release: what the changelog says of it, how to verify it, and the commits by kind.
 *
 * @param {object} release
 * @param {string} release.version
 * @param {string} release.changes the body of its section in the changelog
 * @param {readonly {hash: string, subject: string}[]} release.commits newest first
 * @param {string | undefined} release.previousTag
 * @param {readonly string[]} release.notForRelease why it must not be handed out; empty where it may be
 * @returns {string} Markdown
 */
export function deriveReleaseNotes({ version, changes, commits, previousTag, notForRelease }) {
  const warning =
    notForRelease.length === 0
      ? []
      : ['**Not for release.**', ...notForRelease.map((reason) => `- ${reason}`), ''];
  const head = [
    `# Pulsewire ${version}`,
    '',
    ...warning,
    changes,
    '',
    '## Verify',
    '',
    '`sha256sum -c SHA256SUMS --ignore-missing` in the folder of what you have downloaded, and',
    '`gh attestation verify FILE --repo OWNER/pulsewire` for where and of which commit it was built.',
    '',
    `## Commits ${previousTag === undefined ? 'so far' : `since ${previousTag}`}`,
  ].join('\n');
  return `${head}\n${listCommits(commits, mostCharacters - head.length)}`;
}

/** @param {readonly {hash: string, subject: string}[]} commits @param {number} room in characters @returns {string} */
function listCommits(commits, room) {
  let text = '';
  let left = commits.length;
  for (const heading of [...kinds.map(([, name]) => name), otherHeading]) {
    const some = commits.filter(({ subject }) => findHeading(subject) === heading);
    for (const [index, { hash, subject }] of some.entries()) {
      const line = `${index === 0 ? `\n### ${heading}\n\n` : ''}- ${subject} (${hash})\n`;
      if (text.length + line.length > room) return `${text}\nand ${left} more.\n`;
      text += line;
      left -= 1;
    }
  }
  return text;
}

/** @param {string} subject */
function findHeading(subject) {
  const word = /^([a-z]+)(?:\([^)]*\))?!?: /.exec(subject)?.[1];
  return kinds.find(([kind]) => kind === word)?.[1] ?? otherHeading;
}
