import './locale.ts';
import '@fontsource-variable/inter';
import '@xyflow/react/dist/style.css';
import 'uplot/dist/uPlot.min.css';
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { begin } from './app/begin.ts';

begin();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
