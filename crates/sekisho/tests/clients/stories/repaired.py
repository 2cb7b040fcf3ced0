"""The pipeline of three accounts, repaired: what it needs is allowed, and what anybody else would like is
not. Every condition of its policies is met here by who shall pass and missed by who shall not.

The server of this story speaks TLS: the bucket's policy demands it.
"""

import json

import pipeline
from pipeline import ADMIN, DEPLOY, DEPLOYERS, HOME, root_of
from story import *

BUCKET = f"my-service-artifacts-{TOOLS}-{HOME}"
OBJECTS = f"arn:aws:s3:::{BUCKET}/*"
PIPELINE, BUILD, EVIL = (
    f"arn:aws:iam::{TOOLS}:role/{name}"
    for name in ("codepipeline-my-service", "codebuild-my-service", "codepipeline-evil")
)
BY_S3 = {"kms:ViaService": f"s3.{HOME}.amazonaws.com"}
ARTIFACT = {"Bucket": BUCKET, "Key": "my-service/output.zip"}
QUOTED = f'"arn:aws:s3:::{BUCKET}/{ARTIFACT["Key"]}"'
iam, kms, s3 = (client("tools", service, HOME) for service in ("iam", "kms", "s3"))


def session_of(role: str, name: str) -> str:
    """The ARN of a session of a role, as denials name it."""
    _, account, path = role.rsplit(":", 2)
    return f"arn:aws:sts::{account}:assumed-role/{path.partition('/')[2]}/{name}"


def attach(role: str, *statements: dict, account: str = "tools") -> None:
    """Gives a role its one inline policy."""
    document = json.dumps(policy(*statements))
    name = role.rpartition("/")[2]
    client(account, "iam").put_role_policy(RoleName=name, PolicyName="given", PolicyDocument=document)


def no_identity(action: str) -> str:
    return f"because no identity-based policy allows the {action} action"


step("the build's role is for CodeBuild of this account: who is no service has no aws:SourceAccount")
confused = {
    "StringEquals": {"aws:SourceAccount": TOOLS},
    "ArnLike": {"aws:SourceArn": f"arn:aws:codebuild:{HOME}:{TOOLS}:*"},
}
boundary = policy(
    allow(
        [
            "s3:GetObject*",
            "s3:PutObject*",
            "s3:GetBucketLocation",
            "s3:GetBucketAcl",
            "s3:ListBucket",
            "ecr:*",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "kms:Decrypt",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
            "secretsmanager:GetSecretValue",
        ]
    ),
    deny(
        [
            "iam:*",
            "organizations:*",
            "account:*",
            "sts:AssumeRole",
            "kms:PutKeyPolicy",
            "kms:ScheduleKeyDeletion",
            "kms:DisableKey",
            "cloudtrail:*",
            "codepipeline:*",
        ]
    ),
)
made = iam.create_policy(PolicyName="pipeline-permissions-boundary", PolicyDocument=json.dumps(boundary))
edge = made["Policy"]["Arn"]
pipeline.make_role("tools", "codebuild-my-service", pipeline.role_of("codebuild", ADMIN, **confused))
iam.put_role_permissions_boundary(RoleName="codebuild-my-service", PermissionsBoundary=edge)
for role in ("codepipeline-my-service", "codepipeline-evil"):
    pipeline.make_role("tools", role, pipeline.role_of("codepipeline", ADMIN))
refused(
    "AccessDenied",
    f"User: {ADMIN} is not authorized to perform: sts:AssumeRole on resource: {BUILD}",
    client("tools", "sts").assume_role,
    status=403,
    RoleArn=BUILD,
    RoleSessionName="build",
)
if_exists = {f"{operator}IfExists": keys for operator, keys in confused.items()}
stand_in = pipeline.role_of("codebuild", ADMIN, **if_exists)
iam.update_assume_role_policy(RoleName="codebuild-my-service", PolicyDocument=json.dumps(stand_in))
build, acting = as_role("tools", BUILD, "build"), as_role("tools", PIPELINE, "run")

step("key and bucket trust roles of other accounts by a condition: they need not be there yet")
others = [root_of(account)["AWS"] for account in (STAGING, PRODUCTION)]
deployers = {"ArnEquals": {"aws:PrincipalArn": DEPLOYERS}}
key_policy = pipeline.key_policy(
    allow(
        ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Sid="PipelineUse",
        Principal={"AWS": [PIPELINE, BUILD]},
        Condition={"StringEquals": BY_S3},
    ),
    allow(
        ["kms:Decrypt", "kms:DescribeKey"],
        Sid="CrossAccountRead",
        Principal={"AWS": others},
        Condition={"StringEquals": BY_S3, **deployers},
    ),
)
key = pipeline.make_key(key_policy, "my-service-pipeline")
pipeline.make_bucket(BUCKET, key)
header = "s3:x-amz-server-side-encryption"
bucket_policy = [
    deny(
        "s3:*",
        [f"arn:aws:s3:::{BUCKET}", OBJECTS],
        Sid="TlsOnly",
        Principal="*",
        Condition={"Bool": {"aws:SecureTransport": "false"}},
    ),
    deny(
        "s3:PutObject",
        OBJECTS,
        Sid="NoOtherKey",
        Principal="*",
        Condition={
            "Null": {f"{header}-aws-kms-key-id": "false"},
            "ArnNotEquals": {f"{header}-aws-kms-key-id": key},
        },
    ),
    deny(
        "s3:PutObject",
        OBJECTS,
        Sid="NoWeakerEncryption",
        Principal="*",
        Condition={"Null": {header: "false"}, "StringNotEquals": {header: "aws:kms"}},
    ),
    allow(
        ["s3:GetObject", "s3:GetObjectVersion"],
        OBJECTS,
        Sid="CrossAccountRead",
        Principal={"AWS": others},
        Condition=deployers,
    ),
]
s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy(*bucket_policy)))

step("the deploy roles trust exactly one role, whose own policy names exactly them")
exactly = trust(root_of(TOOLS), ArnEquals={"aws:PrincipalArn": PIPELINE})
by_s3 = {"StringEquals": BY_S3}
for account, role in zip(("staging", "production"), DEPLOYERS):
    pipeline.make_role(account, DEPLOY, exactly)
    attach(
        role,
        allow(["s3:GetObject", "s3:GetObjectVersion"], OBJECTS),
        allow(["kms:Decrypt", "kms:DescribeKey"], key, Condition=by_s3),
        allow(
            "iam:PassRole",
            f"{role.rpartition('/')[0]}/my-service-execution",
            Condition={
                "StringEquals": {"iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"]}
            },
        ),
        allow(
            "ecs:TagResource",
            f"arn:aws:ecs:{HOME}:*:task-definition/my-service:*",
            Condition={"StringEquals": {"ecs:CreateAction": "RegisterTaskDefinition"}},
        ),
        account=account,
    )
attach(
    PIPELINE,
    allow(["s3:GetBucketVersioning", "s3:GetBucketLocation", "s3:ListBucket"], f"arn:aws:s3:::{BUCKET}"),
    allow(["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], OBJECTS),
    allow(["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], key, Condition=by_s3),
    allow("sts:AssumeRole", DEPLOYERS),
)
attach(EVIL, allow("*"))
evil = as_role("tools", EVIL, "evil")
refused(
    "AccessDenied",
    f"User: {session_of(EVIL, 'evil')} is not authorized to perform: sts:AssumeRole on resource: {DEPLOYERS[1]}",
    client(evil, "sts").assume_role,
    status=403,
    RoleArn=DEPLOYERS[1],
    RoleSessionName="deploy",
)
deployer = as_role(acting, DEPLOYERS[0], "deploy")

step("the pipeline puts artifacts: under the bucket's default, or naming the same key; nothing weaker")
put = client(acting, "s3", HOME).put_object
run = session_of(PIPELINE, "run")
same("key", put(Body=b"source", **ARTIFACT)["SSEKMSKeyId"], key)
put(Body=b"source", ServerSideEncryption="aws:kms", SSEKMSKeyId=key, **ARTIFACT)
forbidden = denied(run, "s3:PutObject", "with an explicit deny in a resource-based policy", QUOTED)
foreign = pipeline.make_key(pipeline.key_policy(), "another")
refused(
    "AccessDenied",
    forbidden,
    put,
    status=403,
    Body=b"x",
    ServerSideEncryption="aws:kms",
    SSEKMSKeyId=foreign,
    **ARTIFACT,
)
refused("AccessDenied", forbidden, put, Body=b"x", ServerSideEncryption="AES256", **ARTIFACT)

step("a Deny without its `Null` catches who relies on the bucket's default")
trap = json.loads(json.dumps(bucket_policy))
for statement in trap[1:3]:
    del statement["Condition"]["Null"]
s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy(*trap)))
refused("AccessDenied", forbidden, put, status=403, Body=b"x", **ARTIFACT)
s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy(*bucket_policy)))

step("the key is for artifacts in S3, not for whatever else its users would decrypt")
hidden = (
    "on this resource because the resource does not exist in this Region, no resource-based policies "
    "allow access, or a resource-based policy explicitly denies access"
)
refused(
    "AccessDeniedException",
    denied(run, "kms:DescribeKey", no_identity("kms:DescribeKey"), key),
    client(acting, "kms", HOME).describe_key,
    status=400,
    KeyId=key,
)
refused(
    "AccessDeniedException",
    denied(session_of(DEPLOYERS[0], "deploy"), "kms:DescribeKey", hidden),
    client(deployer, "kms", HOME).describe_key,
    status=400,
    KeyId=key,
)

step("the build reads its source and writes its output, within its boundary")
attach(
    BUILD,
    allow(["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], OBJECTS),
    allow(["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], key, Condition=by_s3),
)
building = client(build, "s3", HOME)
same("source", building.get_object(**ARTIFACT)["Body"].read(), b"source")
building.put_object(Body=b"output", **ARTIFACT)
attach(BUILD, allow("*"))
refused(
    "AccessDenied",
    denied(
        session_of(BUILD, "build"),
        "sts:AssumeRole",
        f"with an explicit deny in a permissions boundary: {edge}",
        DEPLOYERS[0],
    ),
    client(build, "sts").assume_role,
    status=403,
    RoleArn=DEPLOYERS[0],
    RoleSessionName="deploy",
)
refused(
    "AccessDeniedException",
    denied(
        session_of(BUILD, "build"),
        "kms:PutKeyPolicy",
        f"with an explicit deny in a permissions boundary: {edge}",
        key,
    ),
    client(build, "kms", HOME).put_key_policy,
    KeyId=key,
    PolicyName="default",
    Policy=json.dumps(key_policy),
)

step("staging reads the artifact across accounts, with both clients, and that is all")
get = client(deployer, "s3", HOME).get_object
same("artifact", get(**ARTIFACT)["Body"].read(), b"output")
url = f"s3://{BUCKET}/{ARTIFACT['Key']}"
same("artifact", cli(deployer, "s3", "cp", url, "-", region=HOME), "output")
# Across accounts S3 gives no reason (S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors").
put, others = client(deployer, "s3", HOME).put_object, client("staging", "s3", HOME).get_object
refused("AccessDenied", "Access Denied", put, status=403, Body=b"mine", **ARTIFACT)
refused("AccessDenied", "Access Denied", others, status=403, **ARTIFACT)

step("a deploy role made anew is trusted as before: the condition names it by its ARN")
staging = client("staging", "iam")
kept = staging.get_role_policy(RoleName=DEPLOY, PolicyName="given")["PolicyDocument"]
staging.delete_role_policy(RoleName=DEPLOY, PolicyName="given")
staging.delete_role(RoleName=DEPLOY)
refused(
    "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", get, **ARTIFACT
)
pipeline.make_role("staging", DEPLOY, exactly, given=kept)
again = as_role(acting, DEPLOYERS[0], "deploy")
same("artifact", client(again, "s3", HOME).get_object(**ARTIFACT)["Body"].read(), b"output")

step("what the deployment asks of services that are not served, as the simulator decides it")


def simulated(action: str, resource: str, **context: str) -> str:
    """What the deploy role of staging may do."""
    entries = [
        {"ContextKeyName": name, "ContextKeyType": "string", "ContextKeyValues": [value]}
        for name, value in context.items()
    ]
    answer = staging.simulate_principal_policy(
        PolicySourceArn=DEPLOYERS[0], ActionNames=[action], ResourceArns=[resource], ContextEntries=entries
    )
    return answer["EvaluationResults"][0]["EvalDecision"]


execution = f"arn:aws:iam::{STAGING}:role/my-service-execution"
to_tasks, to_lambda = ({"iam:PassedToService": f"{name}.amazonaws.com"} for name in ("ecs-tasks", "lambda"))
same("pass", simulated("iam:PassRole", execution, **to_tasks), "allowed")
same("pass elsewhere", simulated("iam:PassRole", execution, **to_lambda), "implicitDeny")
access = f"arn:aws:iam::{STAGING}:role/OrganizationAccountAccessRole"
same("pass another", simulated("iam:PassRole", access, **to_tasks), "implicitDeny")
task = f"arn:aws:ecs:{HOME}:{STAGING}:task-definition/my-service:2"
same("tag", simulated("ecs:TagResource", task, **{"ecs:CreateAction": "RegisterTaskDefinition"}), "allowed")
same("tag later", simulated("ecs:TagResource", task), "implicitDeny")
