import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { UserlikeLimeStack } from './stack.ts';
import { readStage } from './stage.ts';

const app = new App();
const stage = readStage((key) => app.node.tryGetContext(key));
new UserlikeLimeStack(app, `userlike-lime-${stage.stage}`, stage);
// Unacknowledged findings fail the synthesis.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
