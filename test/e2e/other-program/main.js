// Another program on the agent's screen: one window with one field.
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 500, height: 300, x: 40, y: 300 });
  void window.loadURL('data:text/html,<title>customers</title><textarea autofocus style="width:90%;height:200px"></textarea>');
});
app.on('window-all-closed', () => app.quit());
