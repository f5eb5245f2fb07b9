import { Annotations, App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { UserlikeLimeStack } from './stack.ts';
import { readStage } from './stage.ts';

const app = new App();
const { origin, ...stage } = readStage((key) => app.node.tryGetContext(key));
const stack = new UserlikeLimeStack(app, `userlike-lime-${stage.stage}`, stage);
if (origin === 'defaults') {
  Annotations.of(stack).addWarningV2(
    'userlike-lime:no-stage-file',
    `There is no stages/${stage.stage}.json. This stack has the defaults, without alarm mails. A deployment removes what a former one had beyond them.`,
  );
}
// Unacknowledged findings fail the synthesis.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
