import { render } from 'preact';
import { App } from './frame/app.js';
import { keepSettings } from './frame/settings.js';
import './style/base.css';
import './style/frame.css';
import './style/pieces.css';
import './style/overview.css';
import './style/operation.css';
import './style/history.css';

const place = document.querySelector('#console');
if (place !== null) {
  keepSettings();
  render(<App />, place);
}
