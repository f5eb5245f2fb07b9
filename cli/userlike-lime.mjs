#!/usr/bin/env node
import '../tools/node24.mjs';

await import('./main.ts');
