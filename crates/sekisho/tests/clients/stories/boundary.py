"""A permissions boundary that lacks KMS: the build may upload until it is attached, and again
when it is repaired or removed.

The build's own policy has no `kms:GenerateDataKey`; the key policy gives it to the role by name, which
within an account is enough, and which a boundary limits. IAM User Guide, "Permissions boundaries for IAM
entities": "Resource-based policies that grant permissions to an IAM role ARN are limited by an
implicit deny in a permissions boundary or session policy".
"""

import json
from pathlib import Path

import pipeline
from pipeline import BUCKET, HOME
from story import *

NAME = "codebuild-service-role"
BUILD = f"arn:aws:iam::{TOOLS}:role/{NAME}"
SESSION = f"arn:aws:sts::{TOOLS}:assumed-role/{NAME}/build"
iam, kms = client("tools", "iam"), client("tools", "kms", HOME)

step("the build role, the pipeline's key, which names it, and the bucket")
pipeline.make_role("tools", NAME, pipeline.role_of("codebuild"))
refused(
    "AccessDenied",
    f"User: {pipeline.ADMIN} is not authorized to perform: sts:AssumeRole on resource: {BUILD}",
    client("tools", "sts").assume_role, RoleArn=BUILD, RoleSessionName="build",
)
stand_in = json.dumps(pipeline.role_of("codebuild", stand_in=pipeline.ADMIN))
iam.update_assume_role_policy(RoleName=NAME, PolicyDocument=stand_in)
key = pipeline.make_key(pipeline.key_policy(pipeline.key_use(BUILD)), "pipeline-key")
pipeline.make_bucket(BUCKET, key)
secrets = client("tools", "secretsmanager", HOME)
secret = secrets.create_secret(Name="build", SecretString="for the build")["ARN"]
build_policy = pipeline.build_policy(key, secret)
iam.put_role_policy(RoleName=NAME, PolicyName="CodeBuildPolicy", PolicyDocument=json.dumps(build_policy))
build = pipeline.as_service_role(BUILD, "build")
s3 = client(build, "s3", HOME)
Path("app.zip").write_bytes(b"an artifact")
COPY = ("s3", "cp", "app.zip", f"s3://{BUCKET}/my-service/app.zip")


def upload() -> dict:
    """The build's upload with boto3."""
    return s3.put_object(Bucket=BUCKET, Key="my-service/output.zip", Body=b"what was built")


def cut(action: str, resource: str) -> str:
    """The text of a denial by the boundary."""
    why = f"because no permissions boundary allows the {action} action"
    return denied(SESSION, action, why, resource)


step("without a boundary the build uploads: the key policy is enough")
same("key", upload()["SSEKMSKeyId"], key)
cli(build, *COPY, region=HOME)
Path("large.zip").write_bytes(b"layer" * 1_900_000)
cli(build, "s3", "cp", "large.zip", f"s3://{BUCKET}/my-service/large.zip", region=HOME)
same("length", s3.head_object(Bucket=BUCKET, Key="my-service/large.zip")["ContentLength"], 9_500_000)

step("with the boundary as it is written the same session is denied, and the boundary is named")
document = json.dumps(pipeline.boundary())
boundary = iam.create_policy(PolicyName="pipeline-permissions-boundary", PolicyDocument=document)["Policy"]["Arn"]
iam.put_role_permissions_boundary(RoleName=NAME, PermissionsBoundary=boundary)
attached = cli("tools", "iam", "get-role", "--role-name", NAME)["Role"]["PermissionsBoundary"]
same("boundary", attached["PermissionsBoundaryArn"], boundary)
refused("AccessDenied", cut("kms:GenerateDataKey", key), upload, status=403)
said = refused_cli(build, "AccessDenied", cut("kms:GenerateDataKey", key), *COPY, region=HOME)
assert said.startswith("upload failed: ./app.zip to "), said

step("neither can it read its source, nor its secret")
read = {"Bucket": BUCKET, "Key": "my-service/app.zip"}
refused("AccessDenied", cut("kms:Decrypt", key), s3.get_object, status=403, **read)
refused(
    "AccessDeniedException", cut("secretsmanager:GetSecretValue", secret),
    client(build, "secretsmanager", HOME).get_secret_value, SecretId=secret, VersionStage="AWSCURRENT",
)
same("key", s3.head_object(**read)["SSEKMSKeyId"], key)
refused("403", "Forbidden", s3.head_object, status=403, ChecksumMode="ENABLED", **read)

step("what the boundary forbids is forbidden whatever the role's policies allow")
everything = json.dumps(policy(allow("*")))
iam.put_role_policy(RoleName=NAME, PolicyName="everything", PolicyDocument=everything)
refused(
    "AccessDenied",
    denied(
        SESSION, "iam:CreateUser", f"with an explicit deny in a permissions boundary: {boundary}",
        f"arn:aws:iam::{TOOLS}:user/intruder",
    ),
    client(build, "iam").create_user, status=403, UserName="intruder",
)
refused("AccessDenied", cut("kms:GenerateDataKey", key), upload)


def simulated(action: str, resource: str, **context: str) -> str:
    """What the simulator says that the build role may do."""
    entries = [
        {"ContextKeyName": name, "ContextKeyType": "string", "ContextKeyValues": [value]}
        for name, value in context.items()
    ]
    answer = iam.simulate_principal_policy(
        PolicySourceArn=BUILD, ActionNames=[action], ResourceArns=[resource], ContextEntries=entries
    )
    return answer["EvaluationResults"][0]["EvalDecision"]


step("its Deny for production holds for what is tagged so, but tags of buckets do not count by themselves")
table = f"arn:aws:dynamodb:{HOME}:{TOOLS}:table/orders"
production = {"aws:ResourceTag/Environment": "production"}
same("tagged table", simulated("dynamodb:DeleteTable", table, **production), "explicitDeny")
same("table", simulated("dynamodb:DeleteTable", table), "implicitDeny")
client("tools", "s3", HOME).create_bucket(
    Bucket="old-artifacts", CreateBucketConfiguration={"LocationConstraint": HOME}
)
tags = {"TagSet": [{"Key": "Environment", "Value": "production"}]}
client("tools", "s3", HOME).put_bucket_tagging(Bucket="old-artifacts", Tagging=tags)
s3.delete_bucket(Bucket="old-artifacts")
iam.delete_role_policy(RoleName=NAME, PolicyName="everything")

step("a boundary that has what the build needs lets the upload through")
repaired = pipeline.boundary()
repaired["Statement"].append(allow(["kms:Decrypt", "kms:GenerateDataKey", "secretsmanager:GetSecretValue"]))
iam.create_policy_version(PolicyArn=boundary, PolicyDocument=json.dumps(repaired), SetAsDefault=True)
same("key", upload()["SSEKMSKeyId"], key)
same("artifact", s3.get_object(**read)["Body"].read(), b"an artifact")
cli(build, *COPY, region=HOME)

step("a boundary gives nothing: without the key policy's grant the build's own policy is asked")
kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(pipeline.key_policy()))
no_identity = "because no identity-based policy allows the kms:GenerateDataKey action"
refused("AccessDenied", denied(SESSION, "kms:GenerateDataKey", no_identity, key), upload, status=403)
named = pipeline.key_policy(pipeline.key_use(BUILD))
kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(named))

step("the boundary as written is there again, and then removed")
iam.set_default_policy_version(PolicyArn=boundary, VersionId="v1")
refused("AccessDenied", cut("kms:GenerateDataKey", key), upload)
iam.delete_role_permissions_boundary(RoleName=NAME)
same("key", upload()["SSEKMSKeyId"], key)
cli(build, *COPY, region=HOME)
cli(build, "s3", "cp", f"s3://{BUCKET}/my-service/output.zip", "output.zip", region=HOME)
same("artifact", Path("output.zip").read_bytes(), b"what was built")
