/**
 * Takes the place of the SDK's cache of discovered endpoints in the bundles. DynamoDB's client makes one, and uses it
 * only where a variable of the environment turns discovery on.
 */
export class EndpointCache {}
