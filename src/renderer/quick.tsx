import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/fonts.css';
import './design/base.css';
import './design/components.css';
import './design/quick.css';
import { startPage } from './start-page.ts';
import { findBridge } from './transport/find-bridge.ts';
import { QuickPage } from './views/quick/quick-page.tsx';
import { readRecent } from './views/quick/read-recent.ts';

const bridge = findBridge();
// Asked for before anything else is made ready: whoever has clicked waits for it.
const recent = bridge && readRecent(bridge);
await startPage();
const root = createRoot(document.getElementById('root')!);
if (bridge && recent) {
  root.render(<QuickPage bridge={bridge} recent={await recent} />);
} else {
  const { QuickInBrowser } = await import('./views/quick/quick-in-browser.tsx');
  root.render(<QuickInBrowser />);
}
