export { startServer, type Listen, type RunningServer, type ServerOptions } from './server.js';
