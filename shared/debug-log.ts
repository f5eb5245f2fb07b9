/** Takes the place of the package `debug`, which a detector of zip files logs with. Node has the same, and smaller. */
export { debuglog as default } from 'node:util';
