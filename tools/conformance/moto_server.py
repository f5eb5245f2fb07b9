"""
moto as a server, with a stack of this project in it.

Usage: moto_server.py [<directory of a cloud assembly> <stack name>]

CloudFormation creates the stack from the template as it is. Then IAM is enforced, signatures included. Writes a JSON
line about the stack, and one for each call that IAM decides. Without arguments there is no stack, and everything is
allowed. Ends when its input ends.
"""

import fnmatch
import io
import json
import logging
import pathlib
import re
import sys
import warnings
import zipfile

import boto3
from moto import settings
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.dynamodb.responses import DynamoHandler
from moto.iam import access_control
from moto.secretsmanager.responses import SecretsManagerResponse
from moto.server import ThreadedMotoServer

REGION = "eu-central-1"
ACCOUNT = "123456789012"

# moto prints warnings to the standard output.
output, sys.stdout = sys.stdout, sys.stderr

# SQS checks each entry of a batch as a single call.
SINGLE = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}

ALLOW_ALL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def main():
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    teach_resources()
    teach_unknown_types()
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://127.0.0.1:{port}"
    write({"endpoint": endpoint})
    if len(sys.argv) > 1:
        stack = create_stack(pathlib.Path(sys.argv[1]), sys.argv[2], endpoint)
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0  # From now on IAM decides each call.
        write({"stack": stack})
    sys.stdin.read()
    server.stop()


def write(value):
    print(json.dumps(value), file=output, flush=True)


def client_of(endpoint):
    access = {"region_name": REGION, "aws_access_key_id": "local", "aws_secret_access_key": "local"}
    return lambda service: boto3.client(service, endpoint_url=endpoint, **access)


def create_stack(directory, stack_name, endpoint):
    client = client_of(endpoint)
    upload_assets(client("s3"), directory, stack_name)
    client("ssm").put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="28", Type="String")
    template = (directory / f"{stack_name}.template.json").read_text()
    cloudformation = client("cloudformation")
    cloudformation.create_stack(StackName=stack_name, TemplateBody=template, Capabilities=["CAPABILITY_IAM"])
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack_name)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    physical = {one["LogicalResourceId"]: one.get("PhysicalResourceId", "") for one in resources}
    return {
        "region": REGION,
        "physicalIds": {name: value for name, value in physical.items() if name},
        "unknownTypes": unknown_types(json.loads(template)),
        "functions": [function_of(client, name) for name in function_names(client)],
        "admin": admin(client("iam")),
    }


def unknown_types(template):
    types = {resource["Type"] for resource in template["Resources"].values()}
    return sorted(one for one in types if parsing.resource_class_from_type(one) is None)


def upload_assets(s3, directory, stack_name):
    bucket = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    assets = json.loads((directory / f"{stack_name}.assets.json").read_text())
    for asset in assets["files"].values():
        path = directory / asset["source"]["path"]
        body = zipped(path) if asset["source"]["packaging"] == "zip" else path.read_bytes()
        for destination in asset["destinations"].values():
            s3.put_object(Bucket=bucket, Key=destination["objectKey"], Body=body)


def zipped(directory):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in directory.rglob("*"):
            if path.is_file():
                archive.write(path, path.relative_to(directory))
    return buffer.getvalue()


def function_names(client):
    return [one["FunctionName"] for one in client("lambda").list_functions()["Functions"]]


def function_of(client, name):
    """A function with the variables that CloudFormation resolved, and credentials of its role."""
    configuration = client("lambda").get_function_configuration(FunctionName=name)
    role = configuration["Role"]
    credentials = client("sts").assume_role(RoleArn=role, RoleSessionName="conformance")["Credentials"]
    return {
        "name": name,
        "role": role,
        "variables": configuration.get("Environment", {}).get("Variables", {}),
        "credentials": {
            "accessKeyId": credentials["AccessKeyId"],
            "secretAccessKey": credentials["SecretAccessKey"],
            "sessionToken": credentials["SessionToken"],
        },
    }


def admin(iam):
    """Stands for the people who store secrets and look into queues."""
    iam.create_user(UserName="admin")
    iam.put_user_policy(UserName="admin", PolicyName="all", PolicyDocument=json.dumps(ALLOW_ALL))
    key = iam.create_access_key(UserName="admin")["AccessKey"]
    return {"accessKeyId": key["AccessKeyId"], "secretAccessKey": key["SecretAccessKey"]}


def teach_resources():
    """moto 5 names the resource of a call for SQS only, and reads a pattern's "?" as in a regular expression."""
    DynamoHandler._determine_resource = lambda call: table_arn(call._get_param("TableName"))
    SecretsManagerResponse._determine_resource = lambda call: secret_arn(call, call._get_param("SecretId"))
    access_control.IAMPolicyStatement._match = staticmethod(
        lambda pattern, value: re.match(fnmatch.translate(pattern.replace("[", "[[]")), value)
    )
    check = access_control.IAMRequest.check_action_permitted

    def recorded(request, resource):
        request._action = SINGLE.get(request._action, request._action)
        call = {"principal": request._access_key.arn, "action": request._action, "resource": resource}
        try:
            check(request, resource)
        except Exception:
            write({"call": {**call, "allowed": False}})
            raise
        write({"call": {**call, "allowed": True}})

    access_control.IAMRequest.check_action_permitted = recorded


def table_arn(name):
    if not name or name.startswith("arn:"):
        return name or "*"
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}"


def secret_arn(call, secret_id):
    """A stored secret's ARN ends in six random characters. One that is not there is asked for by its bare name."""
    if not secret_id or secret_id.startswith("arn:"):
        return secret_id or "*"
    secret = call.backend.secrets.get(secret_id)
    return secret.arn if secret else f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{secret_id}"


def teach_unknown_types():
    """An attribute of a resource that moto does not know is a text that says so, instead of the stack's failure."""
    clean = parsing.clean_json

    def clean_json(value, resources):
        try:
            return clean(value, resources)
        except ValidationError:
            if isinstance(value, dict) and "Fn::GetAtt" in value:
                return "unknown-" + "-".join(value["Fn::GetAtt"])
            raise

    parsing.clean_json = clean_json
    # It fails where an output names such an attribute. cfn-lint checks the outputs.
    parsing.ResourceMap.validate_outputs = lambda resource_map: None


main()
