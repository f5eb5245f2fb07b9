import { App } from 'aws-cdk-lib';
import { UserlikeLimeStack } from './stack.ts';
import { readStage } from './stage.ts';

const app = new App();
const stage = readStage((key) => app.node.tryGetContext(key));
new UserlikeLimeStack(app, `userlike-lime-${stage.stage}`, stage);
