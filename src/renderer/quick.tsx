import { createRoot } from 'react-dom/client';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import './design/tokens.css';
import './design/base.css';
import './design/components.css';
import './design/pairing.css';
import './design/quick.css';
import { applyTheme } from './theme.ts';
import { findBridge } from './transport/find-bridge.ts';
import { connectByIpc } from './transport/ipc-transport.ts';
import { BrowserApp } from './views/browser-app.tsx';
import { QuickView } from './views/quick-view.tsx';
import { SessionPage } from './views/session-page.tsx';

applyTheme();
const bridge = findBridge();
createRoot(document.getElementById('root')!).render(
  bridge ? (
    <SessionPage clock={systemClock} connect={connectByIpc(bridge, 'tray')} clientName="Quick view">
      <QuickView bridge={bridge} />
    </SessionPage>
  ) : (
    <BrowserApp>
      <QuickView bridge={null} />
    </BrowserApp>
  ),
);
