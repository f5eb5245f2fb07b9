/** A finding that stays, with the reason. */
export type Acknowledgement = { rule: string; resources: RegExp; reason: string };

export const acknowledged: readonly Acknowledgement[] = [
  {
    rule: 'I1022',
    resources: /./,
    reason: 'The CDK joins texts with Fn::Join. Fn::Sub would give the same text.',
  },
  {
    rule: 'W3005',
    resources: /^Chat(Intake|Mapper|Link)Function/,
    reason:
      'The CDK lets a function depend on its role and its policy. The role alone would follow from the reference.',
  },
  {
    rule: 'CKV_AWS_115',
    resources: /^Chat(Mapper|Link)Function/,
    reason:
      "MaximumConcurrency of the event sources limits the mapper, the API's throttle limits link. Intake has a reservation.",
  },
  {
    rule: 'CKV_AWS_116',
    resources: /^Chat(Intake|Mapper|Link)Function/,
    reason:
      'No function is invoked asynchronously, so none would use its own DLQ. Records have one behind their queue.',
  },
  {
    rule: 'CKV_AWS_117',
    resources: /^Chat(Intake|Mapper|Link)Function/,
    reason: 'The functions call AWS and Lime over TLS and reach nothing in a VPC. A VPC would add a NAT to pay for.',
  },
  {
    rule: 'CKV_AWS_173',
    resources: /^Chat(Intake|Mapper|Link)Function/,
    reason: 'The variables are names and numbers. Keys are in Secrets Manager only.',
  },
  {
    rule: 'CKV_AWS_26',
    resources: /^ChatMonitoringTopic/,
    reason: 'Alarms contain names and numbers. With an encrypted topic CloudWatch needs a key of yours to send any.',
  },
  {
    rule: 'CKV_AWS_27',
    resources: /^ChatConversations/,
    reason: 'SQS encrypts the queues with its own key, which this check does not see. A stage may have a key of yours.',
  },
  {
    rule: 'CKV_AWS_119',
    resources: /^ChatLedgerTable/,
    reason: 'DynamoDB encrypts the table with its own key. A stage may have a key of yours.',
  },
  {
    rule: 'CKV_AWS_158',
    resources: /^Chat(Intake|Mapper|Link|Endpoint)(Access)?Logs?/,
    reason: 'CloudWatch encrypts the logs with its own key. A stage may have a key of yours.',
  },
];
