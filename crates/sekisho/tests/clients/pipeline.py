"""The pipeline of three accounts: what its templates make, made by calls.

`tools` builds and keeps the artifacts, `staging` and `production` have a role to deploy with. The
policies are data here, as they are first written; the stories say what is wrong with them and mend it.
"""

import json
from typing import Optional

from story import PRODUCTION, STAGING, TOOLS, Caller, allow, as_role, client, deny, policy

#: The region of the key and of the bucket.
HOME = "ap-northeast-1"
BUCKET = f"pipeline-artifacts-{TOOLS}"
OBJECTS = f"arn:aws:s3:::{BUCKET}/*"
ADMIN = f"arn:aws:iam::{TOOLS}:user/admin"
#: Who deploys, in staging and in production.
DEPLOY = "codepipeline-cross-account-deploy"
DEPLOYERS = [f"arn:aws:iam::{account}:role/{DEPLOY}" for account in (STAGING, PRODUCTION)]


def role_of(service: str, stand_in: Optional[str] = None, **condition) -> dict:
    """The trust policy of a service's role. Nobody but the service becomes it, so that a stand-in is
    let in for it where a story needs to act as the role."""
    principal = {"Service": f"{service}.amazonaws.com"}
    if stand_in:
        principal["AWS"] = stand_in
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return policy(statement | ({"Condition": condition} if condition else {}))


def make_role(account: str, name: str, trust: dict, **inline: dict) -> str:
    """A role with inline policies, and its ARN."""
    iam = client(account, "iam")
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    for policy_name, document in inline.items():
        iam.put_role_policy(RoleName=name, PolicyName=policy_name, PolicyDocument=json.dumps(document))
    return made["Role"]["Arn"]


def make_key(document: dict, alias: str) -> str:
    """A key under a key policy, rotated every year, and its ARN."""
    kms = client("tools", "kms", HOME)
    key = kms.create_key(Description="Key for CI/CD pipeline artifacts", Policy=json.dumps(document))
    kms.enable_key_rotation(KeyId=key["KeyMetadata"]["KeyId"])
    kms.create_alias(AliasName=f"alias/{alias}", TargetKeyId=key["KeyMetadata"]["KeyId"])
    return key["KeyMetadata"]["Arn"]


def make_bucket(name: str, key: str) -> None:
    """A bucket for artifacts: encrypted under the key, with versions, closed to the public."""
    s3 = client("tools", "s3", HOME)
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": HOME})
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    shut = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(shut, True))
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def root_of(account: str) -> dict:
    """An account as a principal: it delegates to its own policies."""
    return {"AWS": f"arn:aws:iam::{account}:root"}


def key_policy(*others: dict) -> dict:
    """A key policy that leaves the key to the account's administrators, and `others`."""
    return policy(allow("kms:*", Principal=root_of(TOOLS), Sid="AllowRootAccess"), *others)


def pipeline_policy() -> dict:
    """What the pipeline's role may do, as far as services are called here."""
    return policy(
        allow(["s3:GetObject", "s3:PutObject", "s3:GetObjectVersion"], OBJECTS),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], f"arn:aws:kms:{HOME}:{TOOLS}:key/*"),
    )


def build_policy(key: str, secret: str) -> dict:
    """What the build's role may do: of the key, only `kms:Decrypt`."""
    current = {"StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}
    return policy(
        allow(["s3:GetObject", "s3:PutObject"], OBJECTS),
        allow("secretsmanager:GetSecretValue", secret, Condition=current),
        allow("kms:Decrypt", key),
    )


def key_use(*roles: str) -> dict:
    """The statement of the key policy by which the pipeline's own roles use the key."""
    return allow(
        ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
        Principal={"AWS": list(roles)},
        Sid="AllowCodePipelineUse",
    )


def boundary() -> dict:
    """The permissions boundary: seven services, and none of those that a build needs besides."""
    services = ("s3", "ecr", "ecs", "lambda", "cloudformation", "codebuild", "codedeploy")
    production = {"StringEquals": {"aws:ResourceTag/Environment": "production"}}
    forbidden = ["iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy", "organizations:*", "account:*"]
    removals = ["rds:DeleteDBInstance", "rds:DeleteDBCluster", "dynamodb:DeleteTable", "s3:DeleteBucket"]
    return policy(
        allow([f"{service}:*" for service in services]),
        deny(forbidden),
        deny(removals, Condition=production),
    )


def as_service_role(role: str, session: str) -> Caller:
    """The role of a service, by its stand-in."""
    return as_role("tools", role, session)
