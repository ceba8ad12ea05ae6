import { TestViewer, type TestViewerOptions } from './test-viewer.ts';

// A viewer in a process of its own: watches until it is told to end by SIGTERM, and says each thing that it sees as one
// line of JSON. Its one argument are the options of TestViewer.
const options = JSON.parse(process.argv[2] ?? '{}') as TestViewerOptions;
const viewer = new TestViewer(options, (sight) => process.stdout.write(`${JSON.stringify(sight)}\n`));
process.once('SIGTERM', () => void viewer[Symbol.asyncDispose]());
