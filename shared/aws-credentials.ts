/**
 * Takes the place of the SDK's default chain in the bundles. Lambda hands out a role's credentials as variables, so
 * profiles, single sign-on and instance metadata would be a fifth of a bundle that nothing calls.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
