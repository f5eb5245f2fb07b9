// Every script of package.json preloads this. Without it an older Node fails on the first `.ts` file with a stack trace.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `userlike-lime needs Node 24 or newer, this is ${process.version}: run npm ci again, or install Node 24.`,
  );
  process.exit(1);
}
